import ToteCarts
import ToteDeflate
import ToteMessages
import ToteSync
import ToteValues

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Devices and a store in memory, with everything that travels made and read as it is on the wire.
struct Household {
    /// Bodies of answers up to this go as they are (SYNC-51).
    private static let largestPlainBody = 1024
    static let cart = CartID(Bytes16(high: 0x0193_0000_0000_7000, low: 0x8000_0000_0000_0001))

    struct Exchange {
        var request = 0
        var answer = 0
        /// As the answer travels.
        var deflated = 0
        /// Rows that the store writes.
        var rows = 0
    }

    var store = StoreCarts(epoch: Epoch(7))
    var devices: [DeviceCart]

    init(devices count: Int) {
        store.create(Self.cart, member: nil)
        devices = (1...max(1, count)).map { number in
            DeviceCart(
                new: CartRecord(
                    new: Self.cart,
                    device: DeviceID(Bytes16(high: 1, low: UInt64(number))),
                    incarnation: Incarnation(UInt64(number)), isGuest: true,
                    createdAt: Moment(milliseconds: 0)))
        }
    }

    static func scan(_ code: String, units: Int = 1) -> CartIntent {
        .scan(
            ScanBody(
                code: code, symbology: "ean13", units: units, book: 812, shown: 199,
                at: Moment(milliseconds: 1_795_256_100_000)))
    }

    /// One round trip.
    mutating func exchange(_ index: Int) throws -> Exchange {
        let outgoing = devices[index].outgoing()
        let body = SyncRequest(
            cursor: outgoing.cursor, device: outgoing.stream.device,
            incarnation: outgoing.stream.incarnation, from: outgoing.from,
            operations: outgoing.operations
        ).json.canonical
        let request = try SyncRequest(json: JSONField(try StrictJSON.parse(body)))
        let caller = CartCaller(device: request.device, member: nil, role: .shopper)
        let answer = try store.sync(
            Self.cart, request, by: caller, now: Moment(milliseconds: 1_795_256_100_000),
            mayLock: { $0 == 812 })
        let plain = answer.json.canonical
        let packed = plain.count > Self.largestPlainBody ? Deflate.deflated(plain) : nil
        let arrived = try packed.map { try Deflate.inflated($0, limit: 1 << 20) } ?? plain
        let read = try SyncAnswer(
            json: JSONField(try StrictJSON.parse(arrived, limits: .answer)))
        let outcome = devices[index].accept(
            cursor: read.delta.cursor, state: read.delta.state, entries: read.delta.entries,
            more: read.delta.more, ack: read.ack, newIncarnation: { Incarnation(99) })
        guard case .accepted = outcome else { throw Wrong.chain }
        _ = devices[index].takeChanges()
        return Exchange(
            request: body.count, answer: plain.count, deflated: (packed ?? plain).count,
            rows: store.rowsOfLastChange)
    }

    /// Until nothing is left to send or to come.
    mutating func sync(_ index: Int) throws -> Exchange {
        var sum = Exchange()
        repeat {
            let one = try exchange(index)
            sum.request += one.request
            sum.answer += one.answer
            sum.deflated += one.deflated
            sum.rows += one.rows
        } while devices[index].hasUnsent
        return sum
    }

    enum Wrong: Error { case chain, notEqual }
}

enum TripFigures {
    /// Bytes both ways, the time of all syncs, and the units that the store holds in the end.
    static func measure(_ trace: TripTrace) throws -> JSONValue {
        var best = Int64.max
        var last: (home: Household, sum: Household.Exchange, syncs: Int)?
        for _ in 0..<20 {
            let (home, sum, syncs, nanoseconds) = try run(trace)
            best = min(best, nanoseconds)
            last = (home, sum, syncs)
        }
        guard let last, let store = last.home.store[Household.cart]?.cart.cart else {
            throw Household.Wrong.notEqual
        }
        guard last.home.devices.allSatisfy({ $0.view.dots == store.dots }) else {
            throw Household.Wrong.notEqual
        }
        var units: [String: Int] = [:]
        for (_, state) in store.liveDots {
            if let scan = state.scan { units[scan.code, default: 0] += state.live }
        }
        return .object([
            "bytesUp": .integer(Int64(last.sum.request)),
            "bytesDown": .integer(Int64(last.sum.deflated)), "syncs": .integer(Int64(last.syncs)),
            "nanoseconds": .integer(best),
            "units": .object(
                units.sorted { $0.key < $1.key }
                    .map { JSONMember($0.key, .integer(Int64($0.value))) }),
        ])
    }

    private static func run(
        _ trace: TripTrace
    ) throws -> (Household, Household.Exchange, syncs: Int, nanoseconds: Int64) {
        var home = Household(devices: trace.devices)
        var sum = Household.Exchange()
        var (syncs, nanoseconds): (Int, Int64) = (0, 0)
        var scans: [Dot] = []
        let at = Moment(milliseconds: 1_795_256_100_000)
        for step in trace.steps {
            switch step {
            case .scan(let device, let code, let units):
                let made = try home.devices[device].commit(
                    Household.scan(code, units: units), at: at)
                scans += made.map(\.dot)
            case .void(let device, let scan):
                _ = try home.devices[device].commit(.minusOne(line: [scans[scan]]), at: at)
            case .sync(let device):
                let start = threadNanoseconds()
                let one = try home.sync(device)
                nanoseconds += threadNanoseconds() - start
                syncs += 1
                sum.request += one.request
                sum.deflated += one.deflated
            }
        }
        return (home, sum, syncs, nanoseconds)
    }
}

/// Time of this thread alone.
func threadNanoseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
