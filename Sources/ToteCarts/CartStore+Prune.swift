import GRDB
public import ToteValues

extension CartStore {
    /// Deletes what `DeviceCart.prune` may, of all carts (SYNC-24).
    /// - Returns: how many own operations went.
    @discardableResult
    public func prune() throws(CartError) -> Int {
        let now = world.now()
        var count = 0
        for cart in try pruneable(now) {
            let carryOver = try view(cart).carryOver
            let isFinal =
                try carryOver.map { (id) throws(CartError) in
                    try withCart(id) { $0?.isFinal ?? false }
                } ?? false
            count += try change(cart) { $0.prune(now: now, carryOverIsFinal: isFinal) }
        }
        return count
    }

    /// Whether operations of this device are kept, with which a restored store could be healed.
    public func hasOwnOperations(_ cart: CartID) throws(CartError) -> Bool {
        try inMemory(cart) { !$0.own.isEmpty }
    }

    /// Carts whose receipt is old enough and that still have operations.
    private func pruneable(_ now: Moment) throws(CartError) -> [CartID] {
        try mapping {
            try database.read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT DISTINCT r.cart FROM receipt r JOIN cart c ON c.cart = r.cart
                        WHERE r.verifiedAt <= ? AND EXISTS
                            (SELECT 1 FROM ownOperation o WHERE o.cart = r.cart)
                        ORDER BY r.cart
                        """, arguments: [now.milliseconds - DeviceCart.keptMilliseconds]
                ).map { try $0.cartID("cart") }
            }
        }
    }
}
