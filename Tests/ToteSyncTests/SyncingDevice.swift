import Testing
import ToteCarts
import ToteMessages
import ToteSync
import ToteValues

/// A device and a store as values: no file, no line, no clock but `now`.
struct SyncingDevice: Equatable {
    var cart: DeviceCart
    var sync = DeviceSync()
    var server: ValueStore
    var now: Int64 = 0
    /// All effects so far.
    private(set) var told: [DeviceSync.Effect] = []
    private var incarnations: UInt64 = 100

    init() {
        let id = CartID(Bytes16(high: 0x0193_0000_0000_7000, low: 0x8000_0000_0000_0001))
        cart = DeviceCart(
            new: CartRecord(
                new: id, device: DeviceID(Bytes16(high: 1, low: 1)), incarnation: Incarnation(5),
                isGuest: false, createdAt: Moment(milliseconds: 0)))
        server = ValueStore(id)
    }

    @discardableResult
    mutating func scan(_ code: String = "4006381333931", units: Int = 1) throws -> Dot {
        let scan = ScanBody(
            code: code, symbology: "ean13", units: units, book: 812, shown: 199,
            at: Moment(milliseconds: 0))
        return try cart.commit(.scan(scan), at: Moment(milliseconds: now))[0].dot
    }

    mutating func handle(_ event: DeviceSync.Event) -> [DeviceSync.Effect] {
        incarnations += 1
        let fresh = Incarnation(incarnations)
        let effects = sync.handle(event, cart: &cart, uptimeMilliseconds: now) { fresh }
        told += effects
        return effects
    }

    mutating func send(_ event: DeviceSync.Event) -> SentRequest? { handle(event).request }

    mutating func sent(_ event: DeviceSync.Event) throws -> SentRequest {
        let request = send(event)
        return try #require(request)
    }

    mutating func take(_ response: SyncResponse, to number: UInt64) -> [DeviceSync.Effect] {
        handle(.response(response, to: number))
    }

    /// The exchange from a request on, until there is nothing left to say.
    mutating func finish(_ request: SentRequest?) {
        var next = request
        for _ in 0..<100 {
            guard let sent = next else { return }
            next = take(server.respond(sent.request), to: sent.number).request
        }
    }

    mutating func run(_ event: DeviceSync.Event) { finish(send(event)) }
}

struct SentRequest {
    let request: SyncRequest
    let number: UInt64
}

extension [DeviceSync.Effect] {
    var request: SentRequest? {
        for case .send(let request, let number) in self {
            return SentRequest(request: request, number: number)
        }
        return nil
    }

    var isWait: Bool {
        contains { if case .wait = $0 { true } else { false } }
    }
}

/// The store as a value, by the shipping `StoreSync` and `CartRules`.
struct ValueStore: Equatable {
    var cart: Cart
    var log: [LogEntry] = []
    var epoch = Epoch(0xE1)
    var acks: [ToteValues.Stream: UInt64] = [:]
    var unreadable: String?
    /// Told instead of the log's hash.
    var forged: LogHash?

    init(_ id: CartID) { cart = Cart(id: id) }

    var head: Cursor { Cursor(epoch: epoch, revision: cart.revision, hash: cart.hash) }

    /// An empty database comes back.
    mutating func restore() {
        let next = Epoch(epoch.raw + 1)
        self = ValueStore(cart.id)
        epoch = next
    }

    mutating func respond(_ request: SyncRequest) -> SyncResponse {
        if let unreadable, request.operations.contains(where: { $0.code == unreadable }) {
            return .problem(.invalid("cannot read it"))
        }
        let stream = Stream(device: request.device, incarnation: request.incarnation)
        let ack = acks[stream, default: 0]
        let (cart, log) = (cart, log)
        let decision = StoreSync.decide(
            request, ack: ack, head: head,
            logHash: { Self.hash(log, upTo: $0, cart.id) },
            stored: { dot in log.first { $0.operation.dot == dot }?.operation.hash })
        switch decision {
        case .resync(let reason):
            return .problem(.resync(cursor: head, ack: ack, reason: reason))
        case .fork(let sequence, let stored, let pushed):
            return .problem(.streamFork(sequence: sequence, stored: stored, pushed: pushed))
        case .append(let operations): for operation in operations { append(operation) }
        case .gap: break
        }
        return .answer(answer(request))
    }

    /// What it says when the request needs nothing appended.
    func answer(_ request: SyncRequest) -> SyncAnswer {
        var taken = self
        let stream = Stream(device: request.device, incarnation: request.incarnation)
        for operation in request.operations
        where operation.dot.sequence > acks[stream, default: 0] {
            taken.append(operation)
        }
        let after = request.cursor?.revision ?? 0
        let entries = taken.log.filter { $0.revision > after }.map { entry in
            ReceivedEntry(
                entry, withBody: request.cursor == nil || entry.operation.dot.stream != stream)
        }
        let cursor = Cursor(
            epoch: epoch, revision: taken.cart.revision, hash: forged ?? taken.cart.hash)
        return SyncAnswer(
            delta: LogDelta(
                cursor: cursor, state: taken.cart.state, entries: entries, more: false),
            ack: taken.acks[stream, default: 0], results: [])
    }

    private mutating func append(_ operation: CartOperation) {
        let verdict = CartRules.evaluate(operation, role: .shopper, member: nil, in: cart)
        let entry = LogEntry(
            revision: cart.revision + 1, operation: operation, disposition: verdict.disposition,
            role: .shopper, priceLock: 812)
        log.append(entry)
        acks[operation.dot.stream] = operation.dot.sequence
        CartRules.apply(entry, to: &cart)
    }

    private static func hash(_ log: [LogEntry], upTo revision: Int64, _ id: CartID) -> LogHash? {
        guard revision >= 0, revision <= Int64(log.count) else { return nil }
        return log.prefix(Int(revision)).reduce(Cart(id: id).hash, LogHashing.step)
    }
}
