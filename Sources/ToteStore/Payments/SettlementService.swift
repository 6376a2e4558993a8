import Crypto
import GRDB
package import ToteMessages
package import TotePayments
package import ToteValues

/// Takes money for a frozen cart (`payments.md`): the store side of every settlement route.
package struct SettlementService: Sendable {
    let database: StoreDatabase
    let carts: SettlementCarts
    let store: SettlementStore
    let tokens: TenderTokens
    let runner: SettlementRunner
    let book: IdempotencyBook
    let world: World

    package init(
        database: StoreDatabase, carts: SettlementCarts, keys: StoreKeys,
        provider: any PaymentProvider, world: World
    ) {
        let seal = ColumnSeal(key: keys.sealKey, keyID: 1)
        self.database = database
        self.carts = carts
        self.world = world
        store = SettlementStore(seal: seal, world: world)
        tokens = TenderTokens(seal: seal, world: world)
        book = IdempotencyBook(database: database, world: world)
        runner = SettlementRunner(
            database: database, store: store, provider: provider, carts: carts, keys: keys,
            world: world)
    }

    /// For `--demo`.
    package var demoBalances: DemoBalances { DemoBalances(tokens: tokens) }

    /// `PUT /v1/carts/{id}/settlements/{n}`: begins, or repeats the same plan.
    package func plan(
        cart: CartID, ordinal: Int32, _ request: PlanRequest, caller: Caller
    ) async throws(Problem) -> SettlementAnswer {
        try await answering {
            let hash = Array(SHA256.hash(data: request.json.canonical))
            let (known, frozen) = try await self.database.read { db in
                try self.requireOwn(db, cart, caller)
                return (
                    try self.store.find(db, cart: cart, ordinal: ordinal),
                    try self.carts.frozen(db, cart, ordinal)
                )
            }
            if let known { return try await self.repeated(known, hash: hash) }
            guard let frozen else { throw Problem.notFound }
            let quote = try await self.standing(cart, ordinal, frozen, caller)
            guard quote.restricted.isEmpty else {
                throw Problem.approvalMissing(quote.restricted)
            }
            let step = try await self.database.write { db in
                guard try self.store.find(db, cart: cart, ordinal: ordinal) == nil else {
                    throw Problem.stillRunning
                }
                guard try self.carts.isActive(db, cart, ordinal) else {
                    throw Problem.conflict("This close is paid or given up already.")
                }
                let record = PaymentRecord(
                    settlement: Settlement(frozen: frozen), body: quote.body, planHash: hash,
                    member: caller.member?.pairwiseID, pointsEarned: quote.pointsEarned,
                    createdAt: self.world.now())
                let legs = try self.legs(db, request.tenders, for: record)
                try self.store.insert(db, record)
                return try self.runner.advance(
                    db, record, .begin(legs, quoteHash: quote.quoteHash))
            }
            return try await self.answer(try await self.runner.run(step))
        }
    }

    /// `POST …/legs`: other tenders for what is open.
    package func addLegs(
        cart: CartID, ordinal: Int32, _ request: PlanRequest, caller: Caller,
        idempotencyKey: String?
    ) async throws(Problem) -> SettlementAnswer {
        try await once("legs", cart, ordinal, request.json, caller, idempotencyKey) {
            let step = try await self.database.write { db in
                let record = try self.own(db, cart, ordinal, caller)
                let legs = try self.legs(db, request.tenders, for: record)
                return try self.runner.advance(db, record, .addLegs(legs))
            }
            return try await self.answer(try await self.runner.run(step))
        }
    }

    /// `POST …/capture`: takes what is authorised. A repeat, and a settlement that is just being
    /// captured, answer with the state as it is (BAD-096).
    package func capture(
        cart: CartID, ordinal: Int32, caller: Caller, idempotencyKey: String?
    ) async throws(Problem) -> SettlementAnswer {
        try await once("capture", cart, ordinal, .null, caller, idempotencyKey) {
            let record = try await self.refreshed(cart, ordinal, caller)
            switch record.settlement.state {
            case .captured, .capturing, .unknown: return try await self.answer(record)
            default: break
            }
            let quote = try await self.standing(
                cart, ordinal, record.settlement.frozen, caller)
            let step = try await self.runner.advance(
                record.settlement.id, .capture(quoteHash: quote.quoteHash))
            return try await self.answer(try await self.runner.run(step))
        }
    }

    /// `POST …/give-up`: everything goes back and the cart opens again.
    package func giveUp(
        cart: CartID, ordinal: Int32, caller: Caller, idempotencyKey: String?
    ) async throws(Problem) -> SettlementAnswer {
        try await once("give-up", cart, ordinal, .null, caller, idempotencyKey) {
            let step = try await self.database.write { db in
                let record = try self.ownOrUnplanned(db, cart, ordinal, caller)
                if record.settlement.state == .voided {
                    return SettlementRunner.Step(record: record)
                }
                return try self.runner.advance(db, record, .giveUp)
            }
            return try await self.answer(try await self.runner.run(step))
        }
    }

    /// `GET …`: where it stands. Asks the provider when that is due.
    package func state(
        cart: CartID, ordinal: Int32, caller: Caller
    ) async throws(Problem) -> SettlementAnswer {
        try await answering {
            try await self.answer(try await self.refreshed(cart, ordinal, caller))
        }
    }

    /// `GET /v1/receipts/{sequence}`, for those who may see its cart.
    package func receipt(
        sequence: Int64, caller: Caller
    ) async throws(Problem) -> SignedReceipt {
        try await answering {
            try await self.database.read { db in
                guard let receipt = try ReceiptStore.receipt(db, sequence: sequence),
                    try self.carts.isOwn(db, receipt.receipt.body.cart, caller)
                else { throw Problem.notFound }
                return receipt
            }
        }
    }
}

/// Time and restarts.
extension SettlementService {
    /// To be called at start, before the first request: what was under way is asked for by key,
    /// never sent again under a new one (ORD-4).
    package func recover() async throws {
        try await book.forgetInterrupted()
        for id in try await database.read({ try store.unfinished($0) }) {
            let settlement = try await database.read { try store.load($0, id).settlement }
            if settlement.state != .unknown, let leg = settlement.legInFlight,
                let operation = leg.operationInFlight
            {
                _ = try await runner.advance(id, .noAnswer(leg.number, operation))
            }
            if try await database.read({ try store.load($0, id).settlement.state }) == .unknown {
                _ = try await runner.run(try await runner.advance(id, .timer))
            }
        }
    }

    /// To be called about once a second: every state that waits has an end (INV-9).
    /// - Returns: how many timers were due.
    @discardableResult
    package func tick() async throws -> Int {
        let now = world.now()
        let due = try await database.read { try store.due($0, at: now) }
        var failure: (any Error)?
        for id in due {
            // One that cannot go on keeps no other waiting.
            do { try await timer(id) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
        return due.count
    }

    private func timer(_ id: SettlementID) async throws {
        do {
            _ = try await runner.run(try await runner.advance(id, .timer))
        } catch let error as SettlementError where error.code == .illegalTransition {
            // A request moved it on meanwhile.
        }
    }

    /// The caller's record, after what is due.
    func refreshed(_ cart: CartID, _ ordinal: Int32, _ caller: Caller) async throws -> PaymentRecord
    {
        let record = try await database.read { try own($0, cart, ordinal, caller) }
        let settlement = record.settlement
        if settlement.state == .requiresAction {
            return try await runner.run(
                try await runner.advance(settlement.id, .shopperDone))
        }
        guard let deadline = settlement.deadline, deadline <= world.now() else { return record }
        try await timer(settlement.id)
        return try await database.read { try store.load($0, settlement.id) }
    }
}
