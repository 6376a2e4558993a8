package import GRDB
import ToteValues

extension DeviceCartRows {
    /// `nil` for a cart this file does not hold.
    init?(_ db: Database, cart: CartID) throws {
        let row = try Row.fetchOne(
            db, sql: "SELECT * FROM cart WHERE cart = ?", arguments: [cart.blob])
        guard let row else { return nil }
        self.init(record: try CartRecord(row: row))
        own = try Row.fetchAll(
            db, sql: "SELECT * FROM ownOperation WHERE cart = ? ORDER BY rowid",
            arguments: [cart.blob]
        ).map(OwnOperation.init(row:))
        entries = try Self.entries(db, cart)
        closes = try Row.fetchAll(
            db, sql: "SELECT * FROM pendingClose WHERE cart = ? ORDER BY ordinal, rowid",
            arguments: [cart.blob]
        ).map(PendingClose.init(row:))
        receipts = try Row.fetchAll(
            db, sql: "SELECT * FROM receipt WHERE cart = ?", arguments: [cart.blob]
        ).map(StoredReceipt.init(row:))
    }

    private static func entries(_ db: Database, _ cart: CartID) throws -> [LogEntry] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT e.revision, e.device, e.incarnation, e.sequence, e.disposition, e.role,
                    e.priceLock, coalesce(e.body, o.body) AS body
                FROM storeEntry e
                LEFT JOIN ownOperation o ON o.cart = e.cart AND o.device = e.device
                    AND o.incarnation = e.incarnation AND o.sequence = e.sequence
                WHERE e.cart = ? ORDER BY e.revision
                """, arguments: [cart.blob]
        ).map { try LogEntry(row: $0) }
    }
}

extension CartChange {
    /// Inside the transaction that makes the whole step durable.
    func save(_ db: Database, _ cart: CartID) throws {
        switch self {
        case .record(let record): try record.save(db)
        case .lastSequence(let sequence):
            try db.cachedStatement(sql: "UPDATE cart SET lastSequence = ? WHERE cart = ?")
                .execute(arguments: [Int64(clamping: sequence), cart.blob])
        case .own(let operation): try operation.insert(db, cart)
        case .replaceOwn(let operation): try operation.update(db, cart)
        case .dropOwn(let dot, let body, let revision):
            try Self.drop(db, cart, dot, body, heldAt: revision)
        case .entry(let entry, let hash, let bodyIsOwn):
            try entry.insert(db, cart, hash: hash, bodyIsOwn: bodyIsOwn)
        case .clearEntries:
            try db.execute(sql: "DELETE FROM storeEntry WHERE cart = ?", arguments: [cart.blob])
        case .pendingClose(let close): try close.save(db)
        case .receipt(let receipt): try receipt.save(db)
        }
    }

    private static func drop(
        _ db: Database, _ cart: CartID, _ dot: Dot, _ body: [UInt8], heldAt revision: Int64?
    ) throws {
        if let revision {
            try db.cachedStatement(
                sql: "UPDATE storeEntry SET body = ? WHERE cart = ? AND revision = ?"
            ).execute(arguments: [body.blob, cart.blob, revision])
        }
        try db.cachedStatement(
            sql: "DELETE FROM ownOperation WHERE cart = ? AND incarnation = ? AND sequence = ?"
        ).execute(arguments: [cart.blob, dot.incarnation.blob, Int64(clamping: dot.sequence)])
    }
}

extension OwnOperation {
    init(row: Row) throws {
        self.init(
            try CartOperation(row: row), canonicalBody: try row.bytes("body"),
            hash: try row.identifier("hash"),
            committedAt: Moment(milliseconds: try row.number("committedAt")),
            intent: row.isNull("intent") ? nil : try row.identifier("intent"),
            intentOperations: Int(clamping: try row.number("intentOperations")),
            refusedBody: row.isNull("refusedBody") ? nil : try row.bytes("refusedBody"))
    }

    func insert(_ db: Database, _ cart: CartID) throws {
        try db.cachedStatement(sql: Self.inserting).execute(arguments: [
            cart.blob, dot.device.blob, dot.incarnation.blob, Int64(clamping: dot.sequence),
            hash.blob, canonicalBody.blob, intent?.blob, intentOperations, refusedBody?.blob,
            committedAt.milliseconds,
        ])
    }

    func update(_ db: Database, _ cart: CartID) throws {
        try db.execute(
            sql: """
                UPDATE ownOperation SET hash = ?, body = ?, refusedBody = ?
                WHERE cart = ? AND incarnation = ? AND sequence = ?
                """,
            arguments: [
                hash.blob, canonicalBody.blob, refusedBody?.blob, cart.blob,
                dot.incarnation.blob, Int64(clamping: dot.sequence),
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

    /// The body stays out when it stands among the own operations already.
    func insert(_ db: Database, _ cart: CartID, hash: LogHash, bodyIsOwn: Bool) throws {
        let dot = operation.dot
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO storeEntry (cart, revision, device, incarnation, sequence, hash,
                    disposition, role, priceLock, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            cart.blob, revision, dot.device.blob, dot.incarnation.blob,
            Int64(clamping: dot.sequence), hash.blob, Int64(disposition.rawValue),
            Int64(role.rawValue), priceLock, bodyIsOwn ? nil : operation.canonicalBody.blob,
        ])
    }
}
