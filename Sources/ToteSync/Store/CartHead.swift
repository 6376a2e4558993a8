package import ToteCarts
package import ToteValues

/// The head of a cart's log at the store: what every step reads and moves on.
package struct CartHead: Hashable, Sendable {
    package let cart: CartID
    package var revision: Int64 = 0
    package var hash: LogHash
    package var state = CartState.open
    /// The pairwise id in hexadecimal; `nil` for a guest's.
    package var member: String?
    /// Of the last close; 0 before the first.
    package var ordinal: Int32 = 0
    package var carryTo: CartID?
    package var movedTo: CartID?
    /// After a restore: no close until provider and devices were asked (SYNC-60).
    package var mustReconcile = false
    package var liveUnits = 0
    /// When a cursor last did not fit although its epoch does.
    package var doubtedAt = Moment(milliseconds: 0)

    package init(new cart: CartID, member: String?) {
        self.cart = cart
        self.member = member
        hash = LogHashing.start(cart)
    }

    package func cursor(_ epoch: Epoch) -> Cursor {
        Cursor(epoch: epoch, revision: revision, hash: hash)
    }
}
