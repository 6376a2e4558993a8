public import ToteValues

/// One line of the cart as the engine sees it: an article and exactly one of three measures.
/// Identifiers derive from content, not from scan order (OFF-10).
public struct PricingLine: Hashable, Sendable, JSONReadable, JSONWritable {
    public var id: String
    public var sku: String
    /// Pieces, 1…10,000: the sum over the scans of the line.
    public var qty: Int64?
    /// Net weight, 1…99,999: one weighed scan.
    public var grams: Int64?
    /// Minor units printed in the code of one label.
    public var embeddedPrice: Int64?
    /// The price that holds instead of the article's: per piece with `qty` (sticker, or a price
    /// locked at an older book), per kilogram with `grams`.
    public var overridePrice: Int64?

    public init(
        id: String, sku: String, qty: Int64? = nil, grams: Int64? = nil,
        embeddedPrice: Int64? = nil, overridePrice: Int64? = nil
    ) {
        self.id = id
        self.sku = sku
        self.qty = qty
        self.grams = grams
        self.embeddedPrice = embeddedPrice
        self.overridePrice = overridePrice
    }

    /// Shape only; `OfferEngine.price` checks measures and ranges and lists all faults at once.
    public init(json field: JSONField) throws(JSONReadError) {
        var reader = try field.object()
        self.init(
            id: try reader.required("id").string(), sku: try reader.required("sku").string(),
            qty: try reader.integer("qty"), grams: try reader.integer("grams"),
            embeddedPrice: try reader.integer("embeddedPrice"),
            overridePrice: try reader.integer("overridePrice"))
        try reader.finish()
    }

    public var json: JSONValue {
        .object([
            "id": .string(id), "sku": .string(sku), "qty": qty.map { .integer($0) },
            "grams": grams.map { .integer($0) },
            "embeddedPrice": embeddedPrice.map { .integer($0) },
            "overridePrice": overridePrice.map { .integer($0) },
        ])
    }
}
