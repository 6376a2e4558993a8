import GRDB
public import ToteValues

extension CartStore {
    /// Writes or updates it, durably.
    public func savePendingClose(_ close: PendingClose) throws(CartError) {
        try change(close.cart) { $0.save(close) }
    }

    /// The newest close of a cart.
    public func pendingClose(_ cart: CartID) throws(CartError) -> PendingClose? {
        try withCart(cart) { $0?.pendingClose }
    }

    /// The closes of a cart that a payer said yes to and nobody refused, by ordinal.
    public func confirmedCloses(_ cart: CartID) throws(CartError) -> [PendingClose] {
        try inMemory(cart) { $0.confirmedCloses }
    }

    /// Keeps a receipt whose signature the caller has verified. A repeat changes nothing.
    public func saveReceipt(
        _ cart: CartID, ordinal: Int32, body: [UInt8], signature: [UInt8]
    ) throws(CartError) {
        let receipt = StoredReceipt(
            cart: cart, ordinal: ordinal, body: body, signature: signature,
            verifiedAt: world.now())
        guard try record(cart) != nil else { return try write { try receipt.save($0) } }
        try change(cart) { $0.save(receipt) }
    }

    /// All receipts of this file, oldest first.
    public func receipts() throws(CartError) -> [StoredReceipt] {
        try mapping {
            try database.read { db in
                try Row.fetchAll(db, sql: "SELECT * FROM receipt ORDER BY verifiedAt, ordinal")
                    .map(StoredReceipt.init(row:))
            }
        }
    }
}

extension PendingClose {
    init(row: Row) throws {
        let set = try row.text("confirmedSet") { text in
            (try? StrictJSON.parse(Array(text.utf8), limits: .document))
                .flatMap { try? JSONField($0).readArray(DotUnits.self) }
        }
        self.init(
            closeID: try row.identifier("closeId"), cart: try row.cartID("cart"),
            ordinal: Int32(clamping: try row.number("ordinal")),
            cursor: try row.text("cursor") { ToteValues.Cursor(text: $0) },
            at: Moment(milliseconds: try row.number("at")), confirmedSet: set,
            totalMinor: try row.number("totalMinor"),
            currency: try row.text("currency") { Currency(code: $0) },
            quoteHash: try row.bytes("quoteHash"),
            state: try row.text("state") { State(rawValue: $0) })
    }

    func save(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO pendingClose (closeId, cart, ordinal, key, cursor, at,
                    confirmedSet, totalMinor, currency, quoteHash, state)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                closeID.blob, cart.blob, ordinal, key.blob, cursor.text, at.milliseconds,
                JSONValue.array(confirmedSet.map(\.json)).canonicalText, totalMinor,
                currency.code, quoteHash.blob, state.rawValue,
            ])
    }
}

extension StoredReceipt {
    init(row: Row) throws {
        self.init(
            cart: try row.cartID("cart"), ordinal: Int32(clamping: try row.number("ordinal")),
            body: try row.bytes("body"), signature: try row.bytes("signature"),
            verifiedAt: Moment(milliseconds: try row.number("verifiedAt")))
    }

    func save(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO receipt (cart, ordinal, body, signature, verifiedAt)
                VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                cart.blob, ordinal, body.blob, signature.blob, verifiedAt.milliseconds,
            ])
    }
}
