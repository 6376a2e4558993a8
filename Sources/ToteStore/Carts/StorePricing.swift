package import ToteCarts
package import ToteSync
package import ToteValues

/// What carts need of prices.
package struct StorePricing: Sendable {
    /// The price of a cart's live units at a moment. The member counts only if it is the cart's.
    package var price:
        @Sendable (_ cart: Cart, _ member: Caller.MemberReference?, _ at: Moment) throws ->
            PricedSet
    /// Whether the book is current or ended at most four hours ago, by the store's clock
    /// (SYNC-55).
    package var mayLock: @Sendable (_ book: BookVersion, _ now: Moment) -> Bool

    /// What the shelves say of a scan (merge table row 16).
    package var judge: @Sendable (_ scan: ScanBody, _ now: Moment) -> ScanJudgement

    /// The book in force.
    package var book: @Sendable () -> BookVersion

    package init(
        price: @escaping @Sendable (Cart, Caller.MemberReference?, Moment) throws -> PricedSet,
        mayLock: @escaping @Sendable (BookVersion, Moment) -> Bool,
        judge: @escaping @Sendable (ScanBody, Moment) -> ScanJudgement = { _, _ in .sold },
        book: @escaping @Sendable () -> BookVersion = { 0 }
    ) {
        self.book = book
        self.judge = judge
        self.price = price
        self.mayLock = mayLock
    }
}
