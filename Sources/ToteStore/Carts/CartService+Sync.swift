import GRDB
import ToteCarts
package import ToteMessages
import ToteSync
package import ToteValues

extension CartService {
    /// `POST /v1/carts/{id}/sync` (SYNC-40): one transaction, all or nothing; a repeat, an
    /// overlap or an old request applies nothing twice.
    package func sync(
        _ cart: CartID, _ request: SyncRequest, caller: Caller
    ) async throws(Problem) -> SyncAnswer {
        try StoreSync.check(request, by: caller.cartCaller)
        let push = Push(
            cart: cart, request: request, caller: caller, epoch: database.epoch, now: world.now(),
            mayLock: pricing.mayLock, judged: judged(request), hints: database.hints)
        return try await doubting(cart) {
            if request.operations.isEmpty { return try await database.read(push.run) }
            return try await database.write(push.run)
        }
    }

    /// Looked up before the transaction, which is short and one at a time.
    private func judged(_ request: SyncRequest) -> [Dot: ScanJudgement] {
        let now = world.now()
        return request.operations.reduce(into: [:]) { judged, operation in
            guard case .scan(let scan) = operation.body else { return }
            judged[operation.dot] = pricing.judge(scan, now)
        }
    }

    /// A cursor that does not fit although its epoch does: this file may be an older copy of
    /// itself, so the cart's payments are asked for before it closes again (SYNC-60).
    func doubting<Value>(
        _ cart: CartID, _ body: () async throws -> Value
    ) async throws(Problem) -> Value {
        do { return try await answering(body) } catch {
            guard error.code == "resync", error["reason"] != .string("epoch") else { throw error }
            let now = world.now()
            try await answering {
                try await database.write { db in
                    guard let head = try CartHead.fetch(db, cart) else { return }
                    var step = StoreCart(loading: head)
                    if step.doubt(at: now) { try step.save(db, at: now) }
                }
            }
            throw error
        }
    }
}

/// One sync inside its transaction.
private struct Push: Sendable {
    let cart: CartID
    let request: SyncRequest
    let caller: Caller
    let epoch: Epoch
    let now: Moment
    let mayLock: @Sendable (BookVersion, Moment) -> Bool
    let judged: [Dot: ScanJudgement]
    let hints: HintBus

    func run(_ db: Database) throws -> SyncAnswer {
        let head = try CartService.head(db, cart, caller)
        var step = try StoreCart.load(db, head, for: request, epoch: epoch)
        let outcome = try step.push(
            request, by: caller.cartCaller, epoch: epoch, mayLock: { mayLock($0, now) },
            judge: { dot, scan in
                if let judgement = judged[dot], judgement != .sold { return judgement }
                // An unreadable table holds nothing back; the gate still looks.
                let isSold = (try? SoldSerials.isSold(db, scan, except: cart)) ?? false
                return isSold ? .hold("serialSold") : .sold
            })
        try step.save(db, at: now)
        try CarryOver.deliver(db, outcome.carryOvers, epoch: epoch, at: now, hints: hints)
        if step.head.revision > head.revision { hints.publish(after: db, step.head, epoch) }
        let delta = try CartLog.delta(
            db, step.head, after: request.cursor?.revision ?? 0, own: request.stream)
        return SyncAnswer(delta: delta, ack: outcome.ack, results: outcome.results)
    }
}

extension Caller {
    /// What a cart's log needs to know of the caller.
    var cartCaller: CartCaller {
        CartCaller(
            device: device, member: member.map { Hex.encode($0.pairwiseID) },
            role: Role(rawValue: standing.rawValue) ?? .shopper)
    }
}
