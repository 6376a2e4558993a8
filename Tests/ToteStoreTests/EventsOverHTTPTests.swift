import Crypto
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Testing
import ToteCarts
import ToteMembers
import ToteMessages
import ToteStore
import ToteValues

/// `GET /v1/carts/{id}/events` as a client sees it (SYNC-43).
@Suite("Events over HTTP")
struct EventsOverHTTPTests {
    private static let base = "http://store.test"

    /// A guest's device with its cart.
    private struct Guest: Sendable {
        let client: any TestClientProtocol
        let key: DeviceKey
        let clock: TestClock
        let device = DeviceID(World.system.newBytes16())
        let cart = World.system.newCartID()
        var grant: String?

        func send(
            _ route: Route, _ body: (any JSONWritable)? = nil
        ) async throws -> TestResponse {
            let path = route.path.split(separator: "?").first.map(String.init) ?? route.path
            let proof = try key.proof(
                method: route.method, url: base + path, accessToken: grant, now: clock.now,
                jti: Hex.encode(World.system.randomBytes(16)))
            var headers = HTTPFields()
            headers[.contentType] = "application/json"
            if let grant { headers[.authorization] = "DPoP " + grant }
            if let name = HTTPField.Name("DPoP") { headers[name] = proof }
            return try await client.execute(
                uri: route.path, method: route.method == "GET" ? .get : .post, headers: headers,
                body: body.map { ByteBuffer(bytes: $0.json.canonical) })
        }

        func create() async throws -> String? {
            let request = CreateCartRequest(cart: cart, store: 42, device: device, key: key.x)
            let answer = try await send(.createCart, request)
            let value = try StrictJSON.parse(Array(answer.body.readableBytesView))
            return try CreateCartAnswer(json: JSONField(value)).grant
        }

        /// - Parameter other: whose name stands in the request, where it is not this guest's.
        func push(_ sequence: UInt64, as other: Guest? = nil) async throws -> TestResponse {
            let (device, cart) = (other?.device ?? device, other?.cart ?? cart)
            let scan = CartOperation(
                dot: Dot(device: device, incarnation: Incarnation(1), sequence: sequence),
                body: CartServiceFixture.scan(code: "4012345000016"))
            return try await send(
                .sync(cart),
                SyncRequest(
                    cursor: nil, device: device, incarnation: Incarnation(1), from: sequence,
                    operations: [scan]))
        }

        func cursor(_ answer: TestResponse) throws -> Cursor {
            let value = try StrictJSON.parse(Array(answer.body.readableBytesView))
            return try SyncAnswer(json: JSONField(value)).delta.cursor
        }
    }

    private func withGuest(
        _ body: @Sendable (Guest, StoreServices) async throws -> Void
    ) async throws {
        let (clock, folder) = (TestClock(), try TestFolder())
        let services = try await StoreServices.open(
            StoreConfiguration(
                folder: folder.path, storeNumber: 42, demo: true, publicURL: Self.base),
            world: clock.world, bench: PasswordBench(rounds: 16))
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        try await StoreServer.application(services, logger: logger).test(.router) { client in
            var guest = Guest(
                client: client, key: try DeviceKey.make(world: .system), clock: clock)
            guest.grant = try await guest.create()
            try await body(guest, services)
        }
    }

    @Test("a stream tells each new cursor and nothing else, until the store stops")
    func stream() async throws {
        try await withGuest { guest, services in
            let hints = services.database.hints
            let first = try guest.cursor(try await guest.push(1))
            async let events = guest.send(.events(guest.cart, cursor: nil))
            while hints.count(guest.cart) == 0 { await Task.yield() }
            let second = try guest.cursor(try await guest.push(2))
            #expect(first != second)
            // Time for the hint to be written before the stream ends.
            try await Task.sleep(for: .milliseconds(100))
            hints.close()
            let answer = try await events
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentType] == "text/event-stream")
            let text = String(buffer: answer.body)
            #expect(text == "data: \(first.text)\n\ndata: \(second.text)\n\n")
        }
    }

    @Test("a long poll answers with the cursor; what does not read is refused")
    func longPoll() async throws {
        try await withGuest { guest, _ in
            let first = try guest.cursor(try await guest.push(1))
            let told = try await guest.send(.events(guest.cart, cursor: nil, waitSeconds: 25))
            let value = try StrictJSON.parse(Array(told.body.readableBytesView))
            #expect(try CursorAnswer(json: JSONField(value)).cursor == first)
            let route = Route(
                template: .cartEvents, path: "/v1/carts/\(guest.cart.text)/events?wait=-1")
            #expect(try await guest.send(route).status == .badRequest)
        }
    }

    @Test("what others send in a device's name does not slow it down")
    func rateInAnotherName() async throws {
        try await withGuest { guest, _ in
            let stranger = Guest(
                client: guest.client, key: try DeviceKey.make(world: .system), clock: guest.clock)
            for _ in 0..<30 {
                #expect(try await stranger.push(1, as: guest).status == .unauthorized)
            }
            #expect(try await guest.push(1).status == .ok)
        }
    }

    @Test("the twenty-first sync at once is told to wait (limits)")
    func rate() async throws {
        try await withGuest { guest, _ in
            var statuses: [HTTPResponse.Status] = []
            for _ in 0..<21 { statuses.append(try await guest.push(1).status) }
            #expect(statuses.filter { $0 == .ok }.count == 20)
            #expect(statuses.last == .tooManyRequests)
            let answer = try await guest.push(1)
            #expect(answer.headers[.retryAfter] == "1")
            guest.clock.advance(seconds: 1)
            #expect(try await guest.push(1).status == .ok)
        }
    }
}
