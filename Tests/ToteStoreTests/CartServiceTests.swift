import Foundation
import GRDB
import Testing
import ToteCarts
import ToteMembers
import ToteMessages
import ToteStorage
import ToteStore
import ToteValues

/// A store's carts over a real file in a temporary folder, priced at 1.00 a piece.
struct CartServiceFixture {
    static let cart = CartID(Bytes16(high: 0x0193_0000_0000_7000, low: 0x8000_0000_0000_0001))
    static let a = stream(0xA1)
    static let b = stream(0xB2)

    let folder: String
    let database: StoreDatabase
    let carts: CartService
    let world: World

    init() throws {
        let root = FileManager.default.temporaryDirectory.path
        folder = root + "/tote-store-\(UUID().uuidString)"
        try PrivateFile.makeFolder(folder)
        world = World(
            now: { Moment(milliseconds: 1_795_256_100_000) },
            uptimeMilliseconds: { 0 }, randomBytes: World.system.randomBytes)
        database = try StoreDatabase.open(folder: folder, world: world)
        let pricing = StorePricing(
            price: { cart, _, _ in
                PricedSet(
                    totalMinor: Int64(cart.liveUnits) * 100, currency: .euro,
                    quoteHash: cart.hash.bytes + cart.hash.bytes, book: 812, engine: "1",
                    waiting: cart.liveDots.filter { $0.state.scan?.code == "?" }.map(\.dot),
                    quote: .object([]))
            }, mayLock: { book, _ in book == 812 })
        carts = CartService(
            database: database, world: world, store: 1001, pricing: pricing,
            grant: { _, _, _ in "grant" })
    }

    static func stream(_ byte: UInt8) -> ToteValues.Stream {
        let half = UInt64(byte) &* 0x0101_0101_0101_0101
        return Stream(
            device: DeviceID(Bytes16(high: half, low: half)), incarnation: Incarnation(0xB2))
    }

    static func dot(_ stream: ToteValues.Stream, _ sequence: UInt64) -> Dot {
        Dot(device: stream.device, incarnation: stream.incarnation, sequence: sequence)
    }

    static func scan(_ units: Int = 1, code: String = "4006381333931") -> CartOperationBody {
        .scan(
            ScanBody(
                code: code, symbology: "ean13", units: units, book: 812, shown: 1,
                at: Moment(milliseconds: 0)))
    }

    func caller(_ stream: ToteValues.Stream = a, cart: CartID = cart) -> Caller {
        Caller(device: stream.device, guestCart: cart, keyThumbprint: "key")
    }

    func create() async throws {
        _ = try await carts.create(
            CreateCartRequest(
                cart: Self.cart, store: 1001, device: Self.a.device, key: "k"), caller: caller())
    }

    @discardableResult
    func push(
        _ bodies: CartOperationBody..., from: UInt64 = 1, as stream: ToteValues.Stream = a,
        cursor: ToteValues.Cursor? = nil
    ) async throws -> SyncAnswer {
        let operations = bodies.enumerated().map { index, body in
            CartOperation(dot: Self.dot(stream, from + UInt64(index)), body: body)
        }
        return try await carts.sync(
            Self.cart,
            SyncRequest(
                cursor: cursor, device: stream.device, incarnation: stream.incarnation,
                from: from, operations: operations), caller: caller(stream))
    }

    func closeRequest(_ quote: QuoteAnswer, id: UInt64 = 1) -> CloseRequest {
        CloseRequest(
            closeID: CloseID(Bytes16(high: 0, low: id)), at: quote.at,
            quoteHash: quote.quoteHash, totalMinor: quote.totalMinor, currency: quote.currency)
    }

    @discardableResult
    func close(id: UInt64 = 1) async throws -> CloseAnswer {
        let quote = try await carts.quote(Self.cart, caller: caller())
        return try await carts.close(
            Self.cart, closeRequest(quote, id: id), ifMatch: quote.cursor, caller: caller())
    }

    func cart(_ id: CartID = cart) async throws -> Cart {
        let cart = try await database.read { try CartLog.cart($0, id) }
        return try #require(cart)
    }

    func settle() async throws {
        let world = world
        try await database.write {
            try CartLog.appendSettled($0, Self.cart, ordinal: 1, receipt: "r1", world: world)
        }
    }
}

func problem(_ body: () async throws -> Void) async -> String {
    do {
        try await body()
        return "none"
    } catch let problem as Problem {
        return problem.code.rawValue
    } catch {
        return "\(error)"
    }
}

@Suite("The store's carts")
struct CartServiceTests {
    typealias Fixture = CartServiceFixture
    let a1 = Fixture.dot(Fixture.a, 1)

    @Test("a cart is made once, and its entries come back without the device's own bodies")
    func pushAndPull() async throws {
        let shop = try Fixture()
        try await shop.create()
        let again = try await shop.carts.create(
            CreateCartRequest(
                cart: Fixture.cart, store: 1001, device: Fixture.a.device, key: "k"),
            caller: shop.caller())
        #expect(!again.isNew)
        let first = try await shop.push(Fixture.scan(2))
        #expect(first.ack == 1)
        #expect(first.delta.entries.map(\.priceLock) == [812])
        #expect(first.delta.entries[0].body != nil)
        let second = try await shop.push(
            Fixture.scan(), from: 2, cursor: first.delta.cursor)
        #expect(second.delta.entries.map(\.revision) == [2])
        #expect(second.delta.entries[0].body == nil)
        var cart = try await shop.cart()
        #expect(cart.liveUnits == 3)
        #expect(second.delta.cursor.hash == cart.hash)
        let other = try await shop.push(from: 1, as: Fixture.b)
        #expect(other.delta.entries.count == 2)
        #expect(other.delta.entries.allSatisfy { $0.body != nil })
        cart = try await shop.cart()
        #expect(cart.revision == 2)
    }

    @Test("a push that is repeated, overlapping or early applies nothing twice (SYNC-40)")
    func idempotent() async throws {
        let shop = try Fixture()
        try await shop.create()
        try await shop.push(Fixture.scan(), Fixture.scan())
        #expect(try await shop.push(Fixture.scan(), Fixture.scan()).ack == 2)
        #expect(try await shop.push(Fixture.scan(), Fixture.scan(), from: 2).ack == 3)
        #expect(try await shop.push(Fixture.scan(), from: 9).ack == 3)
        #expect(try await shop.cart().liveUnits == 3)
        #expect(await problem { try await shop.push(Fixture.scan(7), from: 2) } == "streamFork")
        #expect(try await shop.cart().liveUnits == 3)
    }

    @Test("a cursor of another log is refused and nothing applied")
    func resync() async throws {
        let shop = try Fixture()
        try await shop.create()
        let answer = try await shop.push(Fixture.scan())
        let cursor = answer.delta.cursor
        let strangers = [
            Cursor(epoch: Epoch(1), revision: 1, hash: cursor.hash),
            Cursor(epoch: cursor.epoch, revision: 9, hash: cursor.hash),
            Cursor(epoch: cursor.epoch, revision: 1, hash: LogHash(Bytes16(high: 1, low: 1))),
        ]
        for stranger in strangers {
            let code = await problem {
                try await shop.push(Fixture.scan(), from: 2, cursor: stranger)
            }
            #expect(code == "resync")
        }
        #expect(try await shop.cart().revision == 1)
    }

    @Test("another's cart is as unknown as none, and a device pushes only as itself")
    func authority() async throws {
        let shop = try Fixture()
        try await shop.create()
        let other = shop.caller(cart: CartID(Bytes16(high: 0x7000, low: 1 << 63)))
        let request = SyncRequest(
            cursor: nil, device: Fixture.a.device, incarnation: Fixture.a.incarnation, from: 1,
            operations: [])
        let codes = [
            await problem { _ = try await shop.carts.sync(Fixture.cart, request, caller: other) },
            await problem {
                _ = try await shop.carts.sync(
                    CartID(Bytes16(high: 0x7000, low: 1 << 63)), request, caller: shop.caller())
            },
            await problem {
                _ = try await shop.carts.sync(
                    Fixture.cart, request, caller: shop.caller(Fixture.b))
            },
            await problem {
                _ = try await shop.carts.quote(Fixture.cart, caller: .anonymous)
            },
        ]
        #expect(codes == ["unknownCart", "unknownCart", "wrongDevice", "unknownCart"])
        let wrong = CreateCartRequest(cart: nil, store: 7, device: Fixture.a.device, key: "k")
        #expect(
            await problem { _ = try await shop.carts.create(wrong, caller: shop.caller()) }
                == "wrongStore")
    }

    @Test("results name what was not simply applied")
    func results() async throws {
        let shop = try Fixture()
        try await shop.create()
        let void = CartOperationBody.void(
            targets: [VoidTarget(dot: a1, units: 3)], reason: "shopper")
        let answer = try await shop.push(
            Fixture.scan(2), void, .release(a1), .unknown(kind: "wave", .object([])))
        #expect(answer.results.map(\.disposition) == [.superseded, .rejected, .rejected])
        #expect(answer.results[0].removed == [DotUnits(dot: a1, units: 2)])
        #expect(answer.results.map(\.code) == [nil, "notAllowed", "unknownKind"])
        #expect(answer.ack == 4)
    }

    @Test("a close freezes what the payer saw, once")
    func close() async throws {
        let shop = try Fixture()
        try await shop.create()
        try await shop.push(Fixture.scan(2))
        let quote = try await shop.carts.quote(Fixture.cart, caller: shop.caller())
        #expect(quote.totalMinor == 200)
        let request = shop.closeRequest(quote)
        let closed = try await shop.carts.close(
            Fixture.cart, request, ifMatch: quote.cursor, caller: shop.caller())
        #expect(closed.ordinal == 1)
        #expect(closed.key == LogHashing.settlement(Fixture.cart, ordinal: 1))
        let again = try await shop.carts.close(
            Fixture.cart, request, ifMatch: quote.cursor, caller: shop.caller())
        #expect(again == closed)
        let found = try await shop.database.read { try CartLog.frozen($0, Fixture.cart, 1) }
        let frozen = try #require(found)
        #expect(frozen.dots == [DotUnits(dot: a1, units: 2)])
        #expect(frozen.cursor == quote.cursor)
        #expect(frozen.totalMinor == 200)
        #expect(try await shop.cart().frozenDots.map(\.dot) == [a1])
        #expect(await problem { try await shop.close(id: 2) } == "closed")
        let other = CloseRequest(
            closeID: request.closeID, at: request.at, quoteHash: request.quoteHash,
            totalMinor: 1, currency: .euro)
        let conflict = await problem {
            _ = try await shop.carts.close(
                Fixture.cart, other, ifMatch: quote.cursor, caller: shop.caller())
        }
        #expect(conflict == "idempotencyConflict")
    }

    @Test("a close at an older cursor, another total, a hold or no price is refused (row 13)")
    func refusedCloses() async throws {
        let shop = try Fixture()
        try await shop.create()
        #expect(await problem { try await shop.close() } == "invalid")
        try await shop.push(Fixture.scan())
        let old = try await shop.carts.quote(Fixture.cart, caller: shop.caller())
        try await shop.push(Fixture.scan(), from: 2)
        let new = try await shop.carts.quote(Fixture.cart, caller: shop.caller())
        func refusal(_ quote: QuoteAnswer, at cursor: ToteValues.Cursor) async -> String {
            await problem {
                _ = try await shop.carts.close(
                    Fixture.cart, shop.closeRequest(quote), ifMatch: cursor,
                    caller: shop.caller())
            }
        }
        #expect(await refusal(old, at: old.cursor) == "cartChanged")
        #expect(await refusal(old, at: new.cursor) == "quoteChanged")
        try await shop.push(Fixture.scan(code: "?"), from: 3)
        #expect(await problem { try await shop.close() } == "held")
        #expect(try await shop.cart().state == .open)
    }

    @Test("what comes while closing is parked; after payment it lives in the carry-over cart")
    func carryOver() async throws {
        let shop = try Fixture()
        try await shop.create()
        try await shop.push(Fixture.scan(3))
        try await shop.close()
        let void = CartOperationBody.void(
            targets: [VoidTarget(dot: a1, units: 1)], reason: "shopper")
        let parked = try await shop.push(Fixture.scan(2), void, from: 2)
        #expect(parked.results.map(\.disposition) == [.parked, .parked])
        try await shop.settle()
        try await shop.settle()
        let paid = try await shop.cart()
        #expect(paid.state == .paid)
        #expect(paid.dots[a1]?.paid == 3)
        #expect(paid.dots[a1]?.refundRequested == 1)
        let late = try await shop.push(
            Fixture.scan(5),
            .void(
                targets: [VoidTarget(dot: Fixture.dot(Fixture.a, 2), units: 1)], reason: "x"),
            from: 4)
        #expect(late.results.map(\.disposition) == [.carried, .carried])
        let carry = LogHashing.carryOver(Fixture.cart, ordinal: 1)
        let over = try await shop.cart(carry)
        #expect(over.liveUnits == 1 + 5)
        let quote = try await shop.carts.quote(carry, caller: shop.caller())
        #expect(quote.totalMinor == 600)
        let requests = try await shop.database.read {
            try Int.fetchOne($0, sql: "SELECT sum(units) FROM refundRequest")
        }
        #expect(requests == 1)
    }

    @Test("a reopened cart takes what was parked, and closes again under the next ordinal")
    func reopened() async throws {
        let shop = try Fixture()
        try await shop.create()
        try await shop.push(Fixture.scan(3))
        try await shop.close()
        try await shop.push(Fixture.scan(), from: 2)
        let world = shop.world
        for _ in 0..<2 {
            try await shop.database.write {
                try CartLog.appendReopened(
                    $0, Fixture.cart, ordinal: 1, reason: "declined", world: world)
            }
        }
        #expect(try await shop.cart().liveUnits == 4)
        #expect(try await shop.close(id: 2).ordinal == 2)
        await #expect(throws: CartLogError.notClosing(1)) {
            try await shop.database.write {
                try CartLog.appendSettled(
                    $0, Fixture.cart, ordinal: 1, receipt: "r", world: world)
            }
        }
    }

    @Test("the tables and the fold of the log say the same")
    func tablesAgree() async throws {
        let shop = try Fixture()
        try await shop.create()
        try await shop.push(Fixture.scan(5), Fixture.scan(2))
        try await shop.push(
            .void(targets: [VoidTarget(dot: a1, units: 2)], reason: "x"), as: Fixture.b)
        try await shop.push(.clip(key: "milk"), from: 2, as: Fixture.b)
        try await shop.close()
        try await shop.settle()
        try await shop.push(Fixture.scan(), from: 3)
        let cart = try await shop.cart()
        let rows = try await shop.database.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM dot WHERE cart = ?", arguments: [Fixture.cart.blob]
            ).map { row in
                (
                    try row.dot(),
                    [
                        try row.number("paid"), try row.number("voided"),
                        try row.number("carried"),
                    ]
                )
            }
        }
        #expect(rows.count == cart.dots.count)
        for (dot, places) in rows {
            let state = try #require(cart.dots[dot])
            #expect(places == [state.paid, state.voided, state.carried].map(Int64.init))
        }
        #expect(cart.clippedKeys == ["milk"])
    }
}
