import GRDB
import ToteCarts
package import ToteMessages
import ToteSync
import ToteValues

extension CartService {
    /// How long a price is promised to a scan (SYNC-55).
    static let lockMilliseconds: Int64 = 4 * 3600 * 1000

    /// Ends the price locks that were granted more than four hours ago, by the store's clock; to
    /// be called about once a minute.
    /// - Returns: how many carts have a `price` entry now.
    @discardableResult
    package func endLocks() async throws(Problem) -> Int {
        let now = world.now()
        let before = Moment(milliseconds: now.milliseconds - Self.lockMilliseconds)
        return try await answering {
            let due = try await database.read { try ExpiredLocks.carts($0, before: before) }
            for cart in due { try await endLocks(of: cart, before: before, now: now) }
            return due.count
        }
    }

    private func endLocks(of cart: CartID, before: Moment, now: Moment) async throws {
        let (epoch, hints, book) = (database.epoch, database.hints, pricing.book())
        try await database.write { db in
            guard let head = try CartHead.fetch(db, cart), head.state == .open else { return }
            let dots = try ExpiredLocks.dots(db, cart, before: before)
            guard !dots.isEmpty else { return }
            let body = CartOperationBody.price(dots: dots, book: book)
            var step = try StoreCart.load(db, head, for: [body], epoch: epoch)
            step.endLocks(of: dots, book: book, epoch: epoch)
            try step.save(db, at: now)
            hints.publish(after: db, step.head, epoch)
        }
    }
}

/// Scans in open carts whose promised price is older than its time.
private enum ExpiredLocks {
    private static let joined = """
        FROM operation o JOIN dot d ON d.cart = o.cart AND d.device = o.device
            AND d.incarnation = o.incarnation AND d.sequence = o.sequence
        WHERE o.cart = ? AND o.priceLock > 0 AND o.receivedAt <= ? AND d.priceLock > 0
        """

    static func carts(_ db: Database, before: Moment) throws -> [CartID] {
        let open = try Row.fetchAll(
            db, sql: "SELECT cart FROM cart WHERE state = 'open' AND liveUnits > 0")
        return try open.map { try $0.cartID("cart") }.filter { cart in
            try Bool.fetchOne(
                db.cachedStatement(sql: "SELECT 1 \(joined) LIMIT 1"),
                arguments: [cart.blob, before.milliseconds]) ?? false
        }
    }

    static func dots(_ db: Database, _ cart: CartID, before: Moment) throws -> [Dot] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT o.device, o.incarnation, o.sequence \(joined)
                ORDER BY o.revision LIMIT \(CartLimits.targetsOfOneVoid)
                """,
            arguments: [cart.blob, before.milliseconds]
        ).map { try $0.dot() }
    }
}
