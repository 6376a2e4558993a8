import GRDB
import Testing
import ToteCarts
import ToteStorage
import ToteValues

@Suite("What a device may forget")
struct PruneTests {
    private static let day: Int64 = 24 * 3600 * 1000

    /// A cart of four scans, one of them voided, paid or not.
    private struct Trip {
        var cart = DeviceCart(new: .sample)
        var rows = DeviceCartRows(record: .sample)
        var server = TinyServer(CartRecord.sample.cart)
        var dots: [Dot] = []

        init() throws {
            for index in 0..<4 {
                let scan = CartIntent.scan(CartFixture.scanBody(2, code: "40\(index)"))
                dots += try cart.commit(scan, at: Moment(milliseconds: 0)).map(\.dot)
            }
            _ = try cart.commit(.void(line: [dots[1]]), at: Moment(milliseconds: 0))
            sync()
        }

        mutating func sync() {
            let out = cart.outgoing()
            server.push(out.operations)
            _ = cart.accept(
                cursor: server.cursor, state: server.cart.state,
                entries: server.delta(after: out.cursor?.revision ?? 0, own: out.stream),
                more: false, ack: out.isEarlier ? nil : server.acks[out.stream, default: 0]
            ) { Incarnation(99) }
            for change in cart.takeChanges() { rows.apply(change) }
        }

        mutating func close(only: [Dot]? = nil) {
            server.own(
                .close(
                    CloseBody(
                        ordinal: 1, closeID: CloseID(Bytes16(high: 1, low: 1)),
                        setHash: LogHashing.set(server.cart.closeSet(only: only)),
                        totalMinor: 1, currency: .euro, quoteHash: [1], only: only)))
        }

        mutating func settle() {
            server.own(
                .settled(SettledBody(ordinal: 1, receipt: "r", carried: [], refunds: [])))
            sync()
        }

        mutating func keepReceipt(at milliseconds: Int64) {
            cart.save(
                StoredReceipt(
                    cart: cart.record.cart, ordinal: 1, body: [1], signature: [1],
                    verifiedAt: Moment(milliseconds: milliseconds)))
        }

        mutating func prune(at milliseconds: Int64, carryOverIsFinal: Bool = false) -> Int {
            let count = cart.prune(
                now: Moment(milliseconds: milliseconds), carryOverIsFinal: carryOverIsFinal)
            for change in cart.takeChanges() { rows.apply(change) }
            return count
        }
    }

    @Test("nothing goes before a verified receipt and 24 hours (SYNC-24)")
    func notBefore() throws {
        var trip = try Trip()
        let late = 100 * Self.day
        #expect(trip.prune(at: late) == 0)
        trip.close()
        trip.sync()
        #expect(trip.prune(at: late) == 0)
        trip.settle()
        #expect(trip.prune(at: late) == 0)
        trip.keepReceipt(at: Self.day)
        #expect(trip.prune(at: 2 * Self.day - 1) == 0)
        #expect(trip.cart.own.count == 5)
        #expect(trip.prune(at: 2 * Self.day) == 5)
        #expect(trip.cart.own.isEmpty)
    }

    @Test("the log keeps the bodies, so that the file tells the same cart (SYNC-24)")
    func sameCart() throws {
        var trip = try Trip()
        trip.close()
        trip.settle()
        trip.keepReceipt(at: 0)
        let before = trip.cart.view
        #expect(trip.prune(at: Self.day) == 5)
        #expect(DeviceCart(trip.rows) == trip.cart)
        #expect(trip.cart.view == before)
        trip.sync()
        #expect(trip.cart.view == trip.server.cart)
    }

    @Test("carried units stay until the carry-over cart is final (SYNC-24)")
    func carried() throws {
        var trip = try Trip()
        trip.close(only: [trip.dots[0]])
        trip.settle()
        trip.keepReceipt(at: 0)
        #expect(trip.prune(at: Self.day) == 3)
        #expect(trip.cart.own.map(\.dot) == [trip.dots[2], trip.dots[3]])
        #expect(trip.prune(at: Self.day, carryOverIsFinal: true) == 2)
    }

    @Test("a store restored to before a deleted operation is no wedge (SYNC-I11)")
    func restoredAfter() throws {
        var trip = try Trip()
        let backup = trip.server
        trip.close()
        trip.settle()
        trip.keepReceipt(at: 0)
        #expect(trip.prune(at: Self.day) == 5)
        trip.server = TinyServer(trip.cart.record.cart)
        trip.server.epoch = Epoch(7)
        trip.cart.resync(ack: 0)
        for _ in 0..<3 where trip.cart.hasUnsent || trip.cart.record.cursor == nil { trip.sync() }
        #expect(!trip.cart.hasUnsent)
        #expect(trip.cart.base == trip.server.cart)
        trip.server = backup
        trip.server.epoch = Epoch(8)
        trip.cart.resync(ack: 5)
        for _ in 0..<3 where trip.cart.hasUnsent || trip.cart.record.cursor == nil { trip.sync() }
        #expect(!trip.cart.hasUnsent)
        #expect(trip.cart.base == trip.server.cart)
    }

    @Test("the file deletes the same rows and reads the same cart again (SYNC-24)")
    func file() throws {
        let queue = try DatabaseFile.inMemory(steps: CartStore.steps)
        let store = try CartStore(database: queue, world: .repeating(seed: 4))
        let cart = try store.newCart(guest: false).cart
        var server = TinyServer(cart)
        try store.scan(cart, 2)
        try server.sync(store, cart)
        server.own(
            .close(
                CloseBody(
                    ordinal: 1, closeID: CloseID(Bytes16(high: 1, low: 1)),
                    setHash: LogHashing.set(server.cart.closeSet()), totalMinor: 1,
                    currency: .euro, quoteHash: [1])))
        server.own(.settled(SettledBody(ordinal: 1, receipt: "r", carried: [], refunds: [])))
        try server.sync(store, cart)
        try store.saveReceipt(cart, ordinal: 1, body: [1], signature: [2])
        #expect(try store.prune() == 0)
        let first = World.repeating(seed: 4)
        let now = first.now().milliseconds + 2 * Self.day
        let later = World(
            now: { Moment(milliseconds: now) }, uptimeMilliseconds: { 0 },
            randomBytes: first.randomBytes)
        let next = try CartStore(database: queue, world: later)
        let view = try next.view(cart)
        #expect(try next.prune() == 1)
        #expect(try next.prune() == 0)
        let reread = try CartStore(database: queue, world: later)
        #expect(try reread.view(cart) == view)
        #expect(try reread.inMemory(cart) { $0.own }.isEmpty)
        let rows = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM ownOperation") }
        #expect(rows == 0)
    }
}
