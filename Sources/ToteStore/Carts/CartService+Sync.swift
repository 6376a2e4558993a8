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
        guard request.operations.count <= CartLimits.operationsOfOnePush else {
            throw .tooLarge(maxBytes: CartLimits.bytesOfOnePush)
        }
        if let device = caller.device, device != request.device { throw .wrongDevice }
        if request.device == .store { throw .wrongDevice }
        let push = Push(
            cart: cart, request: request, caller: caller, epoch: database.epoch, now: world.now(),
            mayLock: pricing.mayLock, world: world)
        return try await answering {
            if request.operations.isEmpty { return try await database.read(push.run) }
            return try await database.write(push.run)
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
    let world: World

    private var stream: ToteValues.Stream {
        Stream(device: request.device, incarnation: request.incarnation)
    }

    func run(_ db: Database) throws -> SyncAnswer {
        var row = try CartService.row(db, cart, caller)
        var ack = try StreamRow.last(db, cart, stream)
        var results: [SyncResult] = []
        switch try decide(db, row, ack: ack) {
        case .resync(let reason):
            throw Problem.resync(cursor: row.cursor(epoch), ack: ack, reason: reason)
        case .fork(let sequence, let stored, let pushed):
            throw Problem.streamFork(sequence: sequence, stored: stored, pushed: pushed)
        case .append(let fresh) where !fresh.isEmpty:
            if ack == 0 { try checkRoom(db) }
            (row, results) = try append(db, row, fresh)
            ack += UInt64(fresh.count)
            try StreamRow.save(db, cart, stream, last: ack, at: now)
        case .append, .gap: break
        }
        let delta = try CartLog.delta(
            db, row, after: request.cursor?.revision ?? 0, own: stream)
        return SyncAnswer(delta: delta, ack: ack, results: results)
    }

    private func decide(
        _ db: Database, _ row: CartRow, ack: UInt64
    ) throws -> StoreSync.Decision {
        try StoreSync.decide(
            request, ack: ack, head: row.cursor(epoch),
            logHash: { try CartLog.logHash(db, row, at: $0) },
            stored: { dot in
                try Row.fetchOne(
                    db.cachedStatement(
                        sql: """
                            SELECT hash FROM operation
                            WHERE cart = ? AND device = ? AND incarnation = ? AND sequence = ?
                            """), arguments: DotRow.key(cart, dot)
                ).map { try $0.identifier("hash") }
            })
    }

    private func checkRoom(_ db: Database) throws {
        let others = try StreamRow.count(db, cart, otherThan: request.device)
        guard others.devices < CartLimits.devices, others.streams < CartLimits.streams else {
            throw Problem.invalid("This cart has as many devices as it can have.")
        }
    }

    private func append(
        _ db: Database, _ row: CartRow, _ operations: [CartOperation]
    ) throws -> (CartRow, [SyncResult]) {
        var appender = try CartAppender(db, row, for: operations, now: now)
        var results: [SyncResult] = []
        var carried: [CartOperation] = []
        let member = caller.member.map { Hex.encode($0.pairwiseID) }
        let role = Role(rawValue: caller.standing.rawValue) ?? .shopper
        for operation in operations {
            let verdict = try appender.append(
                db, operation, role: role, member: member, priceLock: lock(operation))
            if verdict.disposition == .carried { carried.append(operation) }
            if verdict.disposition != .applied {
                results.append(
                    SyncResult(
                        sequence: operation.dot.sequence, disposition: verdict.disposition,
                        code: verdict.refusal?.rawValue, removed: verdict.removed))
            }
        }
        if !carried.isEmpty {
            appender.carry(to: LogHashing.carryOver(cart, ordinal: appender.row.ordinal))
        }
        try appender.finish(db)
        for operation in carried { try carry(db, appender.cart, operation) }
        return (appender.row, results)
    }

    private func carry(_ db: Database, _ cart: Cart, _ operation: CartOperation) throws {
        if case .scan = operation.body {
            try CarryOver.take(db, from: cart, dots: [operation.dot], world: world)
        } else {
            try CarryOver.void(db, from: cart, operation, world: world)
        }
    }

    private func lock(_ operation: CartOperation) -> BookVersion {
        guard case .scan(let scan) = operation.body, scan.book > 0, mayLock(scan.book, now) else {
            return 0
        }
        return scan.book
    }
}
