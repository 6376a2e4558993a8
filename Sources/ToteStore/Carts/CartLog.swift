package import GRDB
package import ToteCarts
import ToteMessages
import ToteSync
package import ToteValues

// The store's ordered log of carts (`cart-sync.md` section 4): functions inside the transaction
// of whoever calls them, so that a settlement and its log entry are one. What they do to a cart
// is decided by `StoreCart`; a push reads and writes only the rows its operations name, close,
// reopen and settle fold the whole log.

package enum CartLog {
    /// A cart as its log tells it.
    package static func cart(_ db: Database, _ id: CartID) throws -> Cart? {
        guard let head = try CartHead.fetch(db, id) else { return nil }
        return try whole(db, head)
    }

    /// The set that a close froze, also after its settlement ended.
    package static func frozen(
        _ db: Database, _ cart: CartID, _ ordinal: Int32
    ) throws -> FrozenCart? {
        try StoreSettlement.fetch(db, cart, ordinal)?.frozen
    }

    /// The close that is being settled; `nil` when there is none.
    package static func activeOrdinal(_ db: Database, _ cart: CartID) throws -> Int32? {
        try Int32.fetchOne(
            db, sql: "SELECT ordinal FROM settlement WHERE cart = ? AND state = 'active'",
            arguments: [cart.blob])
    }

    /// Whether the caller may see this cart (404 and the same body otherwise).
    package static func mayUse(
        _ db: Database, _ cart: CartID, _ caller: Caller
    ) throws -> Bool {
        guard let head = try CartHead.fetch(db, cart) else { return false }
        return try head.isOpen(to: caller, db)
    }

    /// Ends *closing* with the money captured, in the transaction of payments' own final commit
    /// (SYNC-58). What came too late moves to the carry-over cart (SYNC-57). A repeat does nothing.
    /// - Parameter receipt: the receipt's identifier.
    package static func appendSettled(
        _ db: Database, _ cart: CartID, ordinal: Int32, receipt: String, world: World,
        hints: HintBus? = nil
    ) throws {
        let (epoch, now) = (try epoch(db), world.now())
        var step = try loadSettling(db, cart, ordinal, epoch)
        let carryOvers = try step.settled(ordinal: ordinal, receipt: receipt, epoch: epoch)
        try step.save(db, at: now)
        try SoldSerials.note(db, step.cart)
        try CarryOver.deliver(db, carryOvers, epoch: epoch, at: now, hints: hints)
        hints?.publish(after: db, step.head, epoch)
    }

    /// Ends *closing* without any capture; parked entries are applied. A repeat does nothing.
    package static func appendReopened(
        _ db: Database, _ cart: CartID, ordinal: Int32, reason: String, world: World,
        hints: HintBus? = nil
    ) throws {
        let epoch = try epoch(db)
        var step = try loadSettling(db, cart, ordinal, epoch)
        try step.reopened(ordinal: ordinal, reason: reason, epoch: epoch)
        try step.save(db, at: world.now())
        hints?.publish(after: db, step.head, epoch)
    }

    private static func loadSettling(
        _ db: Database, _ cart: CartID, _ ordinal: Int32, _ epoch: Epoch
    ) throws -> StoreCart {
        guard let head = try CartHead.fetch(db, cart) else { throw CartLogError.unknownCart }
        var step = try StoreCart.load(db, whole: head, epoch: epoch)
        if let settlement = try StoreSettlement.fetch(db, cart, ordinal) { step.load(settlement) }
        return step
    }
}

extension CartLog {
    static func whole(_ db: Database, _ head: CartHead) throws -> Cart {
        var cart = Cart(id: head.cart)
        cart.member = head.member
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT revision, device, incarnation, sequence, disposition, role, priceLock, body
                FROM operation WHERE cart = ? ORDER BY revision
                """, arguments: [head.cart.blob])
        while let entry = try rows.next() {
            CartRules.apply(try LogEntry(row: entry), to: &cart)
        }
        cart.state = head.state
        return cart
    }

    /// The whole log.
    static func entries(_ db: Database, _ cart: CartID) throws -> [StoreEntry] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM operation WHERE cart = ? ORDER BY revision",
            arguments: [cart.blob]
        ).map(StoreEntry.init(row:))
    }

    /// Entries after a cursor within the limits of one answer.
    /// - Parameter own: the stream whose bodies the device has; `nil` sends all bodies.
    static func delta(
        _ db: Database, _ head: CartHead, after revision: Int64, own: ToteValues.Stream?
    ) throws -> LogDelta {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT * FROM operation WHERE cart = ? AND revision > ?
                ORDER BY revision LIMIT \(CartLimits.entriesOfOneAnswer)
                """, arguments: [head.cart.blob, revision])
        return try LogDelta(
            of: head, epoch: try epoch(db), after: revision,
            hash: try logHash(db, head, at: revision) ?? head.hash, own: own,
            next: { try rows.next().map(StoreEntry.init(row:)) })
    }

    /// The hash of the log up to a revision; `nil` when there is no such revision.
    static func logHash(
        _ db: Database, _ head: CartHead, at revision: Int64
    ) throws -> LogHash? {
        if revision == head.revision { return head.hash }
        if revision == 0 { return LogHashing.start(head.cart) }
        return try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT logHash FROM operation WHERE cart = ? AND revision = ?"),
            arguments: [head.cart.blob, revision]
        ).map { try $0.identifier("logHash") }
    }

    /// Whether a new epoch has begun once.
    static func wasRestored(_ db: Database) throws -> Bool {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM lineage") ?? 1 > 1
    }

    static func epoch(_ db: Database) throws -> Epoch {
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT epoch FROM lineage ORDER BY id DESC LIMIT 1"))
        guard let row else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "there is no lineage")
        }
        return try row.identifier("epoch")
    }
}
