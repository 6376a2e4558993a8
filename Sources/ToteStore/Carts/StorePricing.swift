package import ToteCarts
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

/// What carts need of prices.
package struct StorePricing: Sendable {
    /// The price of a cart's live units at a moment. The member counts only if it is the cart's.
    package var price:
        @Sendable (_ cart: Cart, _ member: Caller.MemberReference?, _ at: Moment) throws ->
            PricedSet
    /// Whether the book is current or ended at most four hours ago, by the store's clock
    /// (SYNC-55).
    package var mayLock: @Sendable (_ book: BookVersion, _ now: Moment) -> Bool

    package init(
        price: @escaping @Sendable (Cart, Caller.MemberReference?, Moment) throws -> PricedSet,
        mayLock: @escaping @Sendable (BookVersion, Moment) -> Bool
    ) {
        self.price = price
        self.mayLock = mayLock
    }
}
