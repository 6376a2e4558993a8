import Foundation
import GRDB
import Testing
import Tote
import ToteBarcodes
import ToteHTTP
import ToteSync
import ToteValues

/// SYNC-76: `tote-store` is killed while three devices scan and sync.
@Suite("A store killed at any moment", .enabled(if: Program.areBuilt), .serialized)
struct StoreCrashTests {
    @Test("no operation that the store acknowledged is lost by kill -9", .timeLimit(.minutes(240)))
    func killLoop() async throws {
        var store = try await DemoStore.start()
        var acknowledged = 0
        var lost = 0
        var damaged = 0
        var rounds = 0
        while rounds < CrashTests.rounds {
            // New devices now and then: a cart has room for 2,000 pieces.
            let shoppers = try (0..<3).map { _ in try Shopper(store: store.url) }
            for shopper in shoppers { try await shopper.begin() }
            for _ in 0..<min(50, CrashTests.rounds - rounds) {
                store = try await killed(store, under: shoppers)
                rounds += 1
            }
            var sent: Set<String> = []
            for shopper in shoppers { sent.formUnion(await shopper.acknowledged) }
            let file = try StoredFile(copying: store.folder.path + "/store/store.sqlite")
            acknowledged += sent.count
            lost += sent.subtracting(file.operations).count
            damaged += file.check == "ok" ? 0 : 1
            for shopper in shoppers { try await shopper.sync() }
        }
        print(
            "kill -9 of tote-store: \(rounds) rounds, \(acknowledged) acknowledged, \(lost) lost, "
                + "\(damaged) quick_check failures")
        #expect(lost == 0 && damaged == 0)
        #expect(acknowledged > rounds)
    }

    /// All shoppers scan and sync until the store is gone; then it is started again.
    private func killed(
        _ store: DemoStore, under shoppers: [Shopper]
    ) async throws -> DemoStore {
        let until = ContinuousClock.now + .milliseconds(Int.random(in: 5...120))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for shopper in shoppers { group.addTask { try await shopper.shop() } }
            group.addTask {
                try await Task.sleep(until: until)
                _ = await store.killed()
            }
            try await group.waitForAll()
        }
        return try await store.restarted()
    }
}

/// A device in this process, with the network of the real one.
private actor Shopper {
    /// Scans that the store has answered for.
    private(set) var acknowledged: Set<String> = []
    private var waiting: Set<String> = []
    private let home: TemporaryFolder
    private let url: String
    private let connection: @Sendable (String) -> any StoreConnection
    private var trip: ShoppingTrip?

    init(store: String) throws {
        home = try TemporaryFolder()
        url = store
        let address = try #require(StoreURL(store))
        connection = { _ in HTTPStoreConnection(url: address) }
    }

    func begin() async throws {
        let opened = try await ShoppingTrip.open(
            TripConfiguration(
                home: home.path + "/device", storeURL: url,
                connection: connection))
        _ = try await opened.prepare()
        trip = opened
        try await sync()
    }

    /// Until the store does not answer.
    func shop() async throws {
        while true {
            let outcome = try await trip?.scan(ScanInput(typed: "4012345000030"))
            waiting.formUnion(outcome?.dots.map(\.text) ?? [])
            do { try await sync() } catch let error as TripError {
                guard error.code == "unreachable" else { throw error }
                return
            }
        }
    }

    func sync() async throws {
        guard let status = try await trip?.sync() else { return }
        acknowledged.formUnion(waiting.subtracting(status.unsent.map(\.dot.text)))
        waiting.subtract(acknowledged)
    }
}

/// The store's file as it lies there, looked at in a copy.
private struct StoredFile {
    let operations: Set<String>
    let check: String?

    init(copying path: String) throws {
        let folder = try TemporaryFolder()
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.copyItem(
                atPath: path + suffix, toPath: folder.path + "/store" + suffix)
        }
        let queue = try DatabaseQueue(path: folder.path + "/store")
        (operations, check) = try queue.read { db in
            let sql = """
                SELECT lower(hex(device)) || '.' || lower(hex(incarnation)) || '.' || sequence
                FROM operation
                """
            return (
                try Set(String.fetchAll(db, sql: sql)),
                try String.fetchOne(db, sql: "PRAGMA quick_check")
            )
        }
    }
}
