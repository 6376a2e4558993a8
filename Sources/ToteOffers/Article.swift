public import ToteValues

/// What pricing needs to know of one article of the price book.
public struct Article: Hashable, Sendable, JSONReadable, JSONWritable {
    public var sku: String
    /// Minor units per piece, or per kilogram for a weighed line.
    public var price: Int64
    public var categories: [String]
    public var brand: String?
    /// Tax category, a key of the context's `taxRates`.
    public var tax: String
    /// Minor units per piece; never discounted (OFF-50).
    public var deposit: Int64
    /// Closed to every offer (OFF-8).
    public var noDiscount: Bool
    /// May be paid with SNAP benefits (7 CFR 271.2, "eligible foods").
    public var snapEligible: Bool

    public init(
        sku: String, price: Int64, categories: [String] = [], brand: String? = nil,
        tax: String = "std", deposit: Int64 = 0, noDiscount: Bool = false,
        snapEligible: Bool = false
    ) {
        self.sku = sku
        self.price = price
        self.categories = categories
        self.brand = brand
        self.tax = tax
        self.deposit = deposit
        self.noDiscount = noDiscount
        self.snapEligible = snapEligible
    }

    /// - Throws: `outOfRange` for a negative price or deposit; unknown fields are refused.
    public init(json field: JSONField) throws(JSONReadError) {
        let amounts = 0...JSONField.largestInteger
        var reader = try field.object()
        self.init(
            sku: try reader.required("sku").string(),
            price: try reader.required("price").integer(in: amounts),
            categories: try reader.texts("categories") ?? [], brand: try reader.text("brand"),
            tax: try reader.text("tax") ?? "std",
            deposit: try reader.integer("deposit", in: amounts) ?? 0,
            noDiscount: try reader.flag("noDiscount"),
            snapEligible: try reader.flag("snapEligible"))
        try reader.finish()
    }

    public var json: JSONValue {
        .object([
            "sku": .string(sku), "price": .integer(price),
            "categories": categories.isEmpty ? nil : .strings(categories),
            "brand": brand.map { .string($0) }, "tax": .string(tax),
            "deposit": deposit == 0 ? nil : .integer(deposit), "noDiscount": .flag(noDiscount),
            "snapEligible": .flag(snapEligible),
        ])
    }
}
