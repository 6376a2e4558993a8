import GRDB
import ToteValues

/// How often a wrong password or code may be tried (TOK-10). A stranger slows down only the pair
/// of a member and that stranger's own source; the device grant itself stays open.
struct LoginThrottle: Sendable {
    let now: Int64

    private enum Limit {
        static let pairLock = 10
        static let lockSeconds: Int64 = 900
        static let wrongPerHour = 100
        static let codesPerForm = 5
        static let codesPerHour = 1000
        static let hour: Int64 = 3600
    }

    /// Counts a password try before it is checked, so that parallel guesses count too.
    /// - Returns: seconds to wait when the try is not allowed.
    func countPassword(_ db: Database, member: String, source: String) throws -> Int? {
        let (member, source) = (Self.key(member), Self.key(source))
        let waits = [
            try wait(db, member, source, limit: 0),
            try wait(db, "", source, limit: Limit.wrongPerHour),
            try wait(db, member, "", limit: Limit.wrongPerHour),
        ].compactMap { $0 }
        if let longest = waits.max() { return longest }
        try countPair(db, member, source)
        try countWindow(db, "", source, seconds: Limit.hour)
        let total = try countWindow(db, member, "", seconds: Limit.hour)
        if total == Limit.wrongPerHour {
            try set(db, member, "", total, until: now + Limit.lockSeconds)
        }
        return nil
    }

    /// A right password takes its own count back.
    func forgive(_ db: Database, member: String, source: String) throws {
        let (member, source) = (Self.key(member), Self.key(source))
        try db.execute(
            sql: "DELETE FROM loginFailure WHERE memberHash = ? AND sourceHash = ?",
            arguments: [member, source])
        try db.execute(
            sql: """
                UPDATE loginFailure SET count = count - 1
                WHERE (memberHash = '' AND sourceHash = ?) OR (memberHash = ? AND sourceHash = '')
                """,
            arguments: [source, member])
    }

    /// - Returns: seconds to wait when no further code may be tried on that form, or in this
    ///   store.
    func codeWait(_ db: Database, form: String) throws -> Int? {
        let ofForm = try wait(db, "form", Self.key(form), limit: Limit.codesPerForm)
        let ofStore = try wait(db, "code", "store", limit: Limit.codesPerHour)
        return [ofForm, ofStore].compactMap { $0 }.max()
    }

    func countWrongCode(_ db: Database, form: String) throws {
        try countWindow(db, "form", Self.key(form), seconds: Limit.lockSeconds)
        try countWindow(db, "code", "store", seconds: Limit.hour)
    }

    private static func key(_ text: String) -> String {
        Hex.encode(Hashing.sha256(Array(text.lowercased().utf8)).prefix(16))
    }

    private func wait(
        _ db: Database, _ member: String, _ source: String, limit: Int
    ) throws -> Int? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT until FROM loginFailure
                WHERE memberHash = ? AND sourceHash = ? AND count >= ? AND until > ?
                """,
            arguments: [member, source, limit, now])
        return row.map { Int(($0["until"] as Int64) - now) }
    }

    private func countPair(_ db: Database, _ member: String, _ source: String) throws {
        let before = try Int.fetchOne(
            db, sql: "SELECT count FROM loginFailure WHERE memberHash = ? AND sourceHash = ?",
            arguments: [member, source])
        let count = (before ?? 0) + 1
        if count >= Limit.pairLock {
            try set(db, member, source, 0, until: now + Limit.lockSeconds)
        } else {
            try set(db, member, source, count, until: now + 1 << Int64(count - 1))
        }
    }

    @discardableResult
    private func countWindow(
        _ db: Database, _ member: String, _ source: String, seconds: Int64
    ) throws -> Int {
        let open = try Row.fetchOne(
            db,
            sql: """
                SELECT count, until FROM loginFailure
                WHERE memberHash = ? AND sourceHash = ? AND until > ?
                """,
            arguments: [member, source, now])
        let count = open.map { ($0["count"] as Int) + 1 } ?? 1
        try set(db, member, source, count, until: open?["until"] ?? now + seconds)
        return count
    }

    private func set(
        _ db: Database, _ member: String, _ source: String, _ count: Int, until: Int64
    ) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO loginFailure VALUES (?, ?, ?, ?)",
            arguments: [member, source, count, until])
    }
}
