import GRDB
import GRDBSQLite

/// The door of SQLite's own functions, for the one that GRDB has no name for.
enum MemoryImage {
    /// Makes these bytes the content of a connection's main database, in memory.
    static func load(_ bytes: [UInt8], into database: Database) throws {
        let count = bytes.count
        guard let memory = sqlite3_malloc64(UInt64(count)) else {
            throw DatabaseError(resultCode: .SQLITE_NOMEM)
        }
        memory.copyMemory(from: bytes, byteCount: count)
        // SQLite frees the memory, also when this fails.
        let flags = SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE
        let result = sqlite3_deserialize(
            database.sqliteConnection, "main", memory.assumingMemoryBound(to: UInt8.self),
            Int64(count), Int64(count), UInt32(flags))
        guard result == SQLITE_OK else {
            throw DatabaseError(resultCode: ResultCode(rawValue: result))
        }
        database.clearSchemaCache()
    }
}
