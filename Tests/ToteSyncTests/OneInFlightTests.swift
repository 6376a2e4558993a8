import Synchronization
import Testing
import ToteCarts
import TotePrivacy
import ToteStorage
import ToteSync
import ToteValues

@Suite("One request of a cart is in flight")
struct OneInFlightTests {
    /// Planted: without the wait the later callers return at once, with operations unsent.
    @Test("callers that sync at once take turns, and each returns with everything sent (SYNC-53)")
    func turns() async throws {
        let world = World.repeating(seed: 6)
        let id = world.newCartID()
        let server = LossyStore(cart: id, seed: 6)
        server.change { ($0.drop, $0.lose, $0.isRegistered) = (0, 0, true) }
        let store = try CartStore(
            database: DatabaseFile.inMemory(steps: CartStore.steps), world: world)
        _ = try store.adopt(id, like: nil)
        let line = SlowLine(line: LossyConnection(store: server))
        let ledger = EgressLedger(
            database: try DatabaseFile.inMemory(steps: EgressLedger.steps), world: world)
        let runner = SyncRunner(
            store: store, client: StoreClient(connection: line, ledger: ledger), world: world)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<5 {
                let scan = ScanBody(
                    code: "1", symbology: "ean13", units: 1, book: 1, shown: 1, at: world.now())
                try store.commit(.scan(scan), cart: id)
                group.addTask {
                    _ = try await runner.syncNow(id)
                    return try store.hasUnsent(id)
                }
            }
            for try await isUnsent in group { #expect(!isUnsent) }
        }
        #expect(line.most == 1)
        #expect(server.cart.liveUnits == 5)
    }
}

/// Takes its time, and counts how many requests are under way together.
private final class SlowLine: StoreConnection {
    let line: LossyConnection
    private let counts = Mutex((now: 0, most: 0))

    init(line: LossyConnection) { self.line = line }

    var baseURL: String { line.baseURL }
    var host: String { line.host }
    var most: Int { counts.withLock { $0.most } }

    func send(
        _ request: StoreRequest, permit: consuming EgressPermit
    ) async throws(StoreConnectionError) -> StoreResponse {
        counts.withLock { counts in
            counts.now += 1
            counts.most = max(counts.most, counts.now)
        }
        defer { counts.withLock { $0.now -= 1 } }
        try? await Task.sleep(for: .milliseconds(20))
        return try await line.send(request, permit: permit)
    }
}
