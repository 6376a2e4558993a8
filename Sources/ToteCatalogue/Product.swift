public import ToteValues

/// How an article is sold.
public enum SaleUnit: Hashable, Sendable {
    case piece, kilogram
    /// From a newer store; such an article cannot be sold by this version.
    case unknown(String)

    public var name: String {
        switch self {
        case .piece: "piece"
        case .kilogram: "kilogram"
        case .unknown(let name): name
        }
    }

    public init(name: String) {
        switch name {
        case "piece": self = .piece
        case "kilogram": self = .kilogram
        default: self = .unknown(name)
        }
    }
}

/// One article of the assortment, without its price.
public struct Product: Hashable, Sendable {
    /// GTIN-14 digits for trade items, `plu:4011` for produce, `rcn:1234` for in-store articles.
    public var sku: String
    public var name: String
    /// Texts of the lookup keys under which it is found.
    public var codes: [String]
    public var unit: SaleUnit
    public var categories: [String]
    public var brand: String?
    public var taxCategory: String
    /// Minor units a piece; 0 for none (OFF-50).
    public var depositMinor: Int64
    /// Years; 0 for none.
    public var minimumAge: Int
    /// Takes part in no offer (OFF-8).
    public var noDiscount: Bool
    public var snapEligible: Bool
    /// Recalled or blocked: it cannot be sold now.
    public var saleStopped: Bool
    /// Weight with packaging, for scales that check the bag.
    public var grossWeightGrams: Int?

    public init(
        sku: String, name: String, codes: [String], unit: SaleUnit = .piece,
        categories: [String] = [], brand: String? = nil, taxCategory: String = "std",
        depositMinor: Int64 = 0, minimumAge: Int = 0, noDiscount: Bool = false,
        snapEligible: Bool = false, saleStopped: Bool = false, grossWeightGrams: Int? = nil
    ) {
        self.sku = sku
        self.name = name
        self.codes = codes
        self.unit = unit
        self.categories = categories
        self.brand = brand
        self.taxCategory = taxCategory
        self.depositMinor = depositMinor
        self.minimumAge = minimumAge
        self.noDiscount = noDiscount
        self.snapEligible = snapEligible
        self.saleStopped = saleStopped
        self.grossWeightGrams = grossWeightGrams
    }
}

extension Product: JSONReadable, JSONWritable {
    public init(json: JSONField) throws(JSONReadError) {
        var object = try json.object()
        sku = try object.required("sku").string(maxBytes: 64)
        name = try object.required("name").string(maxBytes: 200)
        codes = try object.required("codes").strings()
        unit = SaleUnit(name: try object.optional("unit")?.string(maxBytes: 32) ?? "piece")
        categories = try object.optional("categories")?.strings() ?? []
        brand = try object.optional("brand")?.string(maxBytes: 100)
        taxCategory = try object.optional("tax")?.string(maxBytes: 32) ?? "std"
        depositMinor =
            try object.optional("deposit")?.integer(in: 0...JSONField.largestInteger) ?? 0
        minimumAge = try object.optional("minimumAge")?.count(in: 0...99) ?? 0
        noDiscount = try object.optional("noDiscount")?.bool() ?? false
        snapEligible = try object.optional("snapEligible")?.bool() ?? false
        saleStopped = try object.optional("saleStopped")?.bool() ?? false
        grossWeightGrams = try object.optional("grossWeightGrams")?.count()
        try object.finish()
        guard !sku.isEmpty, !name.isEmpty else { throw json.failure(.invalid) }
    }

    /// Members at their defaults are left out.
    public var json: JSONValue {
        .object([
            "sku": .string(sku), "name": .string(name), "codes": .strings(codes),
            "unit": unit == .piece ? nil : .string(unit.name),
            "categories": categories.isEmpty ? nil : .strings(categories),
            "brand": brand.map { .string($0) },
            "tax": taxCategory == "std" ? nil : .string(taxCategory),
            "deposit": depositMinor == 0 ? nil : .integer(depositMinor),
            "minimumAge": minimumAge == 0 ? nil : .integer(Int64(minimumAge)),
            "noDiscount": noDiscount ? .bool(true) : nil,
            "snapEligible": snapEligible ? .bool(true) : nil,
            "saleStopped": saleStopped ? .bool(true) : nil,
            "grossWeightGrams": grossWeightGrams.map { .integer(Int64($0)) },
        ])
    }
}
