import Foundation
import Synchronization
import ToteCarts
import ToteMessages
import ToteStore
import ToteValues

/// The store's file under four devices that push at once, so that commits go in groups.
final class StoreLife: Subject {
    private struct Device {
        let cart: CartID
        let stream: ToteValues.Stream
        var pushed: UInt64 = 0
        var cursor: Cursor?

        var caller: Caller {
            Caller(device: stream.device, guestCart: cart, keyThumbprint: "key")
        }
    }

    private let folder: String
    private let plan: LifePlan
    private var carts: CartService?
    private var devices: [Device] = []
    private let promised = Promises()

    private init(_ folder: String, _ plan: LifePlan) async throws {
        self.folder = folder
        self.plan = plan
        carts = try Self.service(folder, seed: plan.seed)
        for number in 1...4 as ClosedRange<UInt64> {
            // A device that lost its own file, so that each life has streams of its own.
            let device = Device(
                cart: CartID(Bytes16(high: 0x0193_0000_0000_7000, low: 1 << 63 | number)),
                stream: Stream(
                    device: DeviceID(Bytes16(high: number, low: number)),
                    incarnation: Incarnation(plan.seed &* 8 &+ number)))
            _ = try await carts?.create(
                CreateCartRequest(
                    cart: device.cart, store: 1001, device: device.stream.device, key: "k"),
                caller: device.caller)
            devices.append(device)
        }
    }

    static func open(_ folder: String, plan: LifePlan) async throws -> StoreLife {
        try await StoreLife(folder, plan)
    }

    private static func service(_ folder: String, seed: UInt64) throws -> CartService {
        let world = World.repeating(seed: seed)
        let pricing = StorePricing(
            price: { cart, _, _ in
                PricedSet(
                    totalMinor: Int64(cart.liveUnits) * 100, currency: .euro,
                    quoteHash: cart.hash.bytes + cart.hash.bytes, book: 812, engine: "1",
                    waiting: [], quote: .object([]))
            }, mayLock: { book, _ in book == 812 })
        return CartService(
            database: try StoreDatabase.open(folder: folder, world: world), world: world,
            store: 1001, pricing: pricing, grant: { _, _, _ in "grant" })
    }

    /// All four push at once; each is promised when it is answered.
    func act(_ chance: inout SeededChance) async throws {
        var pushes: [(Device, [CartOperation])] = []
        for index in devices.indices where chance.happens(70) {
            let count = UInt64.random(in: 1...6, using: &chance)
            let first = devices[index].pushed + 1
            pushes.append(
                (
                    devices[index],
                    (first..<first + count).map { operation(devices[index], $0, &chance) }
                ))
            devices[index].pushed += count
        }
        guard let carts else { return }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (device, operations) in pushes {
                group.addTask { [promised] in
                    try await Self.push(operations, device, carts, promised)
                }
            }
            try await group.waitForAll()
        }
    }

    private static func push(
        _ operations: [CartOperation], _ device: Device, _ carts: CartService,
        _ promised: Promises
    ) async throws {
        let answer = try await carts.sync(
            device.cart,
            SyncRequest(
                cursor: nil, device: device.stream.device,
                incarnation: device.stream.incarnation, from: operations[0].dot.sequence,
                operations: operations), caller: device.caller)
        guard answer.ack == operations.last?.dot.sequence else { return }
        promised.add(operations.map(Self.name))
    }

    private func operation(
        _ device: Device, _ sequence: UInt64, _ chance: inout SeededChance
    ) -> CartOperation {
        func dot(_ sequence: UInt64) -> Dot {
            Dot(
                device: device.stream.device, incarnation: device.stream.incarnation,
                sequence: sequence)
        }
        if sequence > 2, chance.happens(30) {
            let target = dot(UInt64.random(in: 1..<sequence, using: &chance))
            return CartOperation(
                dot: dot(sequence),
                body: .void(targets: [VoidTarget(dot: target, units: 1)], reason: "shopper"))
        }
        let code = "40063813\(Int.random(in: 10_000..<99_999, using: &chance))"
        return CartOperation(
            dot: dot(sequence),
            body: .scan(
                ScanBody(
                    code: code, symbology: "ean13",
                    units: Int.random(in: 1...9, using: &chance), book: 812, shown: 199,
                    at: Moment(milliseconds: 0))))
    }

    private static func name(_ operation: CartOperation) -> String {
        operation.dot.text + operation.hash.text
    }

    func close() throws { carts = nil }
}

extension StoreLife {
    /// The side file of the lineage lies outside every backup, and so outside the crash.
    func check(_ folder: String, promises: Int) async throws -> Verdict {
        let carts = try Self.service(folder, seed: plan.seed)
        var found: Set<String> = []
        for device in devices {
            do {
                let delta = try await carts.log(device.cart, cursor: nil, caller: device.caller)
                guard let names = try Self.chained(delta, device.cart) else {
                    return .lost("a log that does not fit its own hash")
                }
                found.formUnion(names)
            } catch let problem as Problem {
                guard problem.code == "unknownCart" else { throw problem }
            }
        }
        let owed = promised.all.prefix(promises).reduce(into: plan.before) { $0.formUnion($1) }
        let missing = owed.subtracting(found)
        guard missing.isEmpty else { return .lost("\(missing.count) operations") }
        let whole = promised.all.allSatisfy { push in
            found.isSuperset(of: push) || found.isDisjoint(with: push)
        }
        return whole ? .opened(found) : .lost("a push that is there by half")
    }

    /// Names of a log's operations; `nil` when it does not lead to its own hash.
    private static func chained(_ delta: LogDelta, _ cart: CartID) throws -> [String]? {
        var hash = LogHashing.start(cart)
        var names: [String] = []
        for (number, entry) in delta.entries.enumerated() {
            guard entry.revision == Int64(number) + 1, let body = entry.body else { return nil }
            let operation = try CartOperation(dot: entry.dot, bodyJSON: body, strict: false)
            hash = LogHashing.step(
                hash, revision: entry.revision, operation: operation.hash,
                disposition: entry.disposition, role: entry.role, priceLock: entry.priceLock)
            names.append(name(operation))
        }
        return !delta.more && hash == delta.cursor.hash ? names : nil
    }
}

/// What was answered, in order; each name is a dot and its hash.
private final class Promises: Sendable {
    private let pushes = Mutex<[[String]]>([])

    var all: [[String]] { pushes.withLock { $0 } }

    func add(_ push: [String]) {
        pushes.withLock {
            $0.append(push)
            FaultJournal.mark($0.count)
        }
    }
}
