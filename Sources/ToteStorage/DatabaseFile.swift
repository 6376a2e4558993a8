public import GRDB

/// Opens an SQLite file so that an acknowledged write is never lost (SYNC-20): WAL,
/// `synchronous=FULL`, no memory map, one connection that writes and checkpoints, foreign keys.
/// Knows no table: every module brings its own `SchemaStep`s.
public enum DatabaseFile {
    /// Opens or creates the file (mode 0600), checks it by `quick_check` and brings up its schema.
    /// - Throws: `damaged`, `schemaTooNew` (the file stays untouched), `busy`, `full`,
    ///   `readOnly`, `ioError`, `cannotOpen`.
    public static func open(
        path: String, steps: [SchemaStep]
    ) throws(StorageError) -> DatabaseQueue {
        try Salvage.finishInterrupted(path: path)
        return try openWhole(path: path, steps: steps)
    }

    /// As `open`, but a damaged file and its WAL are renamed beside (never deleted, SYNC-30) and
    /// what `salvage` can still read of it goes into a fresh file in its place.
    /// - Parameters:
    ///   - verify: looks for damage that only the tables' owner can see, such as a hash that does
    ///     not fit; throws `SQLITE_CORRUPT` then. Tables may be missing in a file that is new.
    ///   - salvage: reads the rows that can be read of the damaged file, whose tables have no
    ///     rules there, and writes the fresh file. When it throws because it met damage, what it
    ///     had written so far is kept; on any other error the damaged file stays in place.
    /// - Returns: the open file, and what was found and kept if it had to be salvaged.
    /// - Throws: as `open`, but `damaged` only when the file is damaged again at once.
    public static func openOrSalvage(
        path: String, steps: [SchemaStep], verify: (Database) throws -> Void = { _ in },
        salvage: (_ damaged: Database, _ fresh: Database) throws -> Void
    ) throws(StorageError) -> (DatabaseQueue, SalvageReport?) {
        do throws(StorageError) {
            try Salvage.finishInterrupted(path: path)
            return (try openWhole(path: path, steps: steps, verify: verify), nil)
        } catch {
            guard error.code == .damaged else { throw error }
            let report = try Salvage.replace(
                path: path, finding: error.message, steps: steps, salvage: salvage)
            return (try openWhole(path: path, steps: steps), report)
        }
    }

    /// A database that dies with its queue, for tests and previews.
    /// - Throws: `unexpected` when a step is no valid SQL.
    public static func inMemory(steps: [SchemaStep]) throws(StorageError) -> DatabaseQueue {
        try mapping(":memory:") {
            let queue = try DatabaseQueue(configuration: configuration())
            try queue.writeWithoutTransaction { try Schema.bringUp($0, steps: steps) }
            return queue
        }
    }

    static func openWhole(
        path: String, steps: [SchemaStep], verify: (Database) throws -> Void = { _ in }
    ) throws(StorageError) -> DatabaseQueue {
        try FileSystem.createIfAbsent(path)
        return try mapping(path) {
            do {
                try examine(path: path, steps: steps, verify: verify)
            } catch let error as DatabaseError
                where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK
            {
                try rollBack(path)
                try examine(path: path, steps: steps, verify: verify)
            }
            let queue = try DatabaseQueue(path: path, configuration: configuration())
            try queue.writeWithoutTransaction { database in
                try makeDurable(database, path: path)
                try Schema.bringUp(database, steps: steps)
            }
            return queue
        }
    }

    /// Looks before anything is written: closing a connection that may write would checkpoint
    /// the WAL into a damaged file.
    private static func examine(
        path: String, steps: [SchemaStep], verify: (Database) throws -> Void
    ) throws {
        var readOnly = configuration()
        readOnly.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: readOnly)
        defer { try? queue.close() }
        try queue.unsafeRead { database in
            let finding = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
            guard finding == "ok" else {
                throw StorageError(
                    .damaged, path: path, message: finding ?? "quick_check is silent")
            }
            try Schema.check(database, steps: steps, path: path)
            try verify(database)
        }
    }

    /// A crash in the moment in which the file was made, before it had a WAL, leaves a journal
    /// that only a connection that may write can roll back.
    private static func rollBack(_ path: String) throws {
        let queue = try DatabaseQueue(path: path, configuration: configuration())
        defer { try? queue.close() }
        _ = try queue.unsafeRead { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
    }

    /// Runs `body` with every error mapped to a `StorageError` about `path`.
    package static func mapping<Value>(
        _ path: String, _ body: () throws -> Value
    ) throws(StorageError) -> Value {
        do { return try body() } catch { throw StorageError(error, path: path) }
    }

    static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(1)
        configuration.label = "tote.database"
        return configuration
    }

    /// GRDB's own WAL mode means `synchronous=NORMAL`, which can roll back after a power cut.
    private static func makeDurable(_ database: Database, path: String) throws {
        guard try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL") == "wal" else {
            throw StorageError(.cannotOpen, path: path, message: "cannot use write-ahead logging")
        }
        try database.execute(
            sql: """
                PRAGMA synchronous = FULL;
                PRAGMA fullfsync = ON;
                PRAGMA checkpoint_fullfsync = ON;
                PRAGMA mmap_size = 0;
                PRAGMA trusted_schema = OFF;
                PRAGMA secure_delete = ON;
                """)
    }
}
