public import GRDB

/// What an open file says of itself, for `tote doctor` (SYNC-20).
public struct DatabaseSettings: Hashable, Sendable {
    /// SQLite's own version: `3.40.1`.
    public let version: String
    /// `wal` when durable as required.
    public let journalMode: String
    /// 2 is FULL.
    public let synchronous: Int
    /// `ok`, or what `quick_check` found first.
    public let check: String

    public var isDurable: Bool { journalMode == "wal" && synchronous >= 2 }

    /// - Throws: `StorageError` when the file cannot be read.
    public init(of queue: DatabaseQueue) throws(StorageError) {
        self = try DatabaseFile.mapping(queue.path) {
            try queue.read { database in
                func text(_ sql: String) throws -> String {
                    try String.fetchOne(database, sql: sql) ?? ""
                }
                return try DatabaseSettings(
                    version: text("SELECT sqlite_version()"),
                    journalMode: text("PRAGMA journal_mode"),
                    synchronous: Int.fetchOne(database, sql: "PRAGMA synchronous") ?? 0,
                    check: text("PRAGMA quick_check(1)"))
            }
        }
    }

    private init(version: String, journalMode: String, synchronous: Int, check: String) {
        self.version = version
        self.journalMode = journalMode
        self.synchronous = synchronous
        self.check = check
    }
}
