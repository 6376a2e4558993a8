import GRDB

/// What was found when a damaged file was replaced (SYNC-30).
public struct SalvageReport: Hashable, Sendable {
    /// Where the damaged file is kept; its WAL lies beside it with `-wal`.
    public let keptPath: String
    /// What the check said.
    public let finding: String
    /// Why salvage stopped early; `nil` when it went through.
    public let stoppedBy: String?

    public init(keptPath: String, finding: String, stoppedBy: String?) {
        self.keptPath = keptPath
        self.finding = finding
        self.stoppedBy = stoppedBy
    }
}

/// Replaces a damaged file by a fresh one without a moment in which a crash loses either.
/// 1. `x` and `x-wal` get second names `x.damaged-N`, `x.damaged-N-wal`.
/// 2. A fresh file `x.salvaging` is filled from their readable rows and closed.
/// 3. `x`, `x-wal`, `x-shm` lose their first names; `x.salvaging` becomes `x`.
/// So `x.salvaging` without `x` is complete, and `x.salvaging` beside `x` is to be made anew.
enum Salvage {
    static func finishInterrupted(path: String) throws(StorageError) {
        let fresh = path + ".salvaging"
        guard !FileSystem.exists(path), FileSystem.exists(fresh) else { return }
        try FileSystem.remove(path + "-wal")
        try FileSystem.remove(path + "-shm")
        try FileSystem.replace(path, with: fresh)
    }

    static func replace(
        path: String, finding: String, steps: [SchemaStep],
        salvage: (_ damaged: Database, _ fresh: Database) throws -> Void
    ) throws(StorageError) -> SalvageReport {
        let fresh = path + ".salvaging"
        for suffix in ["", "-wal", "-shm"] { try FileSystem.remove(fresh + suffix) }
        let kept = try keep(path)
        let stoppedBy = try fill(fresh, from: kept, steps: steps, salvage: salvage)
        try FileSystem.sync(fresh)
        try FileSystem.remove(path)
        try finishInterrupted(path: path)
        return SalvageReport(keptPath: kept, finding: finding, stoppedBy: stoppedBy)
    }

    private static func keep(_ path: String) throws(StorageError) -> String {
        let names = (1...).lazy.map { "\(path).damaged-\($0)" }
        guard let kept = names.first(where: { !FileSystem.exists($0) }) else { return path }
        try FileSystem.link(path, as: kept)
        if FileSystem.exists(path + "-wal") {
            try FileSystem.link(path + "-wal", as: kept + "-wal")
        }
        try FileSystem.syncFolder(of: path)
        return kept
    }

    /// - Returns: why it stopped early, when the damaged file would not be read any further.
    private static func fill(
        _ fresh: String, from kept: String, steps: [SchemaStep],
        salvage: (_ damaged: Database, _ fresh: Database) throws -> Void
    ) throws(StorageError) -> String? {
        let target = try DatabaseFile.openWhole(path: fresh, steps: steps)
        try DatabaseFile.mapping(fresh) {
            try target.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
        }
        return try DatabaseFile.mapping(fresh) {
            defer { try? target.close() }
            var stoppedBy: String?
            try target.write { new in
                guard let copy = try SalvagedCopy.of(kept, like: new) else {
                    stoppedBy = "is no database"
                    return
                }
                do {
                    try copy.unsafeRead { try salvage($0, new) }
                } catch {
                    let failure = StorageError(error, path: kept)
                    guard failure.code == .damaged else { throw failure }
                    stoppedBy = failure.message
                }
            }
            try target.close()
            return stoppedBy
        }
    }
}
