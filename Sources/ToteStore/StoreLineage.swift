import GRDB
import ToteCarts
import ToteStorage
import ToteValues

/// Notices that the database was restored (SYNC-46): a generation steps at each open, in the
/// database and in a file beside it that no backup takes. Where they differ, a new epoch begins,
/// and every device syncs anew. A crash between the two steps begins one too; that costs a resync.
enum StoreLineage {
    static let step = SchemaStep(
        identifier: "store.1-lineage",
        sql: """
            -- The newest row counts; times in Unix milliseconds.
            CREATE TABLE lineage (
                id INTEGER PRIMARY KEY,
                epoch BLOB NOT NULL CHECK (length(epoch) = 8),
                generation INTEGER NOT NULL,
                openedAt INTEGER NOT NULL
            ) STRICT;
            """)

    static func open(
        _ database: DatabaseQueue, besides path: String, world: World
    ) throws -> (epoch: Epoch, wasRestored: Bool) {
        let beside = try PrivateFile.read(path).map { String(decoding: $0, as: UTF8.self) }
        let (epoch, generation, epochs) = try database.write { db in
            let last = try Row.fetchOne(db, sql: "SELECT * FROM lineage ORDER BY id DESC LIMIT 1")
            let known: Epoch? = try last?.identifier("epoch")
            let generation = try last?.number("generation") ?? 0
            let isSame = known.map { text($0, generation) == beside } ?? false
            let epoch = isSame ? known : nil
            if known != nil, !isSame { try mustReconcile(db) }
            let next = (epoch ?? Epoch(world.newUInt64()), generation + 1)
            try db.execute(sql: "DELETE FROM lineage WHERE epoch = ?", arguments: [next.0.blob])
            try db.execute(
                sql: "INSERT INTO lineage (epoch, generation, openedAt) VALUES (?, ?, ?)",
                arguments: [next.0.blob, next.1, world.now().milliseconds])
            let epochs = try Int.fetchOne(db, sql: "SELECT count(*) FROM lineage") ?? 1
            return (next.0, next.1, epochs)
        }
        try PrivateFile.write(Array(text(epoch, generation).utf8), to: path)
        return (epoch, epochs > 1)
    }

    /// The file beside no longer says what this database is, so the next opening begins an epoch.
    static func forget(besides path: String) throws {
        try PrivateFile.write(Array("none".utf8), to: path)
    }

    /// Whatever was paid since the backup, this file does not know it (SYNC-60).
    private static func mustReconcile(_ db: Database) throws {
        guard try db.tableExists("cart") else { return }
        try db.execute(sql: "UPDATE cart SET mustReconcile = 1")
    }

    private static func text(_ epoch: Epoch, _ generation: Int64) -> String {
        "\(epoch.text) \(generation)"
    }
}
