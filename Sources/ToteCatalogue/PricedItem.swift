public import ToteBarcodes
public import ToteValues

/// What the code itself says about how much it is.
public enum ItemMeasure: Hashable, Sendable {
    case pieces
    /// Net weight in the code.
    case grams(Int)
    /// The price is in the code, minor units.
    case embeddedPrice(minor: Int64)
    /// Sold by the kilogram, and the code has no weight: it must be asked.
    case needsWeight
}

/// An article with the prices that hold for one scan.
public struct PricedItem: Hashable, Sendable {
    public var product: Product
    /// Minor units a piece or kilogram; positive.
    public var shelfPriceMinor: Int64
    /// For members, if lower than the shelf price.
    public var memberPriceMinor: Int64?
    public var measure: ItemMeasure
    public var book: BookVersion
    public var currency: Currency
    /// `nil` when it was found by SKU or by words.
    public var code: ScannedCode?

    public init(
        product: Product, shelfPriceMinor: Int64, memberPriceMinor: Int64? = nil,
        measure: ItemMeasure, book: BookVersion, currency: Currency, code: ScannedCode? = nil
    ) {
        self.product = product
        self.shelfPriceMinor = shelfPriceMinor
        self.memberPriceMinor = memberPriceMinor
        self.measure = measure
        self.book = book
        self.currency = currency
        self.code = code
    }
}
