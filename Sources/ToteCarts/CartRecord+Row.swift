import GRDB
import ToteValues

extension CartRecord {
    init(row: Row) throws {
        let epoch: Epoch? = row.isNull("epoch") ? nil : try row.identifier("epoch")
        let revision = try row.number("revision")
        self.init(
            cart: try row.cartID("cart"), device: try row.identifier("device"),
            state: try row.text("state") { CartState(rawValue: $0) },
            incarnation: try row.identifier("incarnation"),
            lastSequence: UInt64(clamping: try row.number("lastSequence")),
            ackedSequence: UInt64(clamping: try row.number("ackedSequence")),
            cursor: try epoch.map {
                ToteValues.Cursor(epoch: $0, revision: revision, hash: try row.identifier("hash"))
            },
            movedTo: row.isNull("movedTo") ? nil : try row.cartID("movedTo"),
            isGuest: try row.number("guest") == 1,
            isRegistered: try row.number("registered") == 1, grant: row["grantText"],
            mustReissue: try row.number("reissue") == 1,
            createdAt: Moment(milliseconds: try row.number("createdAt")))
    }

    /// Writes the row whole.
    func save(_ db: Database) throws {
        try db.cachedStatement(sql: Self.saving).execute(arguments: [
            cart.blob, device.blob, state.rawValue, incarnation.blob,
            Int64(clamping: lastSequence), Int64(clamping: ackedSequence), cursor?.epoch.blob,
            cursor?.revision ?? 0, cursor?.hash.blob, movedTo?.blob, isGuest, isRegistered, grant,
            mustReissue, createdAt.milliseconds,
        ])
    }

    private static let saving = """
        INSERT OR REPLACE INTO cart (cart, device, state, incarnation, lastSequence,
            ackedSequence, epoch, revision, hash, movedTo, guest, registered, grantText, reissue,
            createdAt)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
}
