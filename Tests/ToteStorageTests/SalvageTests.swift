import Foundation
import GRDB
import Testing
import ToteStorage

@Suite("A damaged file")
struct SalvageTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("is kept beside, and its readable rows are in the fresh one")
    func pages() throws {
        let path = folder.file("a")
        try makeFile(path)
        try overwrite(path, at: 4096 * 8, count: 4096 * 2)
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let refusal = #expect(throws: StorageError.self) {
            _ = try DatabaseFile.open(path: path, steps: [Notes.first])
        }
        #expect(refusal?.code == .damaged)
        let (queue, report) = try DatabaseFile.openOrSalvage(
            path: path, steps: [Notes.first], salvage: copyByRowid)
        let rows = try Notes.read(queue)
        #expect(rows.count > 100 && rows.count < 400)
        #expect(report?.keptPath == path + ".damaged-1")
        let kept = try Data(contentsOf: URL(fileURLWithPath: path + ".damaged-1"))
        #expect(kept == before)
        try Notes.write(["goes on"], to: queue)
    }

    @Test("that is no database at all gives an empty fresh one")
    func noDatabase() throws {
        let path = folder.file("a")
        let nonsense = Data(String(repeating: "not a database ", count: 999).utf8)
        try nonsense.write(to: URL(fileURLWithPath: path))
        let (queue, report) = try DatabaseFile.openOrSalvage(
            path: path, steps: [Notes.first], salvage: copyByRowid)
        #expect(try Notes.read(queue).isEmpty)
        #expect(report?.stoppedBy != nil)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path + ".damaged-1")) == nonsense)
    }

    @Test(
        "in whatever way it is no database, is kept beside and replaced (BAD-043)",
        arguments: ["zeroes", "wrong magic", "encrypted", "half a page", "log without file"])
    func noUse(kind: String) throws {
        let path = folder.file("a")
        try makeFile(path)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        let bytes =
            switch kind {
            case "zeroes": Data(count: whole.count)
            case "wrong magic": Data("SQLite format 4".utf8) + whole.dropFirst(15)
            case "encrypted": Data(whole.map { $0 ^ 0x5C })
            case "half a page": Data(whole.prefix(2048))
            default: Data("no".utf8)
            }
        try bytes.write(to: URL(fileURLWithPath: path))
        if kind == "log without file" {
            try whole.write(to: URL(fileURLWithPath: path + "-wal"))
        }
        let refusal = #expect(throws: StorageError.self) {
            _ = try DatabaseFile.open(path: path, steps: [Notes.first])
        }
        #expect(refusal?.code == .damaged)
        let (queue, report) = try DatabaseFile.openOrSalvage(
            path: path, steps: [Notes.first], salvage: copyByRowid)
        let kept = try #require(report?.keptPath)
        #expect(try Data(contentsOf: URL(fileURLWithPath: kept)) == bytes)
        // All rows are there where only the first bytes are wrong.
        #expect(try Notes.read(queue).count == (kind == "wrong magic" ? 400 : 0))
        try Notes.write(["goes on"], to: queue)
    }

    @Test("keeps its write-ahead log, so rows only there are salvaged too")
    func writeAheadLog() throws {
        let path = folder.file("b")
        let live = try DatabaseFile.open(path: folder.file("a"), steps: [Notes.first])
        try Notes.write(
            (1...400).map { "row \($0) " + String(repeating: "x", count: 200) }, to: live)
        try live.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try Notes.write(["only in the log"], to: live)
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: folder.file("a" + suffix), toPath: path + suffix)
        }
        try overwrite(path, at: 4096 * 8, count: 4096)
        let (queue, report) = try DatabaseFile.openOrSalvage(
            path: path, steps: [Notes.first], salvage: copyByRowid)
        #expect(try Notes.read(queue).contains("only in the log"))
        #expect(report != nil)
        #expect(folder.names.contains("b.damaged-1-wal"))
    }

    @Test("stays in place when the salvage fails for another reason")
    func failingSalvage() throws {
        let path = folder.file("a")
        try makeFile(path)
        try overwrite(path, at: 4096 * 8, count: 4096)
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        for _ in 1...2 {
            let error = #expect(throws: StorageError.self) {
                _ = try DatabaseFile.openOrSalvage(path: path, steps: [Notes.first]) { _, _ in
                    throw StorageError(.full, path: path, message: "no room")
                }
            }
            #expect(error?.code == .full)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        }
    }

    @Test("whose replacement was cut off in the middle is replaced at the next start")
    func interrupted() throws {
        let path = folder.file("a")
        try Notes.write(
            ["salvaged"],
            to: DatabaseFile.open(path: path + ".salvaging", steps: [Notes.first]))
        let foreignLog = Data(repeating: 7, count: 9000)
        try foreignLog.write(to: URL(fileURLWithPath: path + "-wal"))
        let queue = try DatabaseFile.open(path: path, steps: [Notes.first])
        #expect(try Notes.read(queue) == ["salvaged"])
    }

    private func makeFile(_ path: String) throws {
        let queue = try DatabaseFile.open(path: path, steps: [Notes.first])
        try Notes.write(
            (1...400).map { "row \($0) " + String(repeating: "x", count: 200) }, to: queue)
        try queue.close()
    }

    private func overwrite(_ path: String, at offset: UInt64, count: Int) throws {
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.seek(toOffset: offset)
        try handle.write(contentsOf: Data(repeating: 0xA5, count: count))
        try handle.close()
    }

    private func copyByRowid(_ damaged: Database, _ fresh: Database) throws {
        let last = try Int.fetchOne(damaged, sql: "SELECT max(id) FROM note") ?? 0
        for id in 1...max(1, last) {
            let text = try? String.fetchOne(
                damaged, sql: "SELECT text FROM note WHERE id = ?", arguments: [id])
            guard let text else { continue }
            try fresh.execute(sql: "INSERT INTO note VALUES (?, ?)", arguments: [id, text])
        }
    }
}
