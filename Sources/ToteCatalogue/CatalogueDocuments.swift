public import ToteValues

/// The assortment of one store at one version, as it is signed and sent.
public struct CatalogueSnapshot: Hashable, Sendable {
    /// Positive, grows.
    public var version: Int64
    public var profile: StoreProfile
    public var products: [Product]

    public init(version: Int64, profile: StoreProfile, products: [Product]) {
        self.version = version
        self.profile = profile
        self.products = products
    }
}

extension CatalogueSnapshot: JSONReadable, JSONWritable {
    public init(json: JSONField) throws(JSONReadError) {
        var object = try json.object()
        version = try object.required("version").integer(in: 1...JSONField.largestInteger)
        profile = try object.required("profile").read(StoreProfile.self)
        products = try object.required("products").readArray(Product.self)
        try object.finish()
    }

    public var json: JSONValue {
        .object([
            "version": .integer(version), "profile": profile.json,
            "products": .array(products.map(\.json)),
        ])
    }
}

/// Prices and offers of one store at one version (`offers.md` section 4).
public struct PriceBook: Hashable, Sendable {
    /// Positive, grows.
    public var version: BookVersion
    public var store: UInt32
    public var currency: Currency
    public var entries: [PriceEntry]
    /// Kept as they came: checking them is the offers' affair (OFF-77).
    public var promotions: [JSONValue]

    public init(
        version: BookVersion, store: UInt32, currency: Currency, entries: [PriceEntry],
        promotions: [JSONValue]
    ) {
        self.version = version
        self.store = store
        self.currency = currency
        self.entries = entries
        self.promotions = promotions
    }
}

extension PriceBook: JSONReadable, JSONWritable {
    public init(json: JSONField) throws(JSONReadError) {
        var object = try json.object()
        version = try object.required("version").integer(in: 1...JSONField.largestInteger)
        store = UInt32(try object.required("store").integer(in: 1...Int64(UInt32.max)))
        currency = try object.required("currency").parsed { Currency(code: $0) }
        entries = try object.required("entries").readArray(PriceEntry.self)
        promotions = try object.required("promotions").array().map(\.value)
        try object.finish()
    }

    public var json: JSONValue {
        .object([
            "version": .integer(version), "store": .integer(Int64(store)),
            "currency": .string(currency.code), "entries": .array(entries.map(\.json)),
            "promotions": .array(promotions),
        ])
    }
}
