import Testing
import ToteCarts
import ToteStorage
import ToteValues

@Suite("A device's cart and the store's log")
struct CartStoreSyncTests {
    @Test("what was pushed comes back without bodies and is no longer unsent")
    func roundTrip() throws {
        let store = try CartStore.inMemory()
        let cart = try store.newCart(guest: false).cart
        var server = TinyServer(cart)
        for _ in 0..<2 {
            let dots = try (0..<3).map { _ in try store.scan(cart) }
            try store.commit(.void(line: [dots[0]]), cart: cart)
            #expect(try server.sync(store, cart) == .accepted(entries: 4))
            #expect(try store.unsent(cart).isEmpty)
            #expect(try store.hasUnsent(cart) == false)
            #expect(try store.view(cart) == server.cart)
        }
        #expect(try store.record(cart)?.cursor == server.cursor)
        #expect(try store.view(cart).dots.values.allSatisfy { $0.priceLock == 812 })
    }

    @Test("entries of another device come in, and own unsent scans stay in the view")
    func twoDevices() throws {
        let one = try CartStore.inMemory(seed: 1)
        let two = try CartStore.inMemory(seed: 2)
        let cart = try one.newCart(guest: false).cart
        _ = try two.adopt(cart, like: nil)
        var server = TinyServer(cart)
        let dot = try one.scan(cart, 2)
        try server.sync(one, cart)
        try server.sync(two, cart)
        #expect(try two.view(cart).liveUnits == 2)
        try two.commit(.minusOne(line: [dot]), cart: cart)
        try one.scan(cart)
        try server.sync(two, cart)
        #expect(try one.view(cart).liveUnits == 3)
        try server.sync(one, cart)
        try server.sync(two, cart)
        #expect(try one.view(cart) == server.cart)
        #expect(try two.view(cart) == server.cart)
        #expect(server.cart.liveUnits == 2)
    }

    @Test("a chain that does not fit is not stored (SYNC-49)")
    func badChain() throws {
        let store = try CartStore.inMemory()
        let cart = try store.newCart(guest: false).cart
        var server = TinyServer(cart)
        try store.scan(cart)
        try server.sync(store, cart)
        let before = try store.record(cart)
        try store.scan(cart)
        let out = try store.outgoing(cart)
        server.push(out.operations)
        let forged = Cursor(
            epoch: server.epoch, revision: 2, hash: LogHash(Bytes16(high: 0, low: 1)))
        let entries = server.delta(after: 1, own: out.stream)
        let outcome = try store.accept(
            cart, cursor: forged, state: .open, entries: entries, more: false, ack: 2)
        #expect(outcome == .badChain)
        #expect(try store.unsent(cart).count == 1)
        #expect(try store.record(cart)?.cursor == before?.cursor)
        let gap = try store.accept(
            cart, cursor: server.cursor, state: .open, entries: [], more: false, ack: 2)
        #expect(gap == .badChain)
        let trusted = try store.accept(
            cart, cursor: forged, state: .open, entries: entries, more: false, ack: 2,
            trusting: true)
        #expect(trusted == .accepted(entries: 1))
    }

    @Test("after a restored backup the device sends again what the store lost")
    func restore() throws {
        let store = try CartStore.inMemory()
        let cart = try store.newCart(guest: false).cart
        var server = TinyServer(cart)
        try store.scan(cart)
        try server.sync(store, cart)
        let backup = server
        let dot = try store.scan(cart, 3)
        try server.sync(store, cart)
        try store.commit(.minusOne(line: [dot]), cart: cart)
        try server.sync(store, cart)
        server = backup
        server.epoch = Epoch(0xE2)
        try store.resync(cart, ack: 1)
        try server.sync(store, cart)
        #expect(server.cart.liveUnits == 3)
        #expect(try store.view(cart) == server.cart)
        #expect(try store.unsent(cart).isEmpty)
    }

    @Test("a copied file goes on in a new incarnation and loses nothing (SYNC-2, SYNC-31)")
    func copiedFile() throws {
        let folder = try CartFolder()
        let original = try folder.open(seed: 1)
        let cart = try original.newCart(guest: false).cart
        try original.scan(cart, 1, code: "111")
        let copy = try folder.crashed().open(seed: 5)
        var server = TinyServer(cart)
        let first = try original.scan(cart, 1, code: "222")
        try server.sync(original, cart)
        let twin = try copy.scan(cart, 4, code: "333")
        #expect(first == twin)
        try copy.commit(.minusOne(line: [twin]), cart: cart)
        try server.sync(copy, cart)
        #expect(try copy.view(cart).liveUnits == 1 + 1 + 3)
        while try copy.hasUnsent(cart) { try server.sync(copy, cart) }
        try server.sync(original, cart)
        #expect(server.cart.liveUnits == 1 + 1 + 3)
        #expect(try copy.view(cart) == server.cart)
        #expect(try original.view(cart) == server.cart)
    }

    @Test("a file whose stream has run on elsewhere notices by the acknowledgement (SYNC-2)")
    func outrun() throws {
        let folder = try CartFolder()
        let original = try folder.open(seed: 1)
        let cart = try original.newCart(guest: false).cart
        try original.scan(cart)
        let copy = try folder.crashed().open(seed: 5)
        var server = TinyServer(cart)
        try original.scan(cart, 2)
        try server.sync(original, cart)
        let before = try copy.record(cart)?.incarnation
        try server.sync(copy, cart)
        #expect(try copy.record(cart)?.incarnation != before)
        try copy.scan(cart, 4)
        try server.sync(copy, cart)
        #expect(server.cart.liveUnits == 1 + 2 + 4)
        #expect(try copy.view(cart) == server.cart)
    }

    @Test("a restored store gets back what an earlier incarnation of this file did")
    func restoreToBeforeFork() throws {
        let store = try CartStore.inMemory()
        let cart = try store.newCart(guest: false).cart
        var server = TinyServer(cart)
        let backup = server
        let dot = try store.scan(cart, 3)
        try server.sync(store, cart)
        try store.fork(cart)
        try store.commit(.minusOne(line: [dot]), cart: cart)
        try server.sync(store, cart)
        while try store.hasUnsent(cart) { try server.sync(store, cart) }
        #expect(server.cart.liveUnits == 2)
        server = backup
        server.epoch = Epoch(0xE2)
        try store.resync(cart, ack: 0)
        try server.sync(store, cart)
        while try store.hasUnsent(cart) { try server.sync(store, cart) }
        #expect(server.cart.liveUnits == 2)
        #expect(try store.view(cart) == server.cart)
        #expect(try store.unsent(cart).isEmpty)
    }

    @Test("the same scan on a file and on its copy counts twice, whatever the moment (SYNC-32)")
    func copiedHome() throws {
        let folder = try CartFolder()
        let original = try folder.open(seed: 1)
        let cart = try original.newCart(guest: false).cart
        try original.recognise(home: "here")
        try original.scan(cart)
        let copy = try folder.crashed().open(seed: 5)
        try original.recognise(home: "here")
        try copy.recognise(home: "there")
        var server = TinyServer(cart)
        try original.scan(cart)
        try copy.scan(cart)
        for store in [original, copy, original, copy] {
            try server.sync(store, cart)
            while try store.hasUnsent(cart) { try server.sync(store, cart) }
        }
        #expect(server.cart.liveUnits == 3)
        #expect(try copy.view(cart) == server.cart)
    }

    @Test("a refused operation becomes a skip, and comes back if the store has it (SYNC-26)")
    func skip() throws {
        let store = try CartStore.inMemory()
        let cart = try store.newCart(guest: false).cart
        let bad = try store.scan(cart, 1, code: "bad")
        try store.scan(cart)
        let hash = try store.unsent(cart)[0].operation.hash
        let refused = try store.skip(cart, sequence: bad.sequence, reason: "invalid")
        #expect(refused?.dot == bad)
        #expect(try store.view(cart).liveUnits == 1)
        #expect(try store.refused(cart).map(\.dot) == [bad])
        #expect(try store.skip(cart, sequence: bad.sequence, reason: "invalid") == nil)
        let unknown = LogHash(Bytes16(high: 1, low: 2))
        #expect(try store.undoSkip(cart, sequence: bad.sequence, stored: unknown) == false)
        #expect(try store.undoSkip(cart, sequence: bad.sequence, stored: hash))
        #expect(try store.view(cart).liveUnits == 2)
        #expect(try store.refused(cart).isEmpty)
    }

    @Test("a push keeps within its limits")
    func limits() throws {
        let store = try CartStore.inMemory()
        let cart = try store.newCart(guest: false).cart
        for _ in 0..<250 { try store.scan(cart) }
        #expect(try store.outgoing(cart).operations.count == 100)
        #expect(try store.outgoing(cart, maxOperations: 1).operations.count == 1)
        let small = try store.outgoing(cart, maxBytes: 2000).operations
        #expect(small.reduce(0) { $0 + $1.canonicalBody.count } < 2000)
        #expect(!small.isEmpty)
        #expect(try store.outgoing(cart, maxBytes: 1).operations.count == 1)
    }
}
