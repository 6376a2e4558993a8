// The modules under `Tote` are no products of their own; a benchmark may look inside.
import GRDB
import ToteBarcodes
import ToteCarts
import ToteStorage
import ToteValues

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Goal: from a scan to its durable commit in at most three times a bare durable SQLite insert.
/// Both files lie in the same folder, both in WAL mode with `synchronous=FULL`.
enum ScanBenchmark {
    static func run(rounds: Int) throws -> String {
        let folder = try temporaryFolder()
        defer { remove(folder) }
        let bare = try bareFile(in: folder)
        let database = try DatabaseFile.open(
            path: folder + "/device.sqlite", steps: CartStore.steps)
        let store = try CartStore(database: database, world: .system)
        var cart = try store.newCart(guest: true).cart
        var scans = 0
        var duel = Duel(name: "scan to commit", baseline: "bare durable insert")
        try duel.run(rounds: rounds) {
            // A fresh cart now and then: a trip has some 40 scans, not thousands.
            if scans > 0, scans.isMultiple(of: 100) { cart = try store.newCart(guest: true).cart }
            scans += 1
            _ = try store.commit(.scan(body(number: scans)), cart: cart)
        } theirs: {
            try bare.write { db in
                try db.execute(
                    sql: "INSERT INTO scan (code, units) VALUES (?, ?)",
                    arguments: ["4012345000016", 1])
            }
        }
        return duel.text
    }

    private static func body(number: Int) -> ScanBody {
        let input = ScanInput(typed: "4012345000016")
        return ScanBody(
            code: input.cartCode, symbology: input.cartSymbology, units: 1, book: 1, shown: 1290,
            at: World.system.now())
    }

    private static func bareFile(in folder: String) throws -> DatabaseQueue {
        try DatabaseFile.open(
            path: folder + "/bare.sqlite",
            steps: [
                SchemaStep(
                    identifier: "bare.1",
                    sql: """
                        CREATE TABLE scan (
                            id INTEGER PRIMARY KEY, code TEXT NOT NULL, units INTEGER NOT NULL
                        ) STRICT;
                        """)
            ])
    }

    /// On the disk, not in memory: `TMPDIR` else the working folder.
    private static func temporaryFolder() throws -> String {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "."
        var template = Array("\(parent)/tote-benchmark-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw NoFolder(parent: parent, systemError: errno)
        }
        let path = template.dropLast().map { UInt8(bitPattern: $0) }
        return String(decoding: path, as: UTF8.self)
    }

    private struct NoFolder: Error {
        let parent: String
        let systemError: Int32
    }

    private static func remove(_ folder: String) {
        for name in ["device", "bare"] {
            for suffix in ["", "-wal", "-shm"] { unlink("\(folder)/\(name).sqlite\(suffix)") }
        }
        rmdir(folder)
    }
}
