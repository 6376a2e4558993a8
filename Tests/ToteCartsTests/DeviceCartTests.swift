import GRDB
import Testing
import ToteCarts
import ToteStorage
import ToteValues

@Suite("A device's cart as a value")
struct DeviceCartTests {
    /// Two devices and a store over a random trip with restores, forks and copies of streams.
    struct Trip {
        var random: SeededChance
        let queues: [DatabaseQueue]
        let stores: [CartStore]
        let cart: CartID
        var server: TinyServer
        var backup: TinyServer

        init(seed: UInt64) throws {
            random = SeededChance(seed: seed)
            queues = try (0..<2).map { _ in try DatabaseFile.inMemory(steps: CartStore.steps) }
            stores = try queues.enumerated().map { index, queue in
                try CartStore(database: queue, world: .repeating(seed: seed * 2 + UInt64(index)))
            }
            cart = try stores[0].newCart(guest: false).cart
            _ = try stores[1].adopt(cart, like: nil)
            server = TinyServer(cart)
            backup = server
        }

        mutating func step() throws {
            let store = stores[Int.random(in: 0..<2, using: &random)]
            let view = try store.view(cart)
            switch Int.random(in: 0..<14, using: &random) {
            case 0..<5: try store.scan(cart, Int.random(in: 1...3, using: &random))
            case 5: try store.commit(.clear, cart: cart)
            case 6 where view.liveUnits > 0:
                try store.commit(.minusOne(line: view.liveDots.map(\.dot)), cart: cart)
            case 7: try store.fork(cart)
            case 8: backup = server
            case 9:
                server = backup
                server.epoch = Epoch(random.next())
                for store in stores { try store.resync(cart, ack: 0) }
            case 10:
                let sequence = try store.record(cart)?.lastSequence ?? 0
                _ = try store.skip(cart, sequence: sequence, reason: "invalid")
            default: try server.sync(store, cart)
            }
        }
    }

    @Test("the file always tells the same cart as the value (SYNC-21)", arguments: 0..<6)
    func fileEqualsValue(seed: UInt64) throws {
        var trip = try Trip(seed: seed)
        for _ in 0..<40 {
            try trip.step()
            for (store, queue) in zip(trip.stores, trip.queues) {
                let reread = try CartStore(database: queue, world: .repeating(seed: 99))
                let value = try store.inMemory(trip.cart) { $0 }
                #expect(try reread.inMemory(trip.cart) { $0 } == value)
            }
        }
    }

    /// A copy of the value before the change would move every array it holds.
    @Test("a scan changes the folded cart in place, whatever its size")
    func inPlace() throws {
        let store = try CartStore.inMemory()
        let cart = try store.newCart(guest: false).cart
        for _ in 0..<600 { try store.scan(cart) }
        var places: Set<[UInt]> = []
        for _ in 0..<50 {
            try store.scan(cart)
            places.insert(try store.inMemory(cart) { $0.places })
        }
        #expect(places.count <= 2)
    }

    @Test("one scan is one row and one counter to write")
    func changesOfAScan() throws {
        var cart = DeviceCart(new: .sample)
        let scan = CartIntent.scan(CartFixture.scanBody(2))
        let operations = try cart.commit(scan, at: Moment(milliseconds: 7))
        let own = OwnOperation(operations[0], committedAt: Moment(milliseconds: 7))
        #expect(cart.takeChanges() == [.own(own), .lastSequence(1)])
        #expect(cart.takeChanges().isEmpty)
        #expect(cart.view.liveUnits == 2)
    }

    @Test("a refused intent changes nothing, and a repeated one writes nothing (SYNC-16)")
    func nothingToWrite() throws {
        var cart = DeviceCart(new: .sample)
        let scan = CartIntent.scan(CartFixture.scanBody(2))
        let intent = IntentID(Bytes16(high: 1, low: 1))
        let first = try cart.commit(scan, at: Moment(milliseconds: 7), intentID: intent)
        _ = cart.takeChanges()
        let before = cart
        #expect(
            try cart.commit(scan, at: Moment(milliseconds: 9), intentID: intent) == first)
        #expect(throws: CartError.self) {
            try cart.commit(.scan(CartFixture.scanBody(0)), at: Moment(milliseconds: 9))
        }
        #expect(cart == before)
        #expect(cart.takeChanges().isEmpty)
    }

    @Test("what was done while a file waits to issue anew keeps its names to itself (SYNC-I15)")
    func namesWhileWaiting() throws {
        var cart = DeviceCart(new: .sample)
        let moment = Moment(milliseconds: 1)
        for code in ["a", "b"] {
            _ = try cart.commit(.scan(CartFixture.scanBody(code: code)), at: moment)
        }
        cart.fork { Incarnation(77) }
        _ = try cart.commit(.scan(CartFixture.scanBody(code: "c")), at: moment)
        var named = Dictionary(uniqueKeysWithValues: cart.own.map { ($0.dot, $0.hash) })
        let server = TinyServer(cart.record.cart)
        _ = cart.accept(
            cursor: server.cursor, state: .open, entries: [], more: false, ack: 0
        ) { Incarnation(78) }
        #expect(cart.view.liveDots.compactMap(\.state.scan?.code) == ["a", "b", "c"])
        for own in cart.own {
            #expect(named.updateValue(own.hash, forKey: own.dot).map { $0 == own.hash } ?? true)
        }
    }

    @Test("what was on its way before a fork counts once, however late it comes (SYNC-I5)")
    func latePush() throws {
        var cart = DeviceCart(new: .sample)
        let moment = Moment(milliseconds: 1)
        let sent = try cart.commit(.scan(CartFixture.scanBody(code: "a")), at: moment)
        cart.fork { Incarnation(77) }
        var server = TinyServer(cart.record.cart)
        _ = cart.accept(
            cursor: server.cursor, state: .open, entries: [], more: false, ack: 0
        ) { Incarnation(78) }
        #expect(cart.outgoing().operations == sent)
        #expect(cart.outgoing().stream == CartRecord.sample.stream)
        server.push(sent)
        let page = server.page(after: 0, 10)
        _ = cart.accept(
            cursor: page.cursor, state: .open, entries: page.entries, more: false, ack: nil
        ) { Incarnation(79) }
        #expect(!cart.hasUnsent)
        #expect(cart.view.liveUnits == sent.reduce(0) { $0 + $1.scannedUnits })
    }

    @Test("what another file wrote in our stream stays, and ours gets a new name (SYNC-31)")
    func takenName() throws {
        let moment = Moment(milliseconds: 1)
        var other = DeviceCart(new: .sample)
        var copy = DeviceCart(new: .sample)
        var server = TinyServer(CartRecord.sample.cart)
        server.push(try other.commit(.scan(CartFixture.scanBody(code: "a")), at: moment))
        for code in ["b", "c"] {
            _ = try copy.commit(.scan(CartFixture.scanBody(code: code)), at: moment)
        }
        copy.fork { Incarnation(77) }
        let page = server.page(after: 0, 10)
        _ = copy.accept(
            cursor: page.cursor, state: .open, entries: page.entries, more: false, ack: 0
        ) { Incarnation(78) }
        #expect(copy.view.liveDots.compactMap(\.state.scan?.code) == ["a", "c", "b"])
        #expect(copy.own.map(\.dot.incarnation.raw) == [5, 77])
    }

    @Test("a log longer than one answer that another file wrote is pulled to its end (SYNC-I11)")
    func forkOverPages() throws {
        var server = TinyServer(CartRecord.sample.cart)
        var other = DeviceCart(new: .sample)
        for _ in 0..<5 {
            let scan = CartIntent.scan(CartFixture.scanBody(2))
            server.push(try other.commit(scan, at: Moment(milliseconds: 1)))
        }
        var copy = DeviceCart(new: .sample)
        let scan = CartIntent.scan(CartFixture.scanBody(9))
        _ = try copy.commit(scan, at: Moment(milliseconds: 1))
        var incarnation: UInt64 = 100
        for _ in 0..<10 where copy.record.mustReissue || copy.record.cursor == nil {
            let page = server.page(after: copy.record.cursor?.revision ?? 0, 2)
            _ = copy.accept(
                cursor: page.cursor, state: .open, entries: page.entries, more: page.more, ack: nil
            ) {
                incarnation += 1
                return Incarnation(incarnation)
            }
        }
        #expect(!copy.record.mustReissue)
        #expect(copy.view.liveUnits == 19)
        #expect(incarnation == 101)
    }
}

extension CartOperation {
    fileprivate var scannedUnits: Int {
        if case .scan(let scan) = body { scan.units } else { 0 }
    }
}

extension CartRecord {
    static var sample: CartRecord {
        CartRecord(
            new: CartFixture.cart, device: DeviceID(Bytes16(high: 1, low: 1)),
            incarnation: Incarnation(5), isGuest: false, createdAt: Moment(milliseconds: 0))
    }
}

extension DeviceCart {
    /// Where its arrays lie.
    var places: [UInt] {
        [
            view.order.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) },
            own.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) },
        ]
    }
}

extension TinyServer {
    /// At most `count` entries, as a store answers a device that has more to pull.
    func page(
        after revision: Int64, _ count: Int
    ) -> (cursor: ToteValues.Cursor, entries: [ReceivedEntry], more: Bool) {
        let entries = Array(delta(after: revision, own: nil).prefix(count))
        let reached = revision + Int64(entries.count)
        let hash = log.prefix(Int(reached)).reduce(Cart(id: cart.id).hash, LogHashing.step)
        return (
            ToteValues.Cursor(epoch: epoch, revision: reached, hash: hash), entries,
            reached < Int64(log.count)
        )
    }
}
