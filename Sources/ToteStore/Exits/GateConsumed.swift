import FoundationEssentials
package import GRDB
package import ToteExits
package import ToteStorage
package import ToteValues

/// The passes that have opened a gate (DOOR-2): each gate has its own file, the store keeps one
/// too. A pass is committed as used before the gate opens, so no crash opens twice.
package final class GateConsumed: Sendable {
    package static let steps: [SchemaStep] = [
        SchemaStep(
            identifier: "gate-1",
            sql: """
                -- Times are Unix milliseconds; basis is the two bits of the pass.
                CREATE TABLE consumedPass (
                    passId BLOB PRIMARY KEY CHECK (length(passId) = 16),
                    consumedAt INTEGER NOT NULL,
                    gate TEXT NOT NULL,
                    sequence INTEGER NOT NULL,
                    basis INTEGER NOT NULL CHECK (basis BETWEEN 0 AND 2),
                    online INTEGER NOT NULL CHECK (online IN (0, 1)),
                    expiresAt INTEGER NOT NULL,
                    UNIQUE (gate, sequence)
                ) STRICT, WITHOUT ROWID;
                -- One row: the highest time that was seen (DOOR-4).
                CREATE TABLE highestTime (
                    id INTEGER PRIMARY KEY CHECK (id = 1),
                    at INTEGER NOT NULL
                ) STRICT;
                """)
    ]

    private let database: DatabaseQueue

    package init(database: DatabaseQueue) { self.database = database }

    /// - Throws: `StorageError`.
    package static func open(path: String) throws(StorageError) -> GateConsumed {
        GateConsumed(database: try DatabaseFile.open(path: path, steps: steps))
    }

    /// All twelve steps about what the gate sees now. When the answer is `open`, the pass has been
    /// committed as used; a caller may open the gate.
    /// - Parameter signedTimeAt: the last signed time of the store, such as the key set's.
    /// - Throws: `StorageError`; then the gate stays shut.
    package func decide(
        texts: [String], keySet: GateKeySet, store: UInt32, gate: String, signedTimeAt: Moment?,
        now: Moment
    ) throws(StorageError) -> GateDecision {
        do {
            return try database.write { db in
                let highest = try Self.highestTime(db)
                let view = GateView(
                    store: store, keySet: keySet,
                    clock: GateClock(highestSeen: highest, signedTimeAt: signedTimeAt))
                let decision = try Self.decide(
                    db, texts: texts, view: view, gate: gate, isOnline: false, now: now)
                try Self.see(db, now)
                return decision
            }
        } catch { throw StorageError(error, path: "") }
    }

    /// Step 12 and those before it, in the caller's transaction.
    static func decide(
        _ db: Database, texts: [String], view: GateView, gate: String, isOnline: Bool, now: Moment
    ) throws -> GateDecision {
        let decision = GateRules.decide(texts: texts, view: view, now: now)
        guard case .open(let pass, _) = decision else { return decision }
        if let use = try use(db, of: pass.id) {
            return .refuse(.alreadyUsed(at: use.at, gate: use.gate))
        }
        try insert(db, pass, gate: gate, isOnline: isOnline, now: now)
        return decision
    }

    /// When and where a pass was used; `nil` when it was not.
    static func use(_ db: Database, of pass: PassID) throws -> PassUse? {
        let row = try Row.fetchOne(
            db, sql: "SELECT consumedAt, gate FROM consumedPass WHERE passId = ?",
            arguments: [Data(pass.bytes)])
        return row.map {
            PassUse(at: Moment(milliseconds: $0["consumedAt"]), gate: $0["gate"])
        }
    }

    private static func insert(
        _ db: Database, _ pass: ExitPass, gate: String, isOnline: Bool, now: Moment
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO consumedPass SELECT ?, ?, ?, coalesce(max(sequence), 0) + 1, ?, ?, ?
                FROM consumedPass WHERE gate = ?
                """,
            arguments: [
                Data(pass.id.bytes), now.milliseconds, gate, Int(pass.basis.rawValue),
                isOnline ? 1 : 0, pass.expiresAt.milliseconds, gate,
            ])
    }

    private static func highestTime(_ db: Database) throws -> Moment? {
        try Int64.fetchOne(db, sql: "SELECT at FROM highestTime").map {
            Moment(milliseconds: $0)
        }
    }

    private static func see(_ db: Database, _ now: Moment) throws {
        try db.execute(
            sql: """
                INSERT INTO highestTime VALUES (1, ?)
                ON CONFLICT (id) DO UPDATE SET at = max(at, excluded.at)
                """, arguments: [now.milliseconds])
    }
}
