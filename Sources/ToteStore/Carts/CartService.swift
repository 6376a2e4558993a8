import GRDB
import ToteCarts
package import ToteMessages
import ToteSync
package import ToteValues

/// The store's side of carts: what the routes of `cart-sync.md` section 5 do. All rules run in
/// the transaction that writes their outcome; answers leave after it is durable.
package struct CartService: Sendable {
    let database: StoreDatabase
    let world: World
    let store: UInt32
    let pricing: StorePricing
    /// Signs what a guest's device presents from now on, and notes the key of a cart's stream.
    let grant: @Sendable (CartID, DeviceID, Caller) async throws -> String

    package init(
        database: StoreDatabase, world: World, store: UInt32, pricing: StorePricing,
        grant: @escaping @Sendable (CartID, DeviceID, Caller) async throws -> String
    ) {
        self.database = database
        self.world = world
        self.store = store
        self.pricing = pricing
        self.grant = grant
    }

    /// `POST /v1/carts`: makes the cart, or finds it again.
    /// - Returns: the answer, and whether the cart is new (201, else 200).
    package func create(
        _ request: CreateCartRequest, caller: Caller
    ) async throws(Problem) -> (answer: CreateCartAnswer, isNew: Bool) {
        guard request.store == store else { throw .wrongStore }
        let id = request.cart ?? world.newCartID()
        let member = caller.member.map { Hex.encode($0.pairwiseID) }
        let now = world.now()
        return try await answering {
            let (head, isNew) = try await database.write { db in
                if let head = try CartHead.fetch(db, id) {
                    // A guest's cart without a grant: its key decides, when it is granted. So it
                    // does for a member's trip whose sign-in has ended (GUEST-3).
                    let mayGrant =
                        try head.member == nil || head.isOpen(to: caller, db)
                        || MemberAuthority.hasBegun(db, id, caller)
                    guard mayGrant else { throw Problem.unknownCart }
                    return (head, false)
                }
                if let member { try Self.checkOpenCarts(db, of: member) }
                var step = StoreCart(
                    new: id, member: member,
                    mayBeForgotten: database.wasRestored && request.cart != nil)
                try step.save(db, at: now)
                return (step.head, true)
            }
            let text = try await grant(id, request.device, caller)
            let answer = CreateCartAnswer(
                cart: id, cursor: head.cursor(database.epoch),
                grant: caller.member == nil ? text : nil)
            return (answer, isNew)
        }
    }

    /// Ten at once; one without goods is none (`cart-sync.md` section 5, limits).
    private static func checkOpenCarts(_ db: Database, of member: String) throws {
        let open = try Int.fetchOne(
            db,
            sql: """
                SELECT count(*) FROM cart WHERE member = ?
                AND (state = 'closing' OR (state = 'open' AND liveUnits > 0))
                """, arguments: [member])
        guard open ?? 0 < CartLimits.openCarts else {
            throw Problem.conflict("A member has at most \(CartLimits.openCarts) open carts.")
        }
    }

    /// `GET /v1/carts/{id}/log`.
    package func log(
        _ cart: CartID, cursor: ToteValues.Cursor?, caller: Caller
    ) async throws(Problem) -> LogDelta {
        let epoch = database.epoch
        return try await doubting(cart) {
            try await database.read { db in
                let head = try Self.head(db, cart, caller)
                var step = StoreCart(loading: head)
                if let cursor { try step.loadLogHash(db, at: cursor.revision) }
                if let reason = step.mismatch(cursor, epoch) {
                    throw Problem.resync(cursor: head.cursor(epoch), ack: 0, reason: reason)
                }
                return try CartLog.delta(db, head, after: cursor?.revision ?? 0, own: nil)
            }
        }
    }

    /// `GET /v1/carts/{id}/quote`: the store's own, at the cart's cursor.
    package func quote(_ cart: CartID, caller: Caller) async throws(Problem) -> QuoteAnswer {
        let now = world.now()
        return try await answering {
            let whole = try await database.read { db in
                try CartLog.whole(db, try Self.head(db, cart, caller))
            }
            let cursor = ToteValues.Cursor(
                epoch: database.epoch, revision: whole.revision, hash: whole.hash)
            return QuoteAnswer(
                try price(whole, caller: caller, at: now), cursor: cursor, at: now)
        }
    }

    func price(_ cart: Cart, caller: Caller, at: Moment) throws -> PricedSet {
        let isOwn = caller.member.map { Hex.encode($0.pairwiseID) == cart.member } ?? false
        return try pricing.price(cart, isOwn ? caller.member : nil, at)
    }

    /// - Throws: `unknownCart`, the same for one that is another's; `moved`.
    static func head(_ db: Database, _ cart: CartID, _ caller: Caller) throws -> CartHead {
        guard let head = try CartHead.fetch(db, cart), try head.isOpen(to: caller, db) else {
            throw Problem.unknownCart
        }
        if let target = head.movedTo { throw Problem.moved(to: target) }
        return head
    }
}
