import Synchronization
import ToteCarts
import ToteMessages
import TotePrivacy
import ToteSync
import ToteValues

/// A store in memory behind a line that drops requests, loses answers after the store has acted,
/// and delivers old requests again: the shipping `StoreSync` and `CartRules`, without a database.
final class LossyStore: Sendable {
    struct State {
        var random: SeededChance
        var epoch = Epoch(0xE0)
        var cart: Cart
        var log: [LogEntry] = []
        var hashes: [LogHash]
        var acks: [ToteValues.Stream: UInt64] = [:]
        var isRegistered = false
        var old: [SyncRequest] = []
        /// Per cent of requests that are dropped, and of answers that are lost.
        var drop = 25
        var lose = 20
        /// Refuses an operation whose code this is, as a store does that cannot read it.
        var unreadable: String?
        var backup: [LogEntry]?
    }

    private let state: Mutex<State>

    init(cart: CartID, seed: UInt64) {
        let empty = Cart(id: cart)
        state = Mutex(
            State(random: SeededChance(seed: seed), cart: empty, hashes: [empty.hash]))
    }

    func change<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
        state.withLock { body(&$0) }
    }

    var cart: Cart { state.withLock { $0.cart } }
    var log: [LogEntry] { state.withLock { $0.log } }

    /// The database of some revisions ago comes back; whoever comes next finds another epoch.
    func restore(back: Int) {
        change { state in
            let kept = state.log.dropLast(back)
            state.epoch = Epoch(state.random.next())
            state.cart = Cart(id: state.cart.id)
            state.hashes = [state.cart.hash]
            state.log = []
            state.acks = [:]
            for entry in kept { state.append(entry) }
        }
    }

    func send(_ request: StoreRequest) throws(StoreConnectionError) -> StoreResponse {
        try state.withLock { state throws(StoreConnectionError) in
            if state.chance(state.drop) { throw .timedOut }
            if state.chance(5), let old = state.old.randomElement(using: &state.random) {
                _ = state.answer(old)
            }
            let response = state.respond(request)
            if state.chance(state.lose) { throw .cut }
            return response
        }
    }
}

extension LossyStore.State {
    mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &random) < percent
    }

    mutating func append(_ entry: LogEntry) {
        log.append(entry)
        CartRules.apply(entry, to: &cart)
        hashes.append(cart.hash)
        let dot = entry.operation.dot
        acks[dot.stream] = max(acks[dot.stream, default: 0], dot.sequence)
    }

    mutating func respond(_ request: StoreRequest) -> StoreResponse {
        guard let value = try? StrictJSON.parse(request.body) else {
            return Self.response(Problem.malformed("no JSON"))
        }
        if request.route == RouteTemplate.createCart.template {
            isRegistered = true
            return Self.response(
                CreateCartAnswer(cart: cart.id, cursor: head, grant: "grant").json, status: 201)
        }
        guard isRegistered else { return Self.response(Problem.unknownCart) }
        guard let sync = try? SyncRequest(json: JSONField(value)) else {
            return Self.response(Problem.invalid("no sync request"))
        }
        old.append(sync)
        return answer(sync)
    }

    var head: Cursor { Cursor(epoch: epoch, revision: cart.revision, hash: cart.hash) }

    mutating func answer(_ request: SyncRequest) -> StoreResponse {
        if let unreadable, request.operations.contains(where: { $0.code == unreadable }) {
            return Self.response(Problem.invalid("cannot read it"))
        }
        let stream = Stream(device: request.device, incarnation: request.incarnation)
        var ack = acks[stream, default: 0]
        let (hashes, log) = (hashes, log)
        let decision = StoreSync.decide(
            request, ack: ack, head: head,
            logHash: { hashes.indices.contains(Int($0)) ? hashes[Int($0)] : nil },
            stored: { dot in log.first { $0.operation.dot == dot }?.operation.hash })
        switch decision {
        case .resync(let reason):
            return Self.response(Problem.resync(cursor: head, ack: ack, reason: reason))
        case .fork(let sequence, let stored, let pushed):
            return Self.response(
                Problem.streamFork(sequence: sequence, stored: stored, pushed: pushed))
        case .append(let operations):
            for operation in operations { take(operation) }
            ack = acks[stream, default: 0]
        case .gap: break
        }
        return Self.response(delta(request, stream, ack).json)
    }

    private mutating func take(_ operation: CartOperation) {
        let verdict = CartRules.evaluate(operation, role: .shopper, member: nil, in: cart)
        append(
            LogEntry(
                revision: cart.revision + 1, operation: operation,
                disposition: verdict.disposition, role: .shopper, priceLock: 812))
    }

    private func delta(
        _ request: SyncRequest, _ stream: ToteValues.Stream, _ ack: UInt64
    ) -> SyncAnswer {
        let after = Int(request.cursor?.revision ?? 0)
        let entries = log.dropFirst(after).prefix(7).map { entry in
            ReceivedEntry(
                entry, withBody: request.cursor == nil || entry.operation.dot.stream != stream)
        }
        let reached = after + entries.count
        let delta = LogDelta(
            cursor: Cursor(epoch: epoch, revision: Int64(reached), hash: hashes[reached]),
            state: cart.state, entries: entries, more: reached < log.count)
        return SyncAnswer(delta: delta, ack: ack, results: [])
    }

    private static func response(_ problem: Problem) -> StoreResponse {
        response(problem.json, status: problem.status)
    }

    private static func response(_ json: JSONValue, status: Int = 200) -> StoreResponse {
        StoreResponse(status: status, body: json.canonical)
    }
}

extension CartOperation {
    var code: String? {
        if case .scan(let scan) = body { scan.code } else { nil }
    }
}

/// One device's line to the store.
struct LossyConnection: StoreConnection {
    let store: LossyStore
    let baseURL = "https://store.test"
    let host = "store.test"

    func send(
        _ request: StoreRequest, permit: consuming EgressPermit
    ) async throws(StoreConnectionError) -> StoreResponse {
        try store.send(request)
    }
}
