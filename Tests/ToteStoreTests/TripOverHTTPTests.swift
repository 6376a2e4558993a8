import GRDB
import Testing
import ToteCarts
import ToteCatalogue
import ToteHTTP
import ToteMembers
import ToteMessages
import TotePayments
import TotePrivacy
import ToteStorage
import ToteStore
import ToteSync
import ToteValues

/// A guest's device over a real socket.
private struct GuestDevice: Sendable {
    let client: StoreClient
    let ledger: EgressLedger
    let key: DeviceKey
    let device = DeviceID(World.system.newBytes16())
    var grant: String?

    init(url: String, key: DeviceKey? = nil) throws {
        let address = try #require(StoreURL(url))
        ledger = EgressLedger(
            database: try DatabaseFile.inMemory(steps: EgressLedger.steps), world: .system)
        client = StoreClient(connection: HTTPStoreConnection(url: address), ledger: ledger)
        self.key = try key ?? DeviceKey.make(world: .system)
    }

    func call<Answer: JSONReadable>(
        _ route: Route, _ body: (any JSONWritable)? = nil, as answer: Answer.Type,
        headers: [(name: String, value: String)] = [], limits: StrictJSON.Limits = .answer
    ) async throws -> Answer {
        try await client.call(
            route, body, answer: answer, headers: headers, purpose: .contractCheckout,
            dataClasses: ["basket"], credential: Credential(key: key, token: grant),
            limits: limits)
    }

    func create(_ cart: CartID? = nil) async throws -> CreateCartAnswer {
        try await call(
            .createCart,
            CreateCartRequest(cart: cart, store: 42, device: device, key: key.x),
            as: CreateCartAnswer.self)
    }

    private struct Credential: RequestCredential {
        let key: DeviceKey
        let token: String?

        func headers(method: String, url: String) throws -> [(name: String, value: String)] {
            let proof = try key.proof(
                method: method, url: url, accessToken: token, now: World.system.now(),
                jti: Hex.encode(World.system.randomBytes(16)))
            return [("dpop", proof)] + (token.map { [("authorization", "DPoP " + $0)] } ?? [])
        }
    }
}

/// Serves a demo store on a free loopback port while `body` runs.
func withStore(
    _ change: (inout StoreConfiguration) -> Void = { _ in },
    _ body: @escaping @Sendable (String) async throws -> Void
) async throws {
    let folder = try TestFolder()
    var configuration = StoreConfiguration(folder: folder.path, port: 0, demo: true)
    change(&configuration)
    let ready = configuration
    let (addresses, announce) = AsyncStream.makeStream(of: String.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            try await StoreServer.run(ready) { announce.yield($0) }
        }
        group.addTask {
            for await address in addresses {
                try await body(address)
                return
            }
        }
        try await group.next()
        group.cancelAll()
    }
}

@Suite("A trip over a real socket", .timeLimit(.minutes(2)))
struct TripOverHTTPTests {
    @Test("a guest's cart is made, synced, priced, closed, paid and let out")
    func wholeTrip() async throws {
        let gateKey = try DeviceKey.make(world: .system)
        try await withStore({ $0.gateKeys = [gateKey.thumbprint] }) { url in
            var guest = try GuestDevice(url: url)
            let created = try await guest.create(World.system.newCartID())
            guest.grant = try #require(created.grant)
            let shop = try await guest.call(
                .catalogue(from: nil), as: SignedDocument.self, limits: SignedDocument.limits)
            let book = try await guest.call(
                .priceBook(from: nil), as: SignedDocument.self, limits: SignedDocument.limits)
            #expect(shop.body.count > 10_000 && book.body.count > 10_000)

            let body = CartOperationBody.scan(
                ScanBody(
                    code: "4012345000016", symbology: "ean13", units: 2, weightGrams: nil,
                    embeddedPriceMinor: nil, book: 1, shown: 1, at: World.system.now()))
            let scan = CartOperation(
                dot: Dot(device: guest.device, incarnation: Incarnation(1), sequence: 1),
                body: body)
            let synced = try await guest.call(
                .sync(created.cart),
                SyncRequest(
                    cursor: nil, device: guest.device, incarnation: Incarnation(1), from: 1,
                    operations: [scan]),
                as: SyncAnswer.self)
            let quote = try await guest.call(.quote(created.cart), as: QuoteAnswer.self)
            #expect(quote.totalMinor > 0 && quote.waiting.isEmpty)
            #expect(synced.ack == 1)
            let closed = try await guest.call(
                .close(created.cart),
                CloseRequest(
                    closeID: CloseID(World.system.newBytes16()), at: quote.at,
                    quoteHash: quote.quoteHash, totalMinor: quote.totalMinor,
                    currency: quote.currency),
                as: CloseAnswer.self, headers: [("if-match", "\"\(quote.cursor.text)\"")])
            let pass = try await pay(
                guest, created.cart, closed.ordinal, total: quote.totalMinor)
            try await leave(guest, pass, gate: try GuestDevice(url: url, key: gateKey))

            let rows = try guest.ledger.rows()
            #expect(rows.count >= 8)
            #expect(rows.allSatisfy { $0.outcome == .done && $0.bytesSent > 50 })
            #expect(rows.allSatisfy { !$0.routeTemplate.contains(created.cart.text) })
        }
    }

    private func pay(
        _ guest: GuestDevice, _ cart: CartID, _ ordinal: Int32, total: Int64
    ) async throws -> String {
        let arguments = (cart.text, String(ordinal))
        let plan = try StrictJSON.parse(
            Array(#"{"tenders":[{"kind":"giftCard","number":"gc-1","rest":true}]}"#.utf8))
        let planned = try await guest.call(
            RouteTemplate.planSettlement.route(arguments.0, arguments.1),
            try PlanRequest(json: JSONField(plan)), as: SettlementAnswer.self)
        #expect(planned.total == total)
        let captured = try await guest.call(
            RouteTemplate.capture.route(arguments.0, arguments.1), as: SettlementAnswer.self,
            headers: [("idempotency-key", Hex.encode(World.system.randomBytes(16)))])
        #expect(captured.state == "captured" && captured.captured == total)
        let receipt = try #require(captured.receipt)
        #expect(receipt.receipt.body.totals.total == total)
        let exit = try await guest.call(.exit(cart), as: ExitAnswer.self)
        return try #require(exit.pass)
    }

    /// Only a gate's own key uses a pass up.
    private func leave(_ guest: GuestDevice, _ pass: String, gate: GuestDevice) async throws {
        let request = GateConsumeRequest(text: pass, gate: "north")
        let refused = await #expect(throws: StoreClientError.self) {
            _ = try await guest.call(.gateConsume, request, as: GateAnswer.self)
        }
        guard case .problem(let problem) = refused else {
            Issue.record("no problem")
            return
        }
        #expect(problem.code == "role")
        #expect(try await gate.call(.gateConsume, request, as: GateAnswer.self).opens)
        #expect(try await !gate.call(.gateConsume, request, as: GateAnswer.self).opens)
    }

    @Test("another guest's cart is as unknown as one that does not exist")
    func foreignCart() async throws {
        try await withStore { url in
            var owner = try GuestDevice(url: url)
            let made = try await owner.create(World.system.newCartID())
            owner.grant = made.grant
            var other = try GuestDevice(url: url)
            other.grant = try await other.create(World.system.newCartID()).grant
            for cart in [made.cart, World.system.newCartID()] {
                for route in [Route.quote(cart), .log(cart, cursor: nil), .exit(cart)] {
                    let problem = await problem { [other] in
                        _ = try await other.call(route, as: QuoteAnswer.self)
                    }
                    #expect(problem?.status == 404)
                    #expect(problem?.code == "unknownCart")
                }
            }
            let stolen = await problem { _ = try await GuestDevice(url: url).create(made.cart) }
            #expect(stolen?.code == "unknownCart")
            #expect(try await GuestDevice(url: url).create().cart != made.cart)
            #expect(try await owner.create(made.cart).cart == made.cart)
        }
    }

    @Test("without a credential, with unknown members or a wrong store, nothing is done")
    func refusals() async throws {
        try await withStore { url in
            var guest = try GuestDevice(url: url)
            let anonymous = await problem { [guest] in
                _ = try await guest.call(.quote(World.system.newCartID()), as: QuoteAnswer.self)
            }
            #expect(anonymous?.status == 401)
            let made = try await guest.create()
            guest.grant = made.grant
            let extra = RawBody(
                .object([
                    "cart": .string(made.cart.text), "store": .integer(42),
                    "device": .string(guest.device.text), "key": .string(guest.key.x),
                    "memberId": .string("x"),
                ]))
            let unknown = await problem { [guest] in
                _ = try await guest.call(.createCart, extra, as: CreateCartAnswer.self)
            }
            #expect(unknown?.status == 422 && unknown?.code == "unknownField")
            #expect(unknown?.pointer == "/memberId")
            let elsewhere = CreateCartRequest(
                cart: nil, store: 7, device: guest.device, key: guest.key.x)
            let wrong = await problem { [guest] in
                _ = try await guest.call(.createCart, elsewhere, as: CreateCartAnswer.self)
            }
            #expect(wrong?.code == "wrongStore")
            let stranger = CreateCartRequest(
                cart: nil, store: 42, device: guest.device,
                key: try DeviceKey.make(world: .system).x)
            let key = await problem { [guest] in
                _ = try await guest.call(.createCart, stranger, as: CreateCartAnswer.self)
            }
            #expect(key?.status == 401)
        }
    }

    @Test("the keys that devices pin are signed by the root")
    func keys() async throws {
        try await withStore { url in
            let guest = try GuestDevice(url: url)
            let answer = try await guest.call(.keys, as: StoreKeysAnswer.self)
            #expect(answer.root.count == 32)
            let shop = try await guest.client.call(
                StoreRequest(
                    method: "GET", path: Route.catalogue(from: 1).path, route: "/v1/catalogue"),
                purpose: .contractCheckout, dataClasses: [])
            #expect(shop.status == 304 && shop.body.isEmpty)
        }
    }

    @Test("a store that is not there is unreachable, and the ledger says so")
    func unreachable() async throws {
        let guest = try GuestDevice(url: "http://127.0.0.1:1")
        let error = await #expect(throws: StoreClientError.self) {
            _ = try await guest.create()
        }
        guard case .connection(.unreachable) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try guest.ledger.rows().map(\.outcome) == [.failed])
    }

    private struct RawBody: JSONWritable {
        let json: JSONValue
        init(_ json: JSONValue) { self.json = json }
    }

    private func problem(_ work: () async throws -> Void) async -> Problem? {
        do { try await work() } catch StoreClientError.problem(let problem) {
            return problem
        } catch {
            Issue.record("\(error)")
        }
        return nil
    }
}

@Suite("A store's address")
struct StoreURLTests {
    @Test(
        "an address that bytes may be sent to is taken",
        arguments: [
            "https://store.example", "https://store.example:8443/", "http://127.0.0.1:8080",
            "http://localhost", "http://[::1]:80", "https://[2001:db8::1]",
        ])
    func good(text: String) {
        #expect(StoreURL(text) != nil)
    }

    @Test(
        "any other is refused before a byte is sent",
        arguments: [
            "", "store.example", "http://shop.example", "file:///etc/passwd", "ftp://x",
            "https://user:pass@shop.example", "https://shop.example#frag",
            "https://shop.example/path", "https://shop.example?x", "https://", "https://:80",
            "https://a:0", "https://a:65536", "https://a:+1", "http://127.0.0.1.evil.example",
            "http://localhost.evil", "http://127.1", "https://[::1", "https://[]", "https://a b",
            "http://0127.0.0.1.", "https://é",
        ])
    func bad(text: String) {
        #expect(StoreURL(text) == nil)
    }
}
