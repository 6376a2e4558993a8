package import ToteValues

/// A cart's price as the store computes it.
package struct PricedSet: Sendable {
    /// Minor units.
    package let totalMinor: Int64
    package let currency: Currency
    /// 32 bytes.
    package let quoteHash: [UInt8]
    package let book: BookVersion
    package let engine: String
    /// Scans that have no price; never free, they block a close.
    package let waiting: [Dot]
    package let quote: JSONValue

    package init(
        totalMinor: Int64, currency: Currency, quoteHash: [UInt8], book: BookVersion,
        engine: String, waiting: [Dot], quote: JSONValue
    ) {
        self.totalMinor = totalMinor
        self.currency = currency
        self.quoteHash = quoteHash
        self.book = book
        self.engine = engine
        self.waiting = waiting
        self.quote = quote
    }
}
