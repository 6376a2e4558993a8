import Synchronization
import Testing
import ToteMessages
import TotePrivacy
import ToteStorage
import ToteSync
import ToteValues

@Suite("The store's time")
struct StoreClockTests {
    private static let now = Moment(milliseconds: 1_795_296_509_000)
    private static let date = "Sat, 21 Nov 2026 21:28:29 GMT"

    private func world(aheadSeconds: Int64) -> World {
        World(
            now: { Self.now.adding(seconds: aheadSeconds) }, uptimeMilliseconds: { 0 },
            randomBytes: { [UInt8](repeating: 7, count: $0) })
    }

    @Test(
        "is followed however wrong the device's clock is",
        arguments: [-315_360_000, -3600, 3600, 315_360_000] as [Int64])
    func follows(skew: Int64) {
        let clock = StoreClock(world: world(aheadSeconds: skew))
        #expect(clock.note(date: Self.date))
        #expect(clock.world.now() == Self.now)
        #expect(!clock.note(date: Self.date))
    }

    @Test("is the device's own when they differ by seconds")
    func leavesAlone() {
        let clock = StoreClock(world: world(aheadSeconds: 20))
        #expect(!clock.note(date: Self.date))
        #expect(clock.world.now() == Self.now.adding(seconds: 20))
    }

    @Test("is the device's own again once that is mended")
    func mended() {
        let clock = StoreClock(world: world(aheadSeconds: 0), offsetMilliseconds: -86_400_000)
        #expect(clock.note(date: Self.date))
        #expect(clock.world.now() == Self.now)
    }

    @Test(
        "is not read from what is no date",
        arguments: [
            nil, "", "yesterday", "Sat, 21 Foo 2026 21:28:29 GMT", "Sat, 21 Nov 2026 25:28:29 GMT",
            "Sat, 21 Nov 2026 21:28:29 CET", "Saturday, 21-Nov-26 21:28:29 GMT",
        ])
    func nonsense(text: String?) {
        let clock = StoreClock(world: world(aheadSeconds: 500))
        #expect(!clock.note(date: text))
        #expect(clock.world.now() == Self.now.adding(seconds: 500))
    }

    @Test("makes a refused proof anew, once")
    func retries() async throws {
        let world = world(aheadSeconds: 9_999_999)
        let clock = StoreClock(world: world)
        let ledger = EgressLedger(
            database: try DatabaseFile.inMemory(steps: EgressLedger.steps), world: world)
        let store = PunctualStore(date: Self.date, now: Self.now)
        let client = StoreClient(connection: store, ledger: ledger, clock: clock)
        let request = StoreRequest(method: "GET", path: "/v1/me", route: "/v1/me")
        let response = try await client.call(
            request, purpose: .contractCheckout, dataClasses: ["none"],
            credential: TimeCredential(world: clock.world))
        #expect(response.status == 200)
        #expect(store.requests.withLock { $0 } == 2)
    }
}

/// Takes only a proof of its own time.
private final class PunctualStore: StoreConnection {
    let baseURL = "https://store.example"
    let host = "store.example"
    let date: String
    let now: Moment
    let requests = Mutex(0)

    init(date: String, now: Moment) {
        self.date = date
        self.now = now
    }

    func send(
        _ request: StoreRequest, permit: consuming EgressPermit
    ) async throws(StoreConnectionError) -> StoreResponse {
        requests.withLock { $0 += 1 }
        let isRight = request.headers.contains { $0.name == "time" && $0.value == now.text }
        return StoreResponse(status: isRight ? 200 : 401, headers: [("Date", date)])
    }
}

private struct TimeCredential: RequestCredential {
    let world: World

    func headers(method: String, url: String) throws -> [(name: String, value: String)] {
        [("time", world.now().text)]
    }
}
