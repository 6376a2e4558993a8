public import GRDB
public import ToteStorage
public import ToteValues

/// Every request that leaves the device, as a row made before it is sent (EGR-2, EGR-3). A request
/// that a crash interrupts stays `opened`, so that the shopper sees it.
public final class EgressLedger: Sendable {
    private let database: DatabaseQueue
    private let world: World

    /// Tables of this module; a merged step never changes.
    public static let steps = [SchemaStep(identifier: "privacy.1-egress", sql: egressTable)]

    /// Keeps what can be read of a damaged file's ledger, for `DatabaseFile.openOrSalvage`.
    public static func salvage(_ damaged: Database, _ fresh: Database) throws {
        try SalvagedRow.copyAll("egress", from: damaged, to: fresh)
    }

    /// - Parameter database: holds the tables of `steps`.
    public init(database: DatabaseQueue, world: World) {
        self.database = database
        self.world = world
    }

    /// Opens a row and gives the right to send one request.
    /// - Parameters:
    ///   - host: `name` or `name:port`; 443 when no port is named.
    ///   - route: a template without identifiers (EGR-7).
    /// - Throws: `consentMissing` (and keeps a `refused` row), `ledgerUnavailable`.
    public func permit(
        purpose: Purpose, host: String, method: String, route: String, dataClasses: [String]
    ) throws(PrivacyError) -> EgressPermit {
        let refused = purpose.needsConsent
        let row = try insert(
            purpose: purpose, host: host, method: method, route: route, dataClasses: dataClasses,
            outcome: refused ? .refused : .opened)
        guard !refused else {
            throw PrivacyError(
                code: .consentMissing,
                message: "Nothing may leave for \(purpose.rawValue) without consent.",
                mend: "Give consent with: tote privacy grant \(purpose.rawValue)")
        }
        return EgressPermit(row: row, purpose: purpose, host: host)
    }

    /// Closes a row once; a second closing changes nothing.
    public func close(row: Int64, bytesSent: Int, bytesReceived: Int, outcome: EgressRow.Outcome) {
        let now = world.now().milliseconds
        // A ledger that cannot be written leaves the row `opened`: shown as "size unknown".
        try? database.write { db in
            try db.execute(
                sql: """
                    UPDATE egress SET closedAt = ?, bytesSent = ?, bytesReceived = ?, outcome = ?
                    WHERE id = ? AND outcome = 'opened'
                    """,
                arguments: [now, bytesSent, bytesReceived, outcome.rawValue, row])
        }
    }

    /// Rows opened at or after a moment, oldest first.
    public func rows(since: Moment = Moment(milliseconds: 0)) throws(PrivacyError) -> [EgressRow] {
        do {
            return try database.read { db in
                try Row.fetchAll(
                    db, sql: "SELECT * FROM egress WHERE openedAt >= ? ORDER BY id",
                    arguments: [since.milliseconds]
                ).compactMap(EgressRow.init(row:))
            }
        } catch {
            throw Self.unavailable
        }
    }

    private func insert(
        purpose: Purpose, host: String, method: String, route: String, dataClasses: [String],
        outcome: EgressRow.Outcome
    ) throws(PrivacyError) -> Int64 {
        let now = world.now().milliseconds
        let (name, port) = Self.split(host: host)
        do {
            return try database.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO egress (openedAt, closedAt, purpose, host, port, method,
                            routeTemplate, dataClasses, outcome)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        now, outcome == .refused ? now : nil, purpose.rawValue, name, port, method,
                        route, JSONValue.strings(dataClasses).canonicalText, outcome.rawValue,
                    ])
                return db.lastInsertedRowID
            }
        } catch {
            throw Self.unavailable
        }
    }

    /// The last colon splits, unless it stands inside the brackets of an IPv6 address.
    private static func split(host: String) -> (name: String, port: Int) {
        guard let colon = host.lastIndex(of: ":"), !host[colon...].contains("]"),
            let port = UInt16(host[host.index(after: colon)...])
        else { return (host, 443) }
        return (String(host[..<colon]), Int(port))
    }

    private static var unavailable: PrivacyError {
        PrivacyError(
            code: .ledgerUnavailable,
            message: "The egress ledger cannot be written, so nothing was sent.",
            mend: "Check free space and rights of Tote's folder: tote doctor")
    }
}

extension EgressRow {
    fileprivate init?(row: Row) {
        guard let purpose = Purpose(rawValue: row["purpose"]),
            let outcome = Outcome(rawValue: row["outcome"])
        else { return nil }
        let classes = (try? StrictJSON.parse(Array((row["dataClasses"] as String).utf8)))
            .flatMap { try? JSONField($0).strings() }
        let closedAt: Int64? = row["closedAt"]
        self.init(
            id: row["id"], openedAt: Moment(milliseconds: row["openedAt"]),
            closedAt: closedAt.map { Moment(milliseconds: $0) }, purpose: purpose,
            host: row["host"], port: row["port"], method: row["method"],
            routeTemplate: row["routeTemplate"], dataClasses: classes ?? [],
            bytesSent: row["bytesSent"], bytesReceived: row["bytesReceived"], outcome: outcome)
    }
}

/// Times in Unix milliseconds. No consent is recorded yet, so `consentId` is always NULL.
private let egressTable = """
    CREATE TABLE egress (
        id INTEGER PRIMARY KEY,
        openedAt INTEGER NOT NULL,
        closedAt INTEGER,
        purpose TEXT NOT NULL,
        consentId TEXT,
        host TEXT NOT NULL CHECK (length(host) BETWEEN 1 AND 300),
        port INTEGER NOT NULL CHECK (port BETWEEN 0 AND 65535),
        method TEXT NOT NULL,
        routeTemplate TEXT NOT NULL,
        dataClasses TEXT NOT NULL, -- JSON array of names
        bytesSent INTEGER NOT NULL DEFAULT 0 CHECK (bytesSent >= 0),
        bytesReceived INTEGER NOT NULL DEFAULT 0 CHECK (bytesReceived >= 0),
        outcome TEXT NOT NULL CHECK (outcome IN ('opened', 'done', 'failed', 'cut', 'refused'))
    ) STRICT;
    CREATE INDEX egressByTime ON egress (openedAt);
    """
