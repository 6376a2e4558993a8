public import GRDB

// SQLite cannot read a file in WAL mode without writing: it needs room for its shared memory, and
// a folder that takes the log. On a full or read-only disk what is saved must stay readable
// (SYNC-25), so the file is read whole, with what its log holds, into memory.

extension DatabaseFile {
    /// Opens what is saved where the file itself could not be opened to write. Each transaction
    /// that changes something fails with the refusal, and leaves all as it was.
    /// - Parameter error: why the file could not be opened to write.
    /// - Returns: what is saved, and the refusal: that error, told as `readOnly` where it is that.
    /// - Throws: `error` when it is of another kind, or the file cannot be read or is damaged;
    ///   `schemaTooNew`.
    public static func openToRead(
        path: String, steps: [SchemaStep], after error: StorageError
    ) throws(StorageError) -> (DatabaseQueue, refusal: StorageError) {
        guard [.full, .readOnly, .ioError, .cannotOpen].contains(error.code),
            FileSystem.exists(path), let snapshot = try? FileSnapshot(path: path)
        else { throw error }
        let isReadOnly =
            error.code != .full
            && [path, FileSystem.folder(of: path)].contains { !FileSystem.isWritable($0) }
        let refusal =
            isReadOnly ? StorageError(.readOnly, path: path, message: "may not be written") : error
        return try mapping(path) {
            let queue = try DatabaseQueue(configuration: configuration())
            try queue.writeWithoutTransaction { database in
                try MemoryImage.load(snapshot.withoutLog, into: database)
                let finding = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
                guard finding == "ok" else { throw refusal }
                try Schema.check(database, steps: steps, path: path)
                try Schema.bringUp(database, steps: steps)
            }
            queue.add(transactionObserver: RefusedWriting(refusal), extent: .databaseLifetime)
            return (queue, refusal)
        }
    }
}

/// Lets no transaction commit.
private final class RefusedWriting: TransactionObserver {
    private let refusal: StorageError

    init(_ refusal: StorageError) { self.refusal = refusal }

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseWillCommit() throws { throw refusal }
    func databaseDidCommit(_ db: Database) {}
    func databaseDidRollback(_ db: Database) {}
}
