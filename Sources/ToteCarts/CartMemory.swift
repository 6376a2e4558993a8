package import GRDB
import ToteValues

/// One cart folded in memory (SYNC-21): there is no projection table to keep in step.
struct CartMemory {
    var record: CartRecord
    /// The fold of the store's log as pulled.
    var base: Cart
    /// Own operations that the pulled log does not hold, oldest first.
    var pending: [PendingOperation]
    /// Own operations of the current stream that the store has not acknowledged, in order. After
    /// a restore the pulled log may still hold what the store has lost, so these are not `pending`.
    var outbox: [CartOperation]
    /// `base` and then `pending`.
    private(set) var view: Cart

    init(
        record: CartRecord, base: Cart, pending: [PendingOperation], outbox: [CartOperation]
    ) {
        self.record = record
        self.base = base
        self.pending = pending
        self.outbox = outbox
        self.view = base
        refold()
    }

    mutating func refold() {
        view = base
        for own in pending { CartRules.applyPending(own.operation, to: &view) }
        if record.state == .moved { view.state = .moved }
    }

    /// Operations of an earlier incarnation that the log lacks, because the store was restored to
    /// before them: one stream's, without gaps. They keep their names, so that what others did to
    /// them still holds.
    var stranded: [CartOperation] {
        guard !record.mustReissue else { return [] }
        let lost = pending.map(\.operation).filter { $0.dot.stream != record.stream }
        guard let first = lost.first?.dot else { return [] }
        let stream = lost.filter { $0.dot.stream == first.stream }
        return zip(stream, first.sequence...).prefix { $0.dot.sequence == $1 }.map(\.0)
    }

    mutating func append(_ operations: [CartOperation], at: Moment) {
        for operation in operations {
            pending.append(PendingOperation(operation: operation, committedAt: at))
            outbox.append(operation)
            CartRules.applyPending(operation, to: &view)
        }
    }

    /// Reads and folds; `nil` for a cart this file does not hold.
    init?(_ db: Database, cart: CartID) throws {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM cart WHERE cart = ?", arguments: [cart.blob])
        guard let row else { return nil }
        let record = try CartRecord(row: row)
        self.init(
            record: record, base: try Self.fold(db, cart), pending: try Self.pending(db, cart),
            outbox: try Self.outbox(db, record))
    }

    private static func fold(_ db: Database, _ id: CartID) throws -> Cart {
        var cart = Cart(id: id)
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT e.revision, e.device, e.incarnation, e.sequence, e.disposition, e.role,
                    e.priceLock, coalesce(e.body, o.body) AS body
                FROM storeEntry e
                LEFT JOIN ownOperation o ON o.cart = e.cart AND o.device = e.device
                    AND o.incarnation = e.incarnation AND o.sequence = e.sequence
                WHERE e.cart = ? ORDER BY e.revision
                """, arguments: [id.blob])
        while let row = try rows.next() {
            CartRules.apply(try LogEntry(row: row), to: &cart)
        }
        return cart
    }

    static func outbox(_ db: Database, _ record: CartRecord) throws -> [CartOperation] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT device, incarnation, sequence, body FROM ownOperation
                WHERE cart = ? AND incarnation = ? AND sequence > ? ORDER BY sequence
                """,
            arguments: [
                record.cart.blob, record.incarnation.blob, Int64(clamping: record.ackedSequence),
            ]
        ).map { try CartOperation(row: $0) }
    }

    static func pending(_ db: Database, _ id: CartID) throws -> [PendingOperation] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT device, incarnation, sequence, body, committedAt FROM ownOperation o
                WHERE cart = ? AND \(OwnRows.notHeld) ORDER BY rowid
                """, arguments: [id.blob]
        ).map { row in
            PendingOperation(
                operation: try CartOperation(row: row),
                committedAt: Moment(milliseconds: try row.number("committedAt")))
        }
    }
}

enum OwnRows {
    /// The pulled log has no entry of this dot with this hash.
    static let notHeld = """
        NOT EXISTS (SELECT 1 FROM storeEntry e WHERE e.cart = o.cart AND e.device = o.device
            AND e.incarnation = o.incarnation AND e.sequence = o.sequence AND e.hash = o.hash)
        """

    static func insert(
        _ db: Database, _ operation: CartOperation, cart: CartID, at: Moment,
        intent: IntentID? = nil, intentOperations: Int = 1, refusedBody: [UInt8]? = nil
    ) throws {
        let body = operation.canonicalBody
        let hash = LogHashing.operation(operation.dot, canonicalBody: body)
        try db.cachedStatement(sql: inserting).execute(arguments: [
            cart.blob, operation.dot.device.blob, operation.dot.incarnation.blob,
            Int64(clamping: operation.dot.sequence), hash.blob, body.blob, intent?.blob,
            intentOperations, refusedBody?.blob, at.milliseconds,
        ])
    }

    private static let inserting = """
        INSERT INTO ownOperation (cart, device, incarnation, sequence, hash, body, intent,
            intentOperations, refusedBody, committedAt)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
}

extension LogEntry {
    /// Columns `revision`, `disposition`, `role`, `priceLock` and those of an operation.
    package init(row: Row) throws {
        let disposition = Disposition(
            rawValue: UInt8(truncatingIfNeeded: try row.number("disposition")))
        let role = Role(rawValue: UInt8(truncatingIfNeeded: try row.number("role")))
        guard let disposition, let role else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a log entry is damaged")
        }
        self.init(
            revision: try row.number("revision"), operation: try CartOperation(row: row),
            disposition: disposition, role: role, priceLock: try row.number("priceLock"))
    }
}
