import Crypto
import FoundationEssentials
import Testing
import ToteCarts
import ToteExits
import ToteMessages
import TotePayments
import ToteStore
import ToteValues

/// A member's trip through the store's real carts, catalogue and offers.
@Suite("A trip settled on real carts")
struct SettledTripTests {
    @Test("cart total, quote, receipt and money taken are one figure; the receipt re-derives")
    func wholeTrip() async throws {
        let shop = try await DemoTrip()
        defer { shop.remove() }
        let quote = try await shop.scan([
            ("4012345000016", 3), ("4012345000023", 1), ("4012345000115", 4),
            ("4012345000801", 2), ("4012345000740", 6),
        ])
        let closed = try await shop.close(quote)
        let planned = try await shop.plan(
            closed.ordinal, [.giftCard(1000), .points(500), .card(.rest)])
        #expect(planned.knownState == .authorised)
        let paid = try await shop.capture(closed.ordinal)
        #expect(paid.captured == quote.totalMinor)
        let receipt = try #require(paid.receipt)
        let (_, key) = try shop.services.keys.current(.receipt, at: shop.clock.now)
        try ReceiptVerification.verify(receipt, key: key.publicKey)
        #expect(receipt.receipt.body.totals.total == quote.totalMinor)
        #expect(receipt.receipt.body.lines.contains { !$0.offers.isEmpty })
        #expect(receipt.receipt.body.totals.deposit > 0)

        let cart = try await shop.services.database.read { try CartLog.cart($0, shop.cart) }
        #expect(cart?.state == .paid)
        let pass = try await shop.services.exits.exit(cart: shop.cart, caller: shop.ada)
        #expect(pass.pieces == 16)
        let text = try #require(pass.pass)
        let request = GateConsumeRequest(text: text, gate: "g1")
        #expect(try await shop.services.exits.consume(request).opens)
        #expect(try await shop.services.exits.consume(request).result == "alreadyUsed")
    }

    @Test("goods with an age are not sold without an approval, and are named (AGE-1)")
    func ageRestricted() async throws {
        let shop = try await DemoTrip()
        defer { shop.remove() }
        let closed = try await shop.close(
            try await shop.scan([("4012345000962", 1), ("4012345000924", 2), ("4012345000016", 1)]))
        do {
            _ = try await shop.plan(closed.ordinal, [.card(.rest)])
            Issue.record("spirits were sold")
        } catch let problem as Problem {
            #expect(problem.code == "approvalMissing")
            #expect(problem["classes"] == .array([.integer(16), .integer(18)]))
            #expect(problem.detail?.contains("Gin 0.7 l (18)") == true)
            guard case .array(let lines)? = problem["lines"] else { return }
            #expect(lines.count == 2)
        }
        let state = try await shop.services.settlements.state(
            cart: shop.cart, ordinal: closed.ordinal, caller: shop.ada)
        #expect(state.knownState == .frozen && state.legs.isEmpty)
    }

    @Test("giving up opens the cart, and it can be closed and paid under the next ordinal")
    func giveUpAndPayAgain() async throws {
        let shop = try await DemoTrip()
        defer { shop.remove() }
        let first = try await shop.close(try await shop.scan([("4012345000016", 1)]))
        _ = try await shop.plan(first.ordinal, [.giftCard(100), .card(.rest)])
        _ = try await shop.services.settlements.giveUp(
            cart: shop.cart, ordinal: first.ordinal, caller: shop.ada,
            idempotencyKey: SettlementFixture.newKey())
        let cart = try await shop.services.database.read { try CartLog.cart($0, shop.cart) }
        #expect(cart?.state == .open)
        let quote = try await shop.services.carts.quote(shop.cart, caller: shop.ada)
        let second = try await shop.close(quote)
        #expect(second.ordinal == first.ordinal + 1)
        #expect(second.key != first.key)
        _ = try await shop.plan(second.ordinal, [.card(.rest)])
        #expect(try await shop.capture(second.ordinal).captured == quote.totalMinor)
    }
}

/// The demo shop with Ada's cart.
private struct DemoTrip {
    let folder: String
    let clock = FixtureClock()
    let services: StoreServices
    let ada: Caller
    let cart: CartID
    private let device = DeviceID(World.system.newBytes16())

    init() async throws {
        let name = "tote-trip-\(Hex.encode(World.system.randomBytes(8)))"
        folder = FileManager.default.temporaryDirectory.appending(path: name).path
        services = try await StoreServices.open(
            StoreConfiguration(folder: folder, storeNumber: 42, demo: true), world: clock.world)
        let member = try #require(
            try await services.members.members().first { $0.login == "ada" })
        ada = Caller(device: device, member: member.reference(group: 42), keyThumbprint: "ada")
        let created = try await services.carts.create(
            CreateCartRequest(cart: nil, store: 42, device: device, key: "key"), caller: ada)
        cart = created.answer.cart
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    /// Scans and asks for the quote.
    func scan(_ codes: [(code: String, units: Int)]) async throws -> QuoteAnswer {
        let incarnation = Incarnation(7)
        let operations = codes.enumerated().map { index, scan in
            CartOperation(
                dot: Dot(device: device, incarnation: incarnation, sequence: UInt64(index + 1)),
                body: .scan(
                    ScanBody(
                        code: scan.code, symbology: "ean13", units: scan.units, book: 1, shown: 0,
                        at: clock.now)))
        }
        let answer = try await services.carts.sync(
            cart,
            SyncRequest(
                cursor: nil, device: device, incarnation: incarnation, from: 1,
                operations: operations),
            caller: ada)
        #expect(answer.ack == UInt64(codes.count))
        let quote = try await services.carts.quote(cart, caller: ada)
        #expect(quote.waiting.isEmpty && quote.totalMinor > 0)
        return quote
    }

    func close(_ quote: QuoteAnswer) async throws -> CloseAnswer {
        try await services.carts.close(
            cart,
            CloseRequest(
                closeID: CloseID(World.system.newBytes16()), at: quote.at,
                quoteHash: quote.quoteHash, totalMinor: quote.totalMinor,
                currency: quote.currency),
            ifMatch: quote.cursor, caller: ada)
    }

    func plan(_ ordinal: Int32, _ tenders: [PlannedTender]) async throws -> SettlementAnswer {
        try await services.settlements.plan(
            cart: cart, ordinal: ordinal, PlanRequest(tenders: tenders), caller: ada)
    }

    func capture(_ ordinal: Int32) async throws -> SettlementAnswer {
        try await services.settlements.capture(
            cart: cart, ordinal: ordinal, caller: ada, idempotencyKey: SettlementFixture.newKey())
    }
}
