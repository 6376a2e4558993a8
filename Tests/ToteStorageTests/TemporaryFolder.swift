import Foundation
import GRDB
import ToteStorage

/// A folder of one test, removed with it.
final class TemporaryFolder {
    let path: String

    init() throws {
        let name = "tote-storage-\(UInt64.random(in: .min ... .max))"
        path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        try PrivateFile.makeFolder(path)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    func mode(_ name: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: file(name))
        return (attributes[.posixPermissions] as? NSNumber)?.intValue
    }
}

enum Notes {
    static let first = SchemaStep(
        identifier: "notes.1", sql: "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT) STRICT;")
    static let second = SchemaStep(
        identifier: "notes.2", sql: "ALTER TABLE note ADD COLUMN author TEXT;")

    static func write(_ texts: some Sequence<String>, to queue: DatabaseQueue) throws {
        try queue.write { database in
            for text in texts {
                try database.execute(sql: "INSERT INTO note (text) VALUES (?)", arguments: [text])
            }
        }
    }

    static func read(_ queue: DatabaseQueue) throws -> [String] {
        try queue.read { try String.fetchAll($0, sql: "SELECT text FROM note ORDER BY id") }
    }
}
