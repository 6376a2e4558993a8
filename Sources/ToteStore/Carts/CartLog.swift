package import GRDB
package import ToteCarts
import ToteMessages
package import ToteValues

// The store's ordered log of carts (`cart-sync.md` section 4): functions inside the transaction
// of whoever calls them, so that a settlement and its log entry are one. A push reads and writes
// only the rows its operations name; close, reopen and settle fold the whole log.

package enum CartLog {
    /// A cart as its log tells it.
    package static func cart(_ db: Database, _ id: CartID) throws -> Cart? {
        guard let row = try CartRow.fetch(db, id) else { return nil }
        return try whole(db, row)
    }

    /// The set that a close froze, also after its settlement ended.
    package static func frozen(
        _ db: Database, _ cart: CartID, _ ordinal: Int32
    ) throws -> FrozenCart? {
        let bytes = try Row.fetchOne(
            db, sql: "SELECT frozen FROM settlement WHERE cart = ? AND ordinal = ?",
            arguments: [cart.blob, ordinal]
        ).map { try $0.bytes("frozen") }
        guard let bytes else { return nil }
        let value = try StrictJSON.parse(bytes, limits: .document)
        return try FrozenCart(json: JSONField(value))
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
        guard let row = try CartRow.fetch(db, cart) else { return false }
        return try row.isOpen(to: caller, db)
    }

    static func whole(_ db: Database, _ row: CartRow) throws -> Cart {
        var cart = Cart(id: row.cart)
        cart.member = row.member
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT revision, device, incarnation, sequence, disposition, role, priceLock, body
                FROM operation WHERE cart = ? ORDER BY revision
                """, arguments: [row.cart.blob])
        while let entry = try rows.next() {
            CartRules.apply(try LogEntry(row: entry), to: &cart)
        }
        cart.state = row.state
        return cart
    }

    /// Entries after a cursor within the limits of one answer.
    /// - Parameter own: the stream whose bodies the device has; `nil` sends all bodies.
    static func delta(
        _ db: Database, _ row: CartRow, after revision: Int64, own: ToteValues.Stream?
    ) throws -> LogDelta {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT * FROM operation WHERE cart = ? AND revision > ?
                ORDER BY revision LIMIT \(CartLimits.entriesOfOneAnswer)
                """, arguments: [row.cart.blob, revision])
        var entries: [ReceivedEntry] = []
        var last = try logHash(db, row, at: revision)
        // The envelope of an entry is under 200 bytes.
        var bytes = 0
        while let found = try rows.next(), bytes < 200 * 1024 {
            let entry = try LogEntry(row: found)
            let isOwn = revision > 0 && entry.operation.dot.stream == own
            bytes += 200 + (isOwn ? 0 : try found.bytes("body").count)
            entries.append(ReceivedEntry(entry, withBody: !isOwn))
            last = try found.identifier("logHash")
        }
        let reached = entries.last?.revision ?? revision
        let cursor = ToteValues.Cursor(
            epoch: try epoch(db), revision: reached, hash: last ?? row.hash)
        return LogDelta(
            cursor: cursor, state: row.state, entries: entries, more: reached < row.revision)
    }

    /// The hash of the log up to a revision; `nil` when there is no such revision.
    static func logHash(
        _ db: Database, _ row: CartRow, at revision: Int64
    ) throws -> LogHash? {
        if revision == row.revision { return row.hash }
        if revision == 0 { return LogHashing.start(row.cart) }
        return try Row.fetchOne(
            db, sql: "SELECT logHash FROM operation WHERE cart = ? AND revision = ?",
            arguments: [row.cart.blob, revision]
        ).map { try $0.identifier("logHash") }
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
