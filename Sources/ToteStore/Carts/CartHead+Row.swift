import GRDB
import ToteCarts
import ToteSync
import ToteValues

extension CartHead {
    init(row: Row) throws {
        self.init(new: try row.cartID("cart"), member: row["member"])
        revision = try row.number("revision")
        hash = try row.identifier("hash")
        state = try row.text("state") { CartState(rawValue: $0) }
        ordinal = Int32(clamping: try row.number("ordinal"))
        carryTo = row.isNull("carryTo") ? nil : try row.cartID("carryTo")
        movedTo = row.isNull("movedTo") ? nil : try row.cartID("movedTo")
        mustReconcile = try row.number("mustReconcile") == 1
        liveUnits = Int(try row.number("liveUnits"))
        doubtedAt = Moment(milliseconds: try row.number("doubtedAt"))
    }

    static func fetch(_ db: Database, _ cart: CartID) throws -> CartHead? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM cart WHERE cart = ?"), arguments: [cart.blob]
        ).map(CartHead.init(row:))
    }

    func save(_ db: Database, at now: Moment) throws {
        try db.cachedStatement(sql: Self.saving).execute(arguments: [
            cart.blob, revision, hash.blob, state.rawValue, member, ordinal, carryTo?.blob,
            movedTo?.blob, mustReconcile, liveUnits, now.milliseconds, doubtedAt.milliseconds,
        ])
    }

    private static let saving = """
        INSERT INTO cart (cart, revision, hash, state, member, ordinal, carryTo, movedTo,
            mustReconcile, liveUnits, touchedAt, doubtedAt)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (cart) DO UPDATE SET revision = excluded.revision, hash = excluded.hash,
            state = excluded.state, member = excluded.member, ordinal = excluded.ordinal,
            carryTo = excluded.carryTo, movedTo = excluded.movedTo,
            mustReconcile = excluded.mustReconcile, liveUnits = excluded.liveUnits,
            touchedAt = excluded.touchedAt, doubtedAt = excluded.doubtedAt
        """

    /// The member's own cart, the guest's own trip, or where that was carried over or bound to,
    /// also on from there.
    func isOpen(to caller: Caller, _ db: Database) throws -> Bool {
        if let member, caller.member.map({ Hex.encode($0.pairwiseID) }) == member { return true }
        guard let guest = caller.guestCart else { return false }
        if guest == cart { return true }
        return try Bool.fetchOne(
            db,
            sql: """
                WITH RECURSIVE chain (next) AS (
                    SELECT coalesce(movedTo, carryTo) FROM cart WHERE cart = ?
                    UNION SELECT coalesce(movedTo, carryTo) FROM cart JOIN chain ON cart = next)
                SELECT 1 FROM chain WHERE next = ?
                """, arguments: [guest.blob, cart.blob]) ?? false
    }
}
