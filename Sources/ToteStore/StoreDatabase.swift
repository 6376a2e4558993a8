package import GRDB
package import ToteStorage
package import ToteValues

/// The store's one SQLite file: one process, one writing connection with group commit, and one
/// reading connection that never checkpoints (SYNC-20, SYNC-41).
package final class StoreDatabase: Sendable {
    package static let fileName = "store.sqlite"

    /// The lineage of this file; a device's cursor names it.
    package let epoch: Epoch
    /// Whether this file has begun a new epoch once, so that it may have forgotten carts.
    package let wasRestored: Bool
    /// Tells devices that listen what was committed.
    package let hints = HintBus()
    private let lock: FileLock
    private let writer: GroupCommit
    private let reader: DatabaseQueue

    /// The tables of every drawer of the store.
    package static let steps: [SchemaStep] =
        [StoreLineage.step] + CartLog.steps + MemberAuthority.steps + SettlementStore.steps
        + ExitService.steps + SandboxBook.steps

    private init(
        lineage: (epoch: Epoch, wasRestored: Bool), lock: FileLock, writer: GroupCommit,
        reader: DatabaseQueue
    ) {
        epoch = lineage.epoch
        wasRestored = lineage.wasRestored
        self.lock = lock
        self.writer = writer
        self.reader = reader
    }

    /// Opens or creates the file in `folder`, which exists.
    /// - Throws: `StorageError`: `busy` when another process has it, else as `DatabaseFile.open`.
    package static func open(
        folder: String, world: World, steps: [SchemaStep] = StoreDatabase.steps
    ) throws -> StoreDatabase {
        let path = folder + "/" + fileName
        let lock = try FileLock.acquire(path: path + ".lock")
        let queue = try DatabaseFile.open(path: path, steps: steps)
        let lineage = try StoreLineage.open(queue, besides: path + ".lineage", world: world)
        var reading = Configuration()
        reading.readonly = true
        reading.busyMode = .timeout(5)
        reading.label = "tote.store.reader"
        reading.prepareDatabase { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
        let reader = try DatabaseQueue(path: path, configuration: reading)
        return StoreDatabase(
            lineage: lineage, lock: lock, writer: GroupCommit(database: queue), reader: reader)
    }

    /// Begins a new epoch by hand, for a folder that was copied back whole (SYNC-46).
    /// - Throws: as `open`; `busy` while the store is served.
    package static func beginEpoch(folder: String, world: World) throws -> Epoch {
        let path = folder + "/" + fileName
        let lock = try FileLock.acquire(path: path + ".lock")
        try StoreLineage.forget(besides: path + ".lineage")
        let queue = try DatabaseFile.open(path: path, steps: steps)
        let lineage = try StoreLineage.open(queue, besides: path + ".lineage", world: world)
        withExtendedLifetime(lock) {}
        return lineage.epoch
    }

    /// Runs `body` in a savepoint of the next group's transaction, and returns when that is
    /// durable. `body` may run twice, so it must do nothing but read and write the database.
    /// - Throws: what `body` throws, and then nothing of it is stored; the store's own failure.
    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await writer.write(body)
    }

    /// Sees everything that a `write` has answered.
    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await reader.read(body)
    }
}
