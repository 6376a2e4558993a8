import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import ToteCarts
import ToteMembers
import ToteMessages
import ToteSync
import ToteValues

/// A guest's device in memory: the shipping `DeviceCart` and `DeviceSync` over real HTTP.
struct LoadShopper {
    private let client: HTTPClient
    private let url: String
    private let key: DeviceKey
    private var cart: DeviceCart
    private var sync = DeviceSync()
    private var grant: String?
    private var chance: SeededChance
    private let world = World.system

    /// Milliseconds of each answered sync.
    private(set) var latencies: [Double] = []
    private(set) var failures = 0
    private(set) var scans = 0
    /// The highest sequence that the store acknowledged, ever.
    private(set) var acknowledged: UInt64 = 0

    init(number: Int, client: HTTPClient, url: String) throws {
        self.client = client
        self.url = url
        key = try DeviceKey.make(world: .system)
        chance = SeededChance(seed: UInt64(number))
        cart = DeviceCart(
            new: CartRecord(
                new: world.newCartID(), device: DeviceID(world.newBytes16()),
                incarnation: Incarnation(world.newUInt64()), isGuest: true,
                createdAt: world.now()))
    }

    /// Makes the cart; tries until the store answers.
    mutating func enter() async throws {
        while true {
            let body = CreateCartRequest(
                cart: cart.record.cart, store: 42, device: cart.record.device, key: key.x)
            if let answer = try? await call(.createCart, body, as: CreateCartAnswer.self) {
                grant = answer.grant
                return
            }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// Scans and syncs until `end`, with a pause of up to twice `pauseMilliseconds` between.
    mutating func shop(until end: ContinuousClock.Instant, pauseMilliseconds: Int) async throws {
        while ContinuousClock.now < end {
            try await Task.sleep(
                for: .milliseconds(number(upTo: 2 * pauseMilliseconds)))
            try act()
            try await exchange()
        }
    }

    /// What the store acknowledged and no longer holds; the whole log is read anew.
    mutating func lost() async throws -> Int {
        var held: Set<Dot> = []
        var cursor: Cursor?
        while true {
            let route = Route.log(cart.record.cart, cursor: cursor)
            let delta = try await call(route, nil, as: LogDelta.self)
            held.formUnion(delta.entries.map(\.dot))
            cursor = delta.cursor
            guard delta.more else { break }
        }
        return cart.own.count { operation in
            operation.dot.sequence <= acknowledged && !held.contains(operation.dot)
        }
    }

    /// One scan, now and then one taken away; a cart does not grow beyond a large shopping.
    private mutating func act() throws {
        let isFull = cart.view.liveUnits > 120
        let live = cart.view.liveDots.map(\.dot)
        if isFull || (!live.isEmpty && number(upTo: 7) == 0) {
            _ = try cart.commit(.minusOne(line: [live[number(upTo: live.count - 1)]]), at: now)
        } else {
            scans += 1
            let code = String(4_012_345_000_000 + number(upTo: 200))
            let scan = ScanBody(
                code: code, symbology: "ean13", units: 1, book: 1, shown: 199, at: now)
            _ = try cart.commit(.scan(scan), at: now)
        }
        _ = cart.takeChanges()
    }

    private mutating func number(upTo most: Int) -> Int {
        Int.random(in: 0...max(0, most), using: &chance)
    }

    private var now: Moment { world.now() }

    private mutating func exchange() async throws {
        var effects = handle(.wanted)
        while !effects.isEmpty {
            var next: [DeviceSync.Effect] = []
            for effect in effects {
                switch effect {
                case .send(let request, let number):
                    let response = await send(request)
                    next += handle(.response(response, to: number))
                case .wait(let bound):
                    let wait = number(upTo: Int(bound))
                    try await Task.sleep(for: .milliseconds(wait))
                    next += handle(.timer)
                case .waitExactly(let milliseconds):
                    try await Task.sleep(for: .milliseconds(milliseconds))
                    next += handle(.timer)
                case .took, .refused, .attest, .gaveUp: continue
                }
            }
            effects = next
        }
    }

    private mutating func handle(_ event: DeviceSync.Event) -> [DeviceSync.Effect] {
        let effects = sync.handle(
            event, cart: &cart, uptimeMilliseconds: world.uptimeMilliseconds(),
            newIncarnation: { Incarnation(World.system.newUInt64()) })
        _ = cart.takeChanges()
        acknowledged = max(acknowledged, cart.record.ackedSequence)
        return effects
    }

    private mutating func send(_ request: SyncRequest) async -> SyncResponse {
        let start = ContinuousClock.now
        do {
            let answer = try await call(
                .sync(cart.record.cart), request, as: SyncAnswer.self)
            let time = ContinuousClock.now - start
            latencies.append(Double(time.components.seconds) * 1000)
            latencies[latencies.count - 1] += Double(time.components.attoseconds) / 1e15
            return .answer(answer)
        } catch StoreClientError.problem(let problem) {
            failures += 1
            return .problem(problem)
        } catch {
            failures += 1
            return .none
        }
    }

    private func call<Answer: JSONReadable>(
        _ route: Route, _ body: (any JSONWritable)?, as type: Answer.Type
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: url + route.path)
        request.method = HTTPMethod(rawValue: route.method)
        let target = url + (route.path.split(separator: "?").first.map(String.init) ?? "")
        let proof = try key.proof(
            method: route.method, url: target, accessToken: grant, now: now,
            jti: Hex.encode(world.randomBytes(16)))
        request.headers.add(name: "dpop", value: proof)
        if let grant { request.headers.add(name: "authorization", value: "DPoP " + grant) }
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body.json.canonical))
        }
        let response = try await client.execute(request, timeout: .seconds(15))
        let bytes = Array(try await response.body.collect(upTo: 4 << 20).readableBytesView)
        return try StoreClient.read(
            StoreResponse(status: Int(response.status.code), body: bytes), as: type)
    }
}
