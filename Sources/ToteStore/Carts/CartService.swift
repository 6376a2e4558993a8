import GRDB
import ToteCarts
package import ToteMessages
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
            let (row, isNew) = try await database.write { db in
                if let row = try CartRow.fetch(db, id) {
                    // A guest's cart without a grant: its key decides, when it is granted. So it
                    // does for a member's trip whose sign-in has ended (GUEST-3).
                    let mayGrant =
                        try row.member == nil || row.isOpen(to: caller, db)
                        || MemberAuthority.hasBegun(db, id, caller)
                    guard mayGrant else { throw Problem.unknownCart }
                    return (row, false)
                }
                let row = CartRow(new: id, member: member)
                try row.save(db, at: now)
                return (row, true)
            }
            let text = try await grant(id, request.device, caller)
            let answer = CreateCartAnswer(
                cart: id, cursor: row.cursor(database.epoch),
                grant: caller.member == nil ? text : nil)
            return (answer, isNew)
        }
    }

    /// `GET /v1/carts/{id}/log`.
    package func log(
        _ cart: CartID, cursor: ToteValues.Cursor?, caller: Caller
    ) async throws(Problem) -> LogDelta {
        let epoch = database.epoch
        return try await answering {
            try await database.read { db in
                let row = try Self.row(db, cart, caller)
                if let problem = try Self.mismatch(db, row, cursor, epoch, ack: 0) {
                    throw problem
                }
                return try CartLog.delta(db, row, after: cursor?.revision ?? 0, own: nil)
            }
        }
    }

    /// `GET /v1/carts/{id}/quote`: the store's own, at the cart's cursor.
    package func quote(_ cart: CartID, caller: Caller) async throws(Problem) -> QuoteAnswer {
        let now = world.now()
        return try await answering {
            let whole = try await database.read { db in
                try CartLog.whole(db, try Self.row(db, cart, caller))
            }
            return try quote(whole, caller: caller, at: now)
        }
    }

    func quote(_ cart: Cart, caller: Caller, at: Moment) throws -> QuoteAnswer {
        let priced = try price(cart, caller: caller, at: at)
        let cursor = ToteValues.Cursor(
            epoch: database.epoch, revision: cart.revision, hash: cart.hash)
        return QuoteAnswer(
            cursor: cursor, at: at, totalMinor: priced.totalMinor, currency: priced.currency,
            quoteHash: priced.quoteHash, book: priced.book, engine: priced.engine,
            waiting: priced.waiting, quote: priced.quote)
    }

    func price(_ cart: Cart, caller: Caller, at: Moment) throws -> PricedSet {
        let isOwn = caller.member.map { Hex.encode($0.pairwiseID) == cart.member } ?? false
        return try pricing.price(cart, isOwn ? caller.member : nil, at)
    }

    /// - Throws: `unknownCart`, the same for one that is another's; `moved`.
    static func row(_ db: Database, _ cart: CartID, _ caller: Caller) throws -> CartRow {
        guard let row = try CartRow.fetch(db, cart), try row.isOpen(to: caller, db) else {
            throw Problem.unknownCart
        }
        if let target = row.movedTo { throw Problem.moved(to: target) }
        return row
    }

    /// Why a cursor is not one of this log; `nil` when it is.
    static func mismatch(
        _ db: Database, _ row: CartRow, _ cursor: ToteValues.Cursor?, _ epoch: Epoch, ack: UInt64
    ) throws -> Problem? {
        guard let cursor else { return nil }
        let reason: String
        if cursor.epoch != epoch {
            reason = "epoch"
        } else if cursor.revision > row.revision {
            reason = "revision"
        } else if try CartLog.logHash(db, row, at: cursor.revision) != cursor.hash {
            reason = "hash"
        } else {
            return nil
        }
        return .resync(cursor: row.cursor(epoch), ack: ack, reason: reason)
    }
}
