public import ToteValues

extension CartStore {
    /// Does what the shopper wants: one transaction, durable before this returns (SYNC-21).
    /// - Parameter intentID: a repeat of the same one returns the first result (SYNC-16).
    /// - Returns: what was committed; nothing when there was nothing to do.
    /// - Throws: `CartError`; then the cart is as it was (SYNC-25).
    @discardableResult
    public func commit(
        _ intent: CartIntent, cart: CartID, intentID: IntentID? = nil
    ) throws(CartError) -> [CartOperation] {
        let now = world.now()
        return try change(cart) { (cart) throws(CartError) in
            try cart.commit(intent, at: now, intentID: intentID)
        }
    }

    /// What an intent became when it came first; `nil` for one that is new.
    public func committed(
        _ intentID: IntentID, cart: CartID
    ) throws(CartError) -> [CartOperation]? {
        try inMemory(cart) { $0.committed(intentID) }
    }
}
