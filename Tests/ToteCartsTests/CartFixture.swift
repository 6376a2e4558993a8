import ToteCarts
import ToteValues

/// A small world to write logs in: devices `a`, `b`, `c`, and the store.
enum CartFixture {
    static let cart = CartID(Bytes16(high: 0x0193_0000_0000_7000, low: 0x8000_0000_0000_0001))
    static let a = stream(0xA1)
    static let b = stream(0xB2)
    static let c = stream(0xC3)
    static let store = Stream(device: .store, incarnation: Incarnation(0xE))

    static func stream(_ byte: UInt8) -> Stream {
        let half = UInt64(byte) &* 0x0101_0101_0101_0101
        return Stream(
            device: DeviceID(Bytes16(high: half, low: half)), incarnation: Incarnation(0xB2))
    }

    static func dot(_ stream: Stream, _ sequence: UInt64) -> Dot {
        Dot(device: stream.device, incarnation: stream.incarnation, sequence: sequence)
    }

    static func scan(_ units: Int = 1, code: String = "4006381333931") -> CartOperationBody {
        .scan(scanBody(units, code: code))
    }

    static func scanBody(_ units: Int = 1, code: String = "4006381333931") -> ScanBody {
        ScanBody(
            code: code, symbology: "ean13", units: units, book: 812, shown: 199,
            at: Moment(milliseconds: 1_795_256_100_000))
    }

    static func void(_ targets: (Dot, Int)...) -> CartOperationBody {
        .void(targets: targets.map { VoidTarget(dot: $0.0, units: $0.1) }, reason: "shopper")
    }
}

/// The store in miniature: evaluates, appends, folds.
struct TinyStore {
    var cart = Cart(id: CartFixture.cart)
    var log: [LogEntry] = []
    private var storeSequence: UInt64 = 0

    init() {}

    @discardableResult
    mutating func push(
        _ dot: Dot, _ body: CartOperationBody, role: Role = .shopper, member: String? = nil
    ) -> Verdict {
        let operation = CartOperation(dot: dot, body: body)
        let verdict = CartRules.evaluate(operation, role: role, member: member, in: cart)
        let entry = LogEntry(
            revision: cart.revision + 1, operation: operation, disposition: verdict.disposition,
            role: role)
        log.append(entry)
        CartRules.apply(entry, to: &cart)
        return verdict
    }

    mutating func own(_ body: CartOperationBody) {
        storeSequence += 1
        push(CartFixture.dot(CartFixture.store, storeSequence), body, role: .store)
    }

    mutating func close(only: [Dot]? = nil) {
        own(
            .close(
                CloseBody(
                    ordinal: cart.ordinal + 1, closeID: CloseID(Bytes16(high: 1, low: 1)),
                    setHash: LogHashing.set(cart.closeSet(only: only)), totalMinor: 100,
                    currency: .euro, quoteHash: [1], only: only)))
    }

    mutating func settle() {
        own(.settled(SettledBody(ordinal: cart.ordinal, receipt: "r1", carried: [], refunds: [])))
    }
}
