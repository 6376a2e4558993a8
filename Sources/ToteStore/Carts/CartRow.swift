import GRDB
import ToteCarts
import ToteValues

/// The head of a cart's log.
struct CartRow {
    let cart: CartID
    var revision: Int64 = 0
    var hash: LogHash
    var state = CartState.open
    /// The pairwise id in hexadecimal.
    var member: String?
    var ordinal: Int32 = 0
    var carryTo: CartID?
    var movedTo: CartID?
    var mustReconcile = false
    var liveUnits = 0

    init(new cart: CartID, member: String?) {
        self.cart = cart
        self.member = member
        hash = LogHashing.start(cart)
    }

    init(row: Row) throws {
        cart = try row.cartID("cart")
        revision = try row.number("revision")
        hash = try row.identifier("hash")
        state = try row.text("state") { CartState(rawValue: $0) }
        member = row["member"]
        ordinal = Int32(clamping: try row.number("ordinal"))
        carryTo = row.isNull("carryTo") ? nil : try row.cartID("carryTo")
        movedTo = row.isNull("movedTo") ? nil : try row.cartID("movedTo")
        mustReconcile = try row.number("mustReconcile") == 1
        liveUnits = Int(try row.number("liveUnits"))
    }

    static func fetch(_ db: Database, _ cart: CartID) throws -> CartRow? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM cart WHERE cart = ?"), arguments: [cart.blob]
        ).map(CartRow.init(row:))
    }

    func save(_ db: Database, at now: Moment) throws {
        try db.cachedStatement(sql: Self.saving).execute(arguments: [
            cart.blob, revision, hash.blob, state.rawValue, member, ordinal, carryTo?.blob,
            movedTo?.blob, mustReconcile, liveUnits, now.milliseconds,
        ])
    }

    private static let saving = """
        INSERT INTO cart (cart, revision, hash, state, member, ordinal, carryTo, movedTo,
            mustReconcile, liveUnits, touchedAt)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (cart) DO UPDATE SET revision = excluded.revision, hash = excluded.hash,
            state = excluded.state, member = excluded.member, ordinal = excluded.ordinal,
            carryTo = excluded.carryTo, movedTo = excluded.movedTo,
            mustReconcile = excluded.mustReconcile, liveUnits = excluded.liveUnits,
            touchedAt = excluded.touchedAt
        """

    /// The member's own cart, the guest's own trip, or what was carried over from it.
    func isOpen(to caller: Caller, _ db: Database) throws -> Bool {
        if let member, caller.member.map({ Hex.encode($0.pairwiseID) }) == member { return true }
        guard let guest = caller.guestCart else { return false }
        if guest == cart { return true }
        return try Bool.fetchOne(
            db, sql: "SELECT 1 FROM cart WHERE cart = ? AND carryTo = ?",
            arguments: [guest.blob, cart.blob]) ?? false
    }

    func cursor(_ epoch: Epoch) -> ToteValues.Cursor {
        ToteValues.Cursor(epoch: epoch, revision: revision, hash: hash)
    }
}
