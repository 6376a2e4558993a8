package import GRDB
package import ToteCarts
package import ToteMessages
package import TotePayments
package import ToteValues

/// What a settlement needs of the carts: the frozen set, its price, and the way back (SYNC-58).
package struct SettlementCarts: Sendable {
    /// Whether the caller may see this cart at all; if not, it is as unknown as any other.
    package var isOwn: @Sendable (Database, CartID, Caller) throws -> Bool
    /// The set that this close froze; `nil` when there is none.
    package var frozen: @Sendable (Database, CartID, Int32) throws -> FrozenCart?
    /// Whether that close is still to be paid: an ended one takes no new plan.
    package var isActive: @Sendable (Database, CartID, Int32) throws -> Bool = { _, _, _ in true }
    /// The store's own quote of the frozen set as it is now (PAY-3).
    package var quote: @Sendable (FrozenCart, Caller) async throws -> SettlementQuote
    /// Money is taken: appends `settled`, in the caller's transaction.
    package var settled: @Sendable (Database, FrozenCart, _ receipt: String) throws -> Void
    /// Nothing is and will be taken: appends `reopened`, in the caller's transaction.
    package var reopened: @Sendable (Database, FrozenCart, _ reason: String) throws -> Void

    package init(
        isOwn: @escaping @Sendable (Database, CartID, Caller) throws -> Bool,
        frozen: @escaping @Sendable (Database, CartID, Int32) throws -> FrozenCart?,
        quote: @escaping @Sendable (FrozenCart, Caller) async throws -> SettlementQuote,
        settled: @escaping @Sendable (Database, FrozenCart, String) throws -> Void,
        reopened: @escaping @Sendable (Database, FrozenCart, String) throws -> Void
    ) {
        self.isOwn = isOwn
        self.frozen = frozen
        self.quote = quote
        self.settled = settled
        self.reopened = reopened
    }
}

/// A quote as far as a settlement needs it.
package struct SettlementQuote: Sendable {
    /// 32 bytes.
    package var quoteHash: [UInt8]
    package var body: ReceiptBody
    /// Posted with the receipt.
    package var pointsEarned: Int64
    /// Goods that are sold from an age on (AGE-1).
    package var restricted: [RestrictedLine]

    package init(
        quoteHash: [UInt8], body: ReceiptBody, pointsEarned: Int64,
        restricted: [RestrictedLine] = []
    ) {
        self.quoteHash = quoteHash
        self.body = body
        self.pointsEarned = pointsEarned
        self.restricted = restricted
    }
}
