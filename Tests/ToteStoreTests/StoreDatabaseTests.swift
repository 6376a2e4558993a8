import Foundation
import GRDB
import Testing
import ToteCarts
import ToteStorage
import ToteStore
import ToteValues

@Suite("The store's database")
struct StoreDatabaseTests {
    private static let step = SchemaStep(
        identifier: "test.1",
        sql: "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT UNIQUE) STRICT;")

    private func folder() throws -> String {
        let root = FileManager.default.temporaryDirectory.path
        let folder = root + "/tote-store-\(UUID().uuidString)"
        try PrivateFile.makeFolder(folder)
        return folder
    }

    private func open(_ folder: String) throws -> StoreDatabase {
        try StoreDatabase.open(
            folder: folder, world: .system, steps: StoreDatabase.steps + [Self.step])
    }

    private static func insert(_ db: Database, _ text: String) throws {
        try db.execute(sql: "INSERT INTO note (text) VALUES (?)", arguments: [text])
    }

    @Test("a thousand writes at once are all there, and one that fails takes no other with it")
    func group() async throws {
        let database = try open(try folder())
        let failed = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<1000 {
                group.addTask {
                    do {
                        // Every tenth one breaks the rule of uniqueness.
                        let text = number % 10 == 0 ? "same" : "\(number)"
                        try await database.write { try Self.insert($0, text) }
                        return false
                    } catch {
                        return true
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failed == 99)
        let count = try await database.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM note")
        }
        #expect(count == 901)
    }

    @Test("what a write had done before it threw is undone")
    func undone() async throws {
        let database = try open(try folder())
        struct Stop: Error {}
        await #expect(throws: Stop.self) {
            try await database.write { db in
                try Self.insert(db, "half")
                throw Stop()
            }
        }
        let count = try await database.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM note")
        }
        #expect(count == 0)
    }

    @Test("a full disk refuses what does not fit and goes on when there is room (SYNC-45)")
    func full() async throws {
        let database = try open(try folder())
        try await database.write { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        let long = String(repeating: "x", count: 20_000)
        var refusal: StorageError?
        do {
            try await database.write { try Self.insert($0, long) }
        } catch {
            refusal = StorageError(error, path: "")
        }
        #expect(refusal?.code == .full)
        try await database.write { try $0.execute(sql: "PRAGMA max_page_count = 100000") }
        try await database.write { try Self.insert($0, long) }
    }

    @Test("a reopened store keeps its epoch, a restored one begins a new one (SYNC-46)")
    func epochs() async throws {
        let folder = try folder()
        var database: StoreDatabase? = try open(folder)
        let first = try #require(database?.epoch)
        database = nil
        let backup = folder + ".backup"
        try FileManager.default.copyItem(
            atPath: folder + "/store.sqlite", toPath: backup)
        database = try open(folder)
        #expect(database?.epoch == first)
        database = nil
        for name in ["store.sqlite", "store.sqlite-wal", "store.sqlite-shm"] {
            try? FileManager.default.removeItem(atPath: folder + "/" + name)
        }
        try FileManager.default.copyItem(atPath: backup, toPath: folder + "/store.sqlite")
        database = try open(folder)
        #expect(database?.epoch != first)
    }

    @Test("a second process on the same folder is told that it is busy")
    func locked() throws {
        let folder = try folder()
        let first = try open(folder)
        #expect(throws: StorageError.self) { try open(folder) }
        withExtendedLifetime(first) {}
    }

    @Test("an epoch that is begun by hand lets no cart close unasked (SYNC-46, SYNC-60)")
    func newEpoch() async throws {
        let folder = try folder()
        let cart = CartID(Bytes16(high: 0x0193_0000_0000_7000, low: 1 << 63))
        var database: StoreDatabase? = try StoreDatabase.open(folder: folder, world: .system)
        let first = try #require(database?.epoch)
        try await database?.write { db in
            try db.execute(
                sql: """
                    INSERT INTO cart (cart, revision, hash, state, touchedAt)
                    VALUES (?, 0, zeroblob(16), 'open', 0)
                    """, arguments: [cart.blob])
        }
        #expect(throws: StorageError.self) {
            try StoreDatabase.beginEpoch(folder: folder, world: .system)
        }
        database = nil
        let second = try StoreDatabase.beginEpoch(folder: folder, world: .system)
        #expect(second != first)
        database = try StoreDatabase.open(folder: folder, world: .system)
        #expect(database?.epoch == second)
        #expect(database?.wasRestored == true)
        let waits = try await database?.read {
            try Bool.fetchOne($0, sql: "SELECT mustReconcile FROM cart")
        }
        #expect(waits == true)
    }
}
