import Foundation
import GRDB
import Testing
import ToteStorage

@Suite("A database file")
struct DatabaseFileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("is opened with the settings that survive a kill and a power cut")
    func settings() throws {
        let queue = try DatabaseFile.open(path: folder.file("a"), steps: [Notes.first])
        let pragmas = [
            "journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "mmap_size": "0",
        ]
        try queue.read { database in
            for (name, expected) in pragmas {
                let row = try Row.fetchOne(database, sql: "PRAGMA \(name)")
                let value: DatabaseValue? = row?[0]
                #expect(value.map { "\($0)" }?.replacing("\"", with: "") == expected, "\(name)")
            }
        }
        #expect(try folder.mode("a") == 0o600)
        #expect(try folder.mode("a-wal") == 0o600)
    }

    @Test("keeps a committed row when the process dies without closing it")
    func killed() throws {
        let queue = try DatabaseFile.open(path: folder.file("a"), steps: [Notes.first])
        try Notes.write(["beep"], to: queue)
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: folder.file("a" + suffix), toPath: folder.file("b" + suffix))
        }
        let survivor = try DatabaseFile.open(path: folder.file("b"), steps: [Notes.first])
        #expect(try Notes.read(survivor) == ["beep"])
    }

    @Test("whose making was cut off by a crash is rolled back and opens (SYNC-I19)")
    func cutOffInTheMaking() throws {
        let queue = try DatabaseQueue(path: folder.file("a"))
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "CREATE TABLE note (text)")
            try db.execute(sql: "PRAGMA cache_size = 1; BEGIN")
            for _ in 1...100 {
                try db.execute(sql: "INSERT INTO note VALUES (hex(randomblob(999)))")
            }
            for suffix in ["", "-journal"] {
                try FileManager.default.copyItem(
                    atPath: folder.file("a" + suffix), toPath: folder.file("b" + suffix))
            }
            try db.execute(sql: "ROLLBACK")
        }
        let survivor = try DatabaseFile.open(path: folder.file("b"), steps: [])
        #expect(try survivor.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM note") } == 0)
    }

    @Test("goes through new schema steps once and in order")
    func steps() throws {
        let path = folder.file("a")
        try Notes.write(["old"], to: DatabaseFile.open(path: path, steps: [Notes.first]))
        for _ in 1...2 {
            let queue = try DatabaseFile.open(path: path, steps: [Notes.first, Notes.second])
            let columns = try queue.read { try $0.columns(in: "note").map(\.name) }
            #expect(columns == ["id", "text", "author"])
        }
    }

    @Test("of a newer version is refused and left as it was, byte for byte")
    func newerSchema() throws {
        let path = folder.file("a")
        _ = try DatabaseFile.open(path: path, steps: [Notes.first, Notes.second])
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let error = #expect(throws: StorageError.self) {
            _ = try DatabaseFile.openOrSalvage(path: path, steps: [Notes.first]) { _, _ in }
        }
        #expect(error?.code == .schemaTooNew)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test("whose step fails stays at the schema it had")
    func brokenStep() throws {
        let path = folder.file("a")
        let broken = SchemaStep(identifier: "notes.3", sql: "CREATE TABLE x (y); NONSENSE;")
        try Notes.write(["old"], to: DatabaseFile.open(path: path, steps: [Notes.first]))
        #expect(throws: StorageError.self) {
            _ = try DatabaseFile.open(path: path, steps: [Notes.first, broken])
        }
        let queue = try DatabaseFile.open(path: path, steps: [Notes.first])
        #expect(try queue.read { try $0.tableExists("x") } == false)
    }

    @Test("on a full disk refuses the write, keeps what it has, and goes on when there is room")
    func diskFull() throws {
        let queue = try DatabaseFile.open(path: folder.file("a"), steps: [Notes.first])
        try Notes.write(["first"], to: queue)
        try queue.writeWithoutTransaction {
            let pages = try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0
            try $0.execute(sql: "PRAGMA max_page_count = \(pages + 1)")
        }
        let long = String(repeating: "x", count: 20_000)
        let error = #expect(throws: DatabaseError.self) { try Notes.write([long], to: queue) }
        #expect(error.map { StorageError($0, path: "a").code } == .full)
        #expect(try Notes.read(queue) == ["first"])
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 100000") }
        try Notes.write([long], to: queue)
        #expect(try Notes.read(queue).count == 2)
    }

    @Test("that may not be written says so")
    func readOnly() throws {
        let queue = try DatabaseFile.open(path: folder.file("a"), steps: [Notes.first])
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 1") }
        let error = #expect(throws: DatabaseError.self) { try Notes.write(["x"], to: queue) }
        #expect(error.map { StorageError($0, path: "a").code } == .readOnly)
    }

    @Test("that cannot be written is read with what its log holds, and refuses changes (SYNC-25)")
    func readingOnly() throws {
        let live = try DatabaseFile.open(path: folder.file("a"), steps: [Notes.first])
        try Notes.write((1...300).map { "row \($0)" }, to: live)
        try live.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try Notes.write(["in the log"], to: live)
        let full = StorageError(.full, path: "a", message: "no room")
        let (queue, refusal) = try DatabaseFile.openToRead(
            path: folder.file("a"), steps: [Notes.first], after: full)
        #expect(refusal == full)
        #expect(try Notes.read(queue) == Notes.read(live))
        let error = #expect(throws: StorageError.self) { try Notes.write(["lie"], to: queue) }
        #expect(error == full)
        #expect(try Notes.read(queue).count == 301)
    }

    @Test("is not read beside another program's, and not when it is damaged or too new")
    func notToBeRead() throws {
        let path = folder.file("a")
        try Notes.write(
            ["x"], to: DatabaseFile.open(path: path, steps: [Notes.first, Notes.second]))
        for (code, steps, expected) in [
            (StorageError.Code.busy, [Notes.first, Notes.second], StorageError.Code.busy),
            (.full, [Notes.first], .schemaTooNew),
        ] {
            let error = #expect(throws: StorageError.self) {
                _ = try DatabaseFile.openToRead(
                    path: path, steps: steps, after: StorageError(code, path: path, message: ""))
            }
            #expect(error?.code == expected)
        }
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.seek(toOffset: 4096)
        try handle.write(contentsOf: Data(repeating: 0xA5, count: 4096))
        let error = #expect(throws: StorageError.self) {
            _ = try DatabaseFile.openToRead(
                path: path, steps: [Notes.first, Notes.second],
                after: StorageError(.full, path: path, message: ""))
        }
        #expect(error?.code == .full)
    }

    @Test("in a folder that takes no files says so", .enabled(if: ReadOnlyFolder.exists))
    func readOnlyFolder() {
        let error = #expect(throws: StorageError.self) {
            _ = try DatabaseFile.open(path: ReadOnlyFolder.path + "/tote", steps: [])
        }
        #expect(error?.code == .readOnly)
        #expect(error?.mend.isEmpty == false)
    }

    @Test("in a folder that is not there, or in a file, cannot be opened")
    func noFolder() throws {
        _ = try DatabaseFile.open(path: folder.file("a"), steps: [])
        for name in ["missing/a", "a/b"] {
            let error = #expect(throws: StorageError.self) {
                _ = try DatabaseFile.open(path: folder.file(name), steps: [])
            }
            #expect(error?.code == .cannotOpen, "\(name)")
        }
    }

    @Test("held by another writer is busy")
    func busy() throws {
        let one = try DatabaseFile.open(path: folder.file("a"), steps: [Notes.first])
        let other = try DatabaseFile.open(path: folder.file("a"), steps: [Notes.first])
        try one.writeWithoutTransaction { holder in
            try holder.inTransaction(.immediate) {
                let error = #expect(throws: DatabaseError.self) {
                    try Notes.write(["x"], to: other)
                }
                #expect(error.map { StorageError($0, path: "a").code } == .busy)
                return .rollback
            }
        }
    }
}

/// Linux lets not even root make a file there.
enum ReadOnlyFolder {
    static let path = "/sys"
    static var exists: Bool { FileManager.default.fileExists(atPath: path) }
}
