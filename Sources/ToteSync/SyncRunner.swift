public import ToteCarts
public import ToteMessages
import TotePrivacy
public import ToteValues

/// What a sync did.
public struct SyncReport: Hashable, Sendable {
    /// Operations that the store acknowledged.
    public var pushed = 0
    /// Entries of the store's log that came in.
    public var pulled = 0
    /// Operations that the store refused as malformed and that became a skip (SYNC-26).
    public var refused: [CartOperation] = []
    /// Operations that were not simply applied.
    public var results: [SyncResult] = []

    public init() {}
}

/// Performs the effects of `DeviceSync` for one cart: builds requests from committed rows only,
/// and stores an answer with its cursor in one transaction before it counts.
public actor SyncRunner {
    private let store: CartStore
    private let client: StoreClient
    private let world: World
    private var credential: (any RequestCredential)?
    private var machine = DeviceSync()
    private var maxOperations = CartLimits.operationsOfOnePush
    private var maxBytes = CartLimits.bytesOfOnePush
    /// When the chain last did not fit (SYNC-49: never a loop).
    private var badChainAt: Int64?
    private var isRunning = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    /// Answers in a row that promise more and bring nothing: a store that never ends (SYNC-I11).
    private static let mostIdleRounds = 4
    /// How long to wait before the next call: 25 s while all is well, after failures as the
    /// machine backs off or the store asks (SYNC-52).
    public private(set) var pauseMilliseconds = SyncRunner.idleMilliseconds
    public static let idleMilliseconds: Int64 = 25_000

    public init(store: CartStore, client: StoreClient, world: World) {
        self.store = store
        self.client = client
        self.world = world
    }

    /// Sends all that is unsent and pulls all that is new, once. A call while another is under
    /// way waits for it and then does its own: one request of a cart is in flight (SYNC-53).
    /// - Throws: the first failure; a later call goes on where this one stopped.
    public func syncNow(
        _ cart: CartID, credential: (any RequestCredential)? = nil
    ) async throws(SyncError) -> SyncReport {
        while isRunning { await withCheckedContinuation { waiting.append($0) } }
        isRunning = true
        defer {
            isRunning = false
            for caller in waiting { caller.resume() }
            waiting = []
        }
        return try await exchange(cart, credential)
    }

    private func exchange(
        _ cart: CartID, _ credential: (any RequestCredential)?
    ) async throws(SyncError) -> SyncReport {
        self.credential = credential
        var report = SyncReport()
        var effects = machine.handle(.wanted)
        if case .backingOff = machine.state { effects = machine.handle(.linkUp) }
        if machine.state == .unauthorised { effects = machine.handle(.credential) }
        var failure: SyncError?
        var idleRounds = 0
        while effects.contains(.send) {
            do throws(SyncError) {
                let before = (report.pulled, report.pushed)
                let event = try await round(cart, &report)
                idleRounds = (report.pulled, report.pushed) == before ? idleRounds + 1 : 0
                guard idleRounds <= Self.mostIdleRounds || event != .answered(more: true) else {
                    throw SyncError.nonsense
                }
                effects = machine.handle(event)
            } catch {
                failure = error
                effects = machine.handle(Self.event(error))
            }
        }
        pauseMilliseconds = pause(effects)
        if let failure { throw failure }
        if case .backingOff = machine.state { throw SyncError.nonsense }
        return report
    }

    private func pause(_ effects: [DeviceSync.Effect]) -> Int64 {
        for effect in effects {
            switch effect {
            case .wait(let bound): return Int64(world.chance(below: UInt64(bound) + 1))
            case .waitExactly(let milliseconds): return milliseconds
            case .send: continue
            }
        }
        return Self.idleMilliseconds
    }

    /// One request, its answer stored.
    private func round(
        _ cart: CartID, _ report: inout SyncReport
    ) async throws(SyncError) -> DeviceSync.Event {
        let outgoing = try stored { () throws(CartError) in
            try store.outgoing(cart, maxOperations: maxOperations, maxBytes: maxBytes)
        }
        let request = SyncRequest(
            cursor: outgoing.cursor, device: outgoing.stream.device,
            incarnation: outgoing.stream.incarnation, from: outgoing.from,
            operations: outgoing.operations)
        let answer: SyncAnswer
        do throws(StoreClientError) {
            answer = try await client.call(
                .sync(cart), request, answer: SyncAnswer.self, purpose: .contractCheckout,
                dataClasses: ["basket"], credential: credential)
        } catch { return try handle(error, cart, outgoing, &report) }
        return try accept(answer, cart, outgoing, &report)
    }

    private func accept(
        _ answer: SyncAnswer, _ cart: CartID, _ sent: OutgoingSync, _ report: inout SyncReport
    ) throws(SyncError) -> DeviceSync.Event {
        let delta = answer.delta
        let outcome = try stored { () throws(CartError) in
            try store.accept(
                cart, cursor: delta.cursor, state: delta.state,
                entries: delta.entries, more: delta.more,
                ack: sent.isEarlier ? nil : answer.ack, trusting: isTrusting)
        }
        if sent.isEarlier, answer.ack &+ 1 < sent.from {
            // The store lost more of that stream than this file still has.
            try stored { () throws(CartError) in try store.fork(cart) }
        }
        switch outcome {
        case .accepted(let entries):
            badChainAt = isTrusting ? badChainAt : nil
            report.pulled += entries
            report.pushed += sent.operations.filter { $0.dot.sequence <= answer.ack }.count
            report.results += answer.results
            let unsent = try stored { () throws(CartError) in try store.hasUnsent(cart) }
            return .answered(more: delta.more || unsent)
        case .badChain:
            badChainAt = world.uptimeMilliseconds()
            try stored { () throws(CartError) in try store.forgetCursor(cart) }
            return .resync
        }
    }

    /// A second bad chain within 60 s: the store's state is shown as given (SYNC-49).
    private var isTrusting: Bool {
        badChainAt.map { world.uptimeMilliseconds() - $0 < 60_000 } ?? false
    }

    // MARK: - Refusals

    private func handle(
        _ error: StoreClientError, _ cart: CartID, _ sent: OutgoingSync,
        _ report: inout SyncReport
    ) throws(SyncError) -> DeviceSync.Event {
        guard case .problem(let problem) = error else { throw Self.failure(error) }
        switch (problem.status, problem.code.rawValue) {
        case (409, "resync"):
            let ack = UInt64(clamping: problem.integer("ack") ?? 0)
            try stored { () throws(CartError) in try store.resync(cart, ack: ack) }
            return .resync
        case (409, "streamFork"):
            try fork(cart, problem)
            return .reaimed
        case (413, _):
            maxOperations = max(
                1, Int(problem.integer("maxOperations") ?? Int64(maxOperations / 2)))
            maxBytes = max(1024, Int(problem.integer("maxBytes") ?? Int64(maxBytes / 2)))
            return .reaimed
        case (400, _), (422, _): return try shorten(cart, sent, problem, &report)
        default: throw Self.failure(problem)
        }
    }

    /// The refused one is found by halving; alone, a `skip` takes its place (SYNC-26).
    private func shorten(
        _ cart: CartID, _ sent: OutgoingSync, _ problem: Problem, _ report: inout SyncReport
    ) throws(SyncError) -> DeviceSync.Event {
        guard let first = sent.operations.first, !sent.isEarlier else {
            throw Self.failure(problem)
        }
        guard sent.operations.count == 1 else {
            maxOperations = sent.operations.count / 2
            return .reaimed
        }
        maxOperations = CartLimits.operationsOfOnePush
        let refused = try stored { () throws(CartError) in
            try store.skip(cart, sequence: first.dot.sequence, reason: problem.code.rawValue)
        }
        // A skip that is refused as well is no fault of the operation.
        guard let refused else { throw Self.failure(problem) }
        report.refused.append(refused)
        return .reaimed
    }

    private func fork(_ cart: CartID, _ problem: Problem) throws(SyncError) {
        let sequence = UInt64(clamping: problem.integer("seq") ?? 0)
        try stored { () throws(CartError) in
            if let held = problem.hashes.first,
                try store.undoSkip(cart, sequence: sequence, stored: held)
            {
                return
            }
            try store.fork(cart)
        }
    }

    private func stored<Value>(
        _ body: () throws(CartError) -> Value
    ) throws(SyncError) -> Value {
        do { return try body() } catch {
            throw SyncError(
                .storage, detail: error.code.rawValue, message: error.message, mend: error.mend)
        }
    }
}

extension SyncRunner {
    private static func event(_ error: SyncError) -> DeviceSync.Event {
        error.code == .unauthorised
            ? .unauthorised : .failed(retryAfterSeconds: error.retryAfterSeconds)
    }

    private static func failure(_ error: StoreClientError) -> SyncError {
        switch error {
        case .problem(let problem): failure(problem)
        case .nonsense: .nonsense
        case .credential: .unauthorised
        case .connection(.tooLarge): .nonsense
        case .connection: .unreachable
        case .privacy(let error):
            SyncError(
                .refused, detail: error.code.rawValue, message: error.message, mend: error.mend)
        }
    }

    private static func failure(_ problem: Problem) -> SyncError {
        let code: SyncError.Code =
            switch (problem.status, problem.code.rawValue) {
            case (401, _): .unauthorised
            case (404, _): .unknownCart
            case (409, "moved"): .moved
            case (429, _), (500..., _): .busy
            default: .refused
            }
        return SyncError(
            code, detail: problem.code.rawValue,
            message: problem.detail ?? "The store refused: \(problem.code.rawValue).",
            mend: code == .unauthorised ? "Sign in again: tote login" : "Try again later.",
            retryAfterSeconds: problem.retryAfterSeconds)
    }
}

extension Problem {
    func integer(_ name: String) -> Int64? {
        if case .integer(let number) = self[name] { number } else { nil }
    }

    /// What the store holds and what was pushed, of `streamFork`.
    var hashes: [LogHash] {
        guard case .array(let values) = self["hashes"] else { return [] }
        return values.compactMap { value in
            if case .string(let text) = value { LogHash(text: text) } else { nil }
        }
    }
}
