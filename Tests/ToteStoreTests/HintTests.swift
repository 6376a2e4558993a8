import Testing
import ToteCarts
import ToteMessages
import ToteStore
import ToteSync
import ToteValues

/// SYNC-43, and the end of a price lock (SYNC-55).
@Suite("Hints to the devices of a cart")
struct HintTests {
    typealias Fixture = CartServiceFixture

    @Test("another device hears of a push within a second, and only where the log ends")
    func heard() async throws {
        let shop = try Fixture()
        try await shop.create()
        let before = try await shop.push(Fixture.scan()).delta.cursor
        let events = try await shop.carts.events(Fixture.cart, caller: shop.caller())
        #expect(events.now == before)
        let heard = Task { await events.next.first { _ in true } }
        let after = try await shop.push(Fixture.scan(), from: 2).delta.cursor
        #expect(await heard.value == after)
    }

    @Test("a question with an old cursor is answered at once, one with the new waits for a push")
    func longPoll() async throws {
        let shop = try Fixture()
        try await shop.create()
        let first = try await shop.carts.log(Fixture.cart, cursor: nil, caller: shop.caller())
        let before = try await shop.push(Fixture.scan()).delta.cursor
        let carts = shop.carts
        let caller = shop.caller()
        let old = try await carts.nextCursor(
            Fixture.cart, after: first.cursor, seconds: 25, caller: caller)
        #expect(old.cursor == before)
        let waiting = Task {
            try await carts.nextCursor(
                Fixture.cart, after: before, seconds: 25, caller: caller)
        }
        while shop.database.hints.count(Fixture.cart) == 0 { await Task.yield() }
        let after = try await shop.push(Fixture.scan(), from: 2).delta.cursor
        #expect(try await waiting.value.cursor == after)
        let none = try await carts.nextCursor(
            Fixture.cart, after: after, seconds: 0, caller: caller)
        #expect(none.cursor == after)
    }

    @Test("a stranger hears nothing, and neither does a crowd")
    func strangers() async throws {
        let shop = try Fixture()
        try await shop.create()
        let stranger = shop.caller(cart: CartID(Bytes16(high: 0x7000, low: 1 << 63)))
        let code = await problem {
            _ = try await shop.carts.events(Fixture.cart, caller: stranger)
        }
        #expect(code == "unknownCart")
        let crowd = (0..<16).compactMap { _ in shop.database.hints.listen(Fixture.cart) }
        #expect(crowd.count == 16)
        let late = await problem {
            _ = try await shop.carts.events(Fixture.cart, caller: shop.caller())
        }
        #expect(late == "tooManyRequests")
        shop.database.hints.close()
        for stream in crowd { #expect(await stream.first { _ in true } == nil) }
    }

    @Test("a promised price ends four hours after the scan was appended (SYNC-55)")
    func lockEnds() async throws {
        let clock = TestClock()
        let folder = try TestFolder()
        let database = try StoreDatabase.open(folder: folder.path, world: clock.world)
        let carts = CartService(
            database: database, world: clock.world, store: 1001,
            pricing: StorePricing(
                price: { cart, _, at in ContractShop.price(cart, at) },
                mayLock: { book, _ in book == 812 }, book: { 813 }),
            grant: { _, _, _ in "grant" })
        let caller = Caller(
            device: Fixture.a.device, guestCart: Fixture.cart, keyThumbprint: "key")
        _ = try await carts.create(
            CreateCartRequest(
                cart: Fixture.cart, store: 1001, device: Fixture.a.device, key: "k"),
            caller: caller)
        let first = Contract.push(Fixture.scan())
        _ = try await carts.sync(Fixture.cart, first, caller: caller)
        clock.advance(seconds: 3600)
        _ = try await carts.sync(
            Fixture.cart, Contract.push(Fixture.scan(), from: 2), caller: caller)
        clock.advance(seconds: 3 * 3600 - 1)
        #expect(try await carts.endLocks() == 0)
        clock.advance(seconds: 1)
        #expect(try await carts.endLocks() == 1)
        #expect(try await carts.endLocks() == 0)
        let cart = try #require(try await database.read { try CartLog.cart($0, Fixture.cart) })
        #expect(cart.dots[Fixture.dot(Fixture.a, 1)]?.priceLock == 0)
        #expect(cart.dots[Fixture.dot(Fixture.a, 2)]?.priceLock == 812)
        let log = try await carts.log(Fixture.cart, cursor: nil, caller: caller)
        #expect(log.entries.last?.role == .store)
    }

    @Test("a device syncs twenty times at once and then five times a second")
    func rate() {
        var bucket = TokenBucket(perSecond: 5, burst: 20, uptimeMilliseconds: 0)
        let first = (0..<30).filter { _ in bucket.take(uptimeMilliseconds: 0) }
        #expect(first.count == 20)
        let (early, due) = (
            bucket.take(uptimeMilliseconds: 199), bucket.take(uptimeMilliseconds: 200)
        )
        #expect(!early && due)
        let later = (0..<30).filter { _ in bucket.take(uptimeMilliseconds: 2200) }
        #expect(later.count == 10)
        let again = bucket.take(uptimeMilliseconds: 0)
        #expect(!again)
    }
}
