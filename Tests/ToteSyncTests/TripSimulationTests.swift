import Testing
import ToteCarts
import ToteMessages
import TotePrivacy
import ToteStorage
import ToteSync
import ToteValues

/// Devices with the shipping `CartStore`, `DeviceSync` and `SyncRunner` share a cart over a lossy
/// line. Nothing acknowledged may be lost, nothing counted twice, and all end equal.
@Suite("Trips over a bad line")
struct TripSimulationTests {
    struct Device {
        let store: CartStore
        let runner: SyncRunner

        init(_ server: LossyStore, seed: UInt64) throws {
            let world = World.repeating(seed: seed)
            store = try CartStore(
                database: DatabaseFile.inMemory(steps: CartStore.steps), world: world)
            let ledger = EgressLedger(
                database: try DatabaseFile.inMemory(steps: EgressLedger.steps), world: world)
            let client = StoreClient(
                connection: LossyConnection(store: server), ledger: ledger)
            runner = SyncRunner(store: store, client: client, world: world)
        }
    }

    /// What shoppers were told, by dot: the truth to compare with.
    struct Told {
        var scanned: [Dot: Int] = [:]
        var voided: [Dot: Int] = [:]

        mutating func note(_ operations: [CartOperation]) {
            for operation in operations {
                switch operation.body {
                case .scan(let scan): scanned[operation.dot] = scan.units
                case .void(let targets, _):
                    for target in targets { voided[target.dot, default: 0] += target.units }
                default: break
                }
            }
        }

        var live: [Dot: Int] {
            scanned.reduce(into: [:]) { live, scan in
                let left = scan.value - voided[scan.key, default: 0]
                if left > 0 { live[scan.key] = left }
            }
        }
    }

    @Test("nothing is lost and nothing doubled over a lossy line", arguments: 0..<60)
    func lossy(seed: UInt64) async throws {
        try await run(seed: seed, restores: false)
    }

    @Test("a restored backup heals from its devices", arguments: 1000..<1040)
    func restored(seed: UInt64) async throws {
        try await run(seed: seed, restores: true)
    }

    private func run(seed: UInt64, restores: Bool) async throws {
        var random = SeededChance(seed: seed)
        let id = World.repeating(seed: seed).newCartID()
        let server = LossyStore(cart: id, seed: seed)
        server.change { $0.isRegistered = true }
        let devices = try (1...2).map { try Device(server, seed: seed &* 10 &+ $0) }
        for device in devices { _ = try device.store.adopt(id, like: nil) }
        var told = Told()
        for step in 0..<40 {
            let device = devices[Int.random(in: 0..<2, using: &random)]
            let view = try device.store.view(id)
            told.note(try act(device.store, id, view, &random))
            if Int.random(in: 0..<3, using: &random) == 0 {
                _ = try? await device.runner.syncNow(id)
            }
            if restores, step == 25 { server.restore(back: Int.random(in: 1...8, using: &random)) }
        }
        try await heal(devices, server, id)
        for device in devices {
            let view = try device.store.view(id)
            #expect(try device.store.unsent(id).isEmpty)
            #expect(view.hash == server.cart.hash)
            #expect(view.dots == server.cart.dots)
        }
        let live = Dictionary(
            uniqueKeysWithValues: server.cart.liveDots.map { ($0.dot, $0.state.live) })
        #expect(live == told.live)
        #expect(Set(server.log.map(\.operation.dot)).count == server.log.count)
    }

    private func act(
        _ store: CartStore, _ cart: CartID, _ view: Cart, _ random: inout SeededChance
    ) throws -> [CartOperation] {
        let scan = ScanBody(
            code: "40\(Int.random(in: 0..<9, using: &random))", symbology: "ean13",
            units: Int.random(in: 1...4, using: &random), book: 812, shown: 100,
            at: Moment(milliseconds: 0))
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<6: return try store.commit(.scan(scan), cart: cart)
        case 6 where !view.liveDots.isEmpty: return try store.commit(.clear, cart: cart)
        case 7... where !view.liveDots.isEmpty:
            let line = view.liveDots.map(\.dot).shuffled(using: &random).prefix(2)
            return try store.commit(.minusOne(line: Array(line)), cart: cart)
        default: return []
        }
    }

    /// The line is good again; each device needs a few rounds to see the other's last words.
    private func heal(_ devices: [Device], _ server: LossyStore, _ id: CartID) async throws {
        server.change { ($0.drop, $0.lose) = (0, 0) }
        for _ in 0..<3 {
            for device in devices { _ = try await device.runner.syncNow(id) }
        }
    }

    @Test("an operation that the store cannot read becomes a skip, and the queue goes on")
    func unreadable() async throws {
        let id = World.repeating(seed: 3).newCartID()
        let server = LossyStore(cart: id, seed: 3)
        server.change { state in
            (state.drop, state.lose, state.isRegistered) = (0, 0, true)
            state.unreadable = "bad"
        }
        let device = try Device(server, seed: 3)
        _ = try device.store.adopt(id, like: nil)
        for index in 0..<30 {
            let code = index == 17 ? "bad" : "40\(index)"
            let scan = ScanBody(
                code: code, symbology: "ean13", units: 1, book: 1, shown: 1,
                at: Moment(milliseconds: 0))
            try device.store.commit(.scan(scan), cart: id)
        }
        let report = try await device.runner.syncNow(id)
        #expect(report.refused.compactMap(\.code) == ["bad"])
        #expect(server.cart.liveUnits == 29)
        #expect(try device.store.unsent(id).isEmpty)
    }

    @Test("a store that promises more for ever is left alone (SYNC-I11)", .timeLimit(.minutes(1)))
    func endless() async throws {
        let world = World.repeating(seed: 5)
        let database = try DatabaseFile.inMemory(steps: CartStore.steps)
        let store = try CartStore(database: database, world: world)
        let cart = try store.newCart(guest: false).cart
        let ledger = EgressLedger(
            database: try DatabaseFile.inMemory(steps: EgressLedger.steps), world: world)
        let runner = SyncRunner(
            store: store, client: StoreClient(connection: EndlessStore(), ledger: ledger),
            world: world)
        let scan = ScanBody(
            code: "1", symbology: "ean13", units: 1, book: 1, shown: 1, at: Moment(milliseconds: 0))
        try store.commit(.scan(scan), cart: cart)
        await #expect(throws: SyncError.self) { try await runner.syncNow(cart) }
        #expect(try store.hasUnsent(cart))
        #expect(try store.view(cart).liveUnits == 1)
    }

    @Test("an unreachable store leaves everything on the device")
    func unreachable() async throws {
        let id = World.repeating(seed: 4).newCartID()
        let server = LossyStore(cart: id, seed: 4)
        server.change { $0.drop = 100 }
        let device = try Device(server, seed: 4)
        _ = try device.store.adopt(id, like: nil)
        let scan = ScanBody(
            code: "1", symbology: "ean13", units: 1, book: 1, shown: 1, at: Moment(milliseconds: 0))
        try device.store.commit(.scan(scan), cart: id)
        #expect(await device.runner.pauseMilliseconds == SyncRunner.idleMilliseconds)
        var bounds: [Int64] = []
        for attempt in 0..<4 {
            await #expect(throws: SyncError.self) { try await device.runner.syncNow(id) }
            let bound = DeviceSync.backoffMilliseconds(attempt: attempt)
            #expect(await device.runner.pauseMilliseconds <= bound)
            bounds.append(bound)
        }
        #expect(bounds == [500, 1000, 2000, 4000])
        #expect(try device.store.unsent(id).count == 1)
        server.change { ($0.drop, $0.lose, $0.isRegistered) = (0, 0, true) }
        let report = try await device.runner.syncNow(id)
        #expect(await device.runner.pauseMilliseconds == SyncRunner.idleMilliseconds)
        #expect(report.pushed == 1)
        #expect(server.cart.liveUnits == 1)
    }
}

/// Acknowledges nothing, brings nothing, and says that there is more.
private struct EndlessStore: StoreConnection {
    let baseURL = "https://store.example"
    let host = "store.example"

    func send(
        _ request: StoreRequest, permit: consuming EgressPermit
    ) async throws(StoreConnectionError) -> StoreResponse {
        let cursor = Cursor(
            epoch: Epoch(1), revision: 1, hash: LogHash(Bytes16(high: 0, low: 0)))
        let answer = SyncAnswer(
            delta: LogDelta(cursor: cursor, state: .open, entries: [], more: true), ack: 0,
            results: [])
        return StoreResponse(status: 200, body: answer.json.canonical)
    }
}
