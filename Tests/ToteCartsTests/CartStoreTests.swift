import Foundation
import GRDB
import Testing
import ToteCarts
import ToteStorage
import ToteValues

@Suite("A device's carts")
struct CartStoreTests {
    @Test("what was committed is there after a crash without a checkpoint")
    func durable() throws {
        let folder = try CartFolder()
        let store = try folder.open()
        let cart = try store.newCart(guest: false).cart
        for units in 1...20 { try store.scan(cart, units) }
        let expected = try store.view(cart)
        let after = try folder.crashed().open(seed: 2)
        #expect(try after.view(cart) == expected)
        #expect(try after.unsent(cart).count == 20)
        #expect(try after.currentCart()?.cart == cart)
        #expect(try after.device() == store.device())
    }

    @Test("sequences have no gaps, and a guest trip has its own device")
    func sequences() throws {
        let store = try CartStore.inMemory()
        let record = try store.newCart(guest: true)
        let dots = try (1...5).map { _ in try store.scan(record.cart) }
        #expect(dots.map(\.sequence) == [1, 2, 3, 4, 5])
        #expect(record.device != (try store.device()))
        #expect(dots.allSatisfy { $0.device == record.device })
        let other = try store.newCart(guest: true)
        #expect(other.device != record.device)
        #expect(other.incarnation != record.incarnation)
    }

    @Test("a repeated intent only returns the first result")
    func repeatedIntent() throws {
        let store = try CartStore.inMemory()
        let cart = try store.newCart(guest: false).cart
        let intent = IntentID(Bytes16(high: 7, low: 7))
        let scan = CartIntent.scan(CartFixture.scanBody())
        let first = try store.commit(scan, cart: cart, intentID: intent)
        try store.scan(cart)
        #expect(try store.commit(scan, cart: cart, intentID: intent) == first)
        #expect(try store.view(cart).liveUnits == 2)
    }

    @Test("a refused intent leaves the cart as it was")
    func refused() throws {
        let store = try CartStore.inMemory()
        let cart = try store.newCart(guest: false).cart
        try store.scan(cart)
        let before = try store.view(cart)
        let intents: [CartIntent] = [
            .scan(CartFixture.scanBody(0)), .scan(CartFixture.scanBody(1000)),
            .scan(CartFixture.scanBody(code: String(repeating: "9", count: 513))),
            .set(line: before.order, to: -1, again: CartFixture.scanBody()),
            .minusOne(line: []), .clip(key: ""),
        ]
        for intent in intents {
            #expect(throws: CartError.self) { try store.commit(intent, cart: cart) }
        }
        #expect(try store.view(cart) == before)
        #expect(throws: CartError.self) { try store.view(CartFixture.cart) }
    }

    @Test("a coupon presented fifty times is in the cart once, and is told each time")
    func couponAgain() throws {
        let store = try CartStore.inMemory()
        let cart = try store.newCart(guest: false).cart
        let clip = try store.commit(.clip(key: "ai8110:1"), cart: cart)[0].dot
        let before = try store.view(cart)
        for _ in 1..<50 {
            let error = #expect(throws: CartError.self) {
                try store.commit(.clip(key: "ai8110:1"), cart: cart)
            }
            #expect(error?.code == .alreadyApplied)
        }
        #expect(try store.view(cart) == before)
        #expect(before.clippedKeys == ["ai8110:1"])
        try store.commit(.clip(key: "ai8110:2"), cart: cart)
        try store.commit(.unclip(clip), cart: cart)
        try store.commit(.clip(key: "ai8110:1"), cart: cart)
        #expect(try store.view(cart).clippedKeys == ["ai8110:2", "ai8110:1"])
    }

    @Test("a full disk refuses the scan, keeps the earlier ones, and heals (SYNC-25)")
    func fullDisk() throws {
        let folder = try CartFolder()
        let queue = try DatabaseFile.open(path: folder.file, steps: CartStore.steps)
        let store = try CartStore(database: queue, world: .repeating(seed: 1))
        let cart = try store.newCart(guest: false).cart
        try store.scan(cart)
        try queue.writeWithoutTransaction { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        var failure: CartError?
        for _ in 0..<200 where failure == nil {
            do throws(CartError) {
                _ = try store.commit(
                    .scan(CartFixture.scanBody(code: String(repeating: "1", count: 500))),
                    cart: cart)
            } catch { failure = error }
        }
        #expect(failure?.code == .storageFull)
        let count = try store.unsent(cart).count
        #expect(try store.view(cart).dots.count == count)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA max_page_count = 100000")
        }
        try store.scan(cart)
        #expect(try folder.crashed().open().unsent(cart).count == count + 1)
    }

    @Test("a read-only file refuses the scan and stays readable")
    func readOnly() throws {
        let folder = try CartFolder()
        let queue = try DatabaseFile.open(path: folder.file, steps: CartStore.steps)
        let store = try CartStore(database: queue, world: .repeating(seed: 1))
        let cart = try store.newCart(guest: false).cart
        try store.scan(cart)
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = ON") }
        do {
            try store.scan(cart)
            Issue.record("a read-only file took a scan")
        } catch let error as CartError {
            #expect(error.code == .storageReadOnly)
        }
        #expect(try store.view(cart).liveUnits == 1)
    }

    @Test("a pending close and a receipt read back")
    func closing() throws {
        let store = try CartStore.inMemory()
        let cart = try store.newCart(guest: false).cart
        let dot = try store.scan(cart, 2)
        var close = PendingClose(
            closeID: CloseID(Bytes16(high: 1, low: 1)), cart: cart, ordinal: 1,
            cursor: TinyServer(cart).cursor, at: Moment(milliseconds: 5),
            confirmedSet: [DotUnits(dot: dot, units: 2)], totalMinor: 398, currency: .euro,
            quoteHash: [1, 2, 3])
        try store.savePendingClose(close)
        #expect(try store.pendingClose(cart) == close)
        close.state = .closed
        try store.savePendingClose(close)
        #expect(try store.pendingClose(cart)?.state == .closed)
        try store.saveReceipt(cart, ordinal: 1, body: [1], signature: [2])
        #expect(try store.receipts().map(\.body) == [[1]])
    }

    @Test("a damaged file is kept, and every readable scan is salvaged (SYNC-30)")
    func salvage() throws {
        let folder = try CartFolder()
        let cart: CartID
        do {
            let queue = try DatabaseFile.open(path: folder.file, steps: CartStore.steps)
            let store = try CartStore(database: queue, world: .repeating(seed: 1))
            cart = try store.newCart(guest: false).cart
            for number in 0..<300 { try store.scan(cart, 1, code: "\(4_000_000 + number)") }
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
            try queue.close()
        }
        try damage(folder.file, holding: "4000150")
        let (queue, report) = try DatabaseFile.openOrSalvage(
            path: folder.file, steps: CartStore.steps,
            salvage: CartStore.salvage(world: .repeating(seed: 9)))
        #expect(report != nil)
        let store = try CartStore(database: queue, world: .repeating(seed: 2))
        let kept = try store.unsent(cart)
        #expect(kept.count > 200)
        #expect(kept.count < 300)
        let record = try #require(try store.record(cart))
        #expect(record.mustReissue)
        #expect(try store.outgoing(cart).operations.isEmpty)
        var server = TinyServer(cart)
        try server.sync(store, cart)
        while try store.hasUnsent(cart) { try server.sync(store, cart) }
        #expect(server.cart.liveUnits == kept.count)
        #expect(try store.view(cart).liveUnits == kept.count)
    }

    /// Zeros the leaf page of the file that holds this text.
    private func damage(_ path: String, holding text: String) throws {
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let place = try #require(bytes.range(of: Data("\"code\":\"\(text)\"".utf8)))
        let page = place.lowerBound / 4096 * 4096
        bytes.replaceSubrange(page..<page + 4096, with: Data(count: 4096))
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    @Test("SQL in a text is a text, byte for byte (BAD-046)")
    func hostileTexts() throws {
        let folder = try CartFolder()
        let store = try folder.open()
        let cart = try store.newCart(guest: false).cart
        let texts = [
            "'); DROP TABLE cart;--", "\" OR 1=1", "%", "_", "'' ; COMMIT", "\u{1D}e\u{301}",
        ]
        for text in texts {
            try store.scan(cart, code: text)
            try store.commit(.clip(key: text), cart: cart)
            try store.setMeta(text, text)
        }
        // What could not be read back is refused, not kept.
        for text in [String(repeating: "'", count: 1 << 20), "a\u{0}b"] {
            #expect(throws: CartError.self) { try store.scan(cart, code: text) }
            #expect(throws: CartError.self) { try store.commit(.clip(key: text), cart: cart) }
        }
        let again = try folder.crashed().open()
        let view = try again.view(cart)
        #expect(view.liveDots.compactMap { $0.state.scan?.code } == texts)
        #expect(try texts.allSatisfy { try again.meta($0) == $0 })
        #expect(try again.records().count == 1)
    }
}
