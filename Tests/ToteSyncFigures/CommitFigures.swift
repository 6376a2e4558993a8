import GRDB
import ToteStorage
import ToteStore
import ToteValues

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Twenty writes of a store that come together, against twenty one after the other: wall time,
/// turn by turn, on the same file (SYNC-41).
enum CommitFigures {
    private static let writes = 20

    static func measure(folder: String, rounds: Int) async throws -> JSONValue {
        let step = SchemaStep(
            identifier: "figures.1",
            sql: "CREATE TABLE figure (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;")
        let database = try StoreDatabase.open(
            folder: folder, world: .system, steps: StoreDatabase.steps + [step])
        var (together, single): ([Int64], [Int64]) = ([], [])
        for _ in 0..<rounds {
            var start = wallNanoseconds()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<writes { group.addTask { try await write(database) } }
                try await group.waitForAll()
            }
            together.append(wallNanoseconds() - start)
            start = wallNanoseconds()
            for _ in 0..<writes { try await write(database) }
            single.append(wallNanoseconds() - start)
        }
        return .object([
            "writes": .integer(Int64(writes)),
            "together": .integer(together.sorted()[rounds / 2]),
            "single": .integer(single.sorted()[rounds / 2]),
        ])
    }

    private static func write(_ database: StoreDatabase) async throws {
        try await database.write { db in
            try db.execute(sql: "INSERT INTO figure (body) VALUES (zeroblob(300))")
        }
    }

    private static func wallNanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
