import GRDB
import ToteCarts
import ToteSync
import ToteValues

extension StoreEntry {
    init(row: Row) throws {
        self.init(
            entry: try LogEntry(row: row), hash: try row.identifier("hash"),
            logHash: try row.identifier("logHash"), body: try row.bytes("body"))
    }

    func insert(_ db: Database, _ cart: CartID, at now: Moment) throws {
        let dot = entry.operation.dot
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO operation (cart, revision, device, incarnation, sequence, hash,
                    logHash, kind, disposition, role, priceLock, receivedAt, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            cart.blob, entry.revision, dot.device.blob, dot.incarnation.blob,
            Int64(clamping: dot.sequence), hash.blob, logHash.blob, entry.operation.body.kind,
            Int64(entry.disposition.rawValue), Int64(entry.role.rawValue), entry.priceLock,
            now.milliseconds, body.blob,
        ])
    }
}

extension StoreSettlement {
    init(row: Row) throws {
        self.init(
            frozen: try Self.frozen(row), closeID: try row.identifier("closeId"),
            requestHash: try row.bytes("requestHash"),
            closedCursor: try row.text("closedCursor") { ToteValues.Cursor(text: $0) },
            state: try row.text("state") { State(rawValue: $0) })
    }

    static func fetch(
        _ db: Database, _ cart: CartID, _ ordinal: Int32
    ) throws -> StoreSettlement? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM settlement WHERE cart = ? AND ordinal = ?",
            arguments: [cart.blob, ordinal]
        ).map(StoreSettlement.init(row:))
    }

    static func fetch(
        _ db: Database, _ cart: CartID, _ closeID: CloseID
    ) throws -> StoreSettlement? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM settlement WHERE cart = ? AND closeId = ?",
            arguments: [cart.blob, closeID.blob]
        ).map(StoreSettlement.init(row:))
    }

    static func fetchAll(_ db: Database, _ cart: CartID) throws -> [StoreSettlement] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM settlement WHERE cart = ? ORDER BY ordinal",
            arguments: [cart.blob]
        ).map(StoreSettlement.init(row:))
    }

    func save(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO settlement (cart, ordinal, closeId, requestHash, cursor, closedCursor,
                    setHash, frozen, totalMinor, currency, at, quoteHash, book, engine, key, state)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (cart, ordinal) DO UPDATE SET state = excluded.state
                """,
            arguments: [
                frozen.cart.blob, frozen.ordinal, closeID.blob, requestHash.blob,
                frozen.cursor.text, closedCursor.text, frozen.setHash.blob,
                frozen.json.canonical.blob, frozen.totalMinor, frozen.currency.code,
                frozen.at.milliseconds, frozen.quoteHash.blob, frozen.book, frozen.engine,
                frozen.key.blob, state.rawValue,
            ])
    }

    private static func frozen(_ row: Row) throws -> FrozenCart {
        let value = try StrictJSON.parse(try row.bytes("frozen"), limits: .document)
        return try FrozenCart(json: JSONField(value))
    }
}
