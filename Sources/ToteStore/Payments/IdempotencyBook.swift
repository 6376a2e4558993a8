import Crypto
import FoundationEssentials
import GRDB
import ToteMessages
import ToteValues

/// Remembers what a POST was answered, so that its repeat gets the same (IDM-2, IDM-3). Only
/// answers are kept: a request that failed has changed nothing and may be tried again.
struct IdempotencyBook: Sendable {
    let database: StoreDatabase
    let world: World

    /// Runs `work` at most once for this caller, route and key.
    /// - Throws: `Problem` 400 without a usable key, 409 while the first one runs, 422 for the
    ///   same key with another body; what `work` throws.
    func once<Answer: JSONReadable & JSONWritable & Sendable>(
        caller: Caller, route: String, key: String?, body: JSONValue,
        work: @Sendable () async throws -> Answer
    ) async throws -> Answer {
        guard let key, Self.isUsable(key) else {
            throw Problem.malformed("This request needs an Idempotency-Key.")
        }
        let entry = Entry(caller: Self.name(caller), route: route, key: key)
        let hash = Array(SHA256.hash(data: body.canonical))
        if let answer: Answer = try await begin(entry, hash: hash) { return answer }
        do {
            let answer = try await work()
            try await finish(entry, answer: answer.json.canonicalText)
            return answer
        } catch {
            try? await forget(entry)
            throw error
        }
    }

    /// Requests that a killed process left running can come again.
    func forgetInterrupted() async throws {
        try await database.write { db in
            try db.execute(sql: "DELETE FROM idempotency WHERE answer IS NULL")
        }
    }

    struct Entry: Sendable {
        let caller: String
        let route: String
        let key: String

        var arguments: StatementArguments { [caller, route, key] }
    }

    /// 16–64 of `[0-9a-zA-Z_-]`.
    private static func isUsable(_ key: String) -> Bool {
        (16...64).contains(key.utf8.count)
            && key.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
                default: false
                }
            }
    }

    private static func name(_ caller: Caller) -> String {
        if let member = caller.member { return "member \(member.memberID)" }
        if let key = caller.keyThumbprint { return "key \(key)" }
        return "device \(caller.device?.text ?? "")"
    }

    private func begin<Answer: JSONReadable & Sendable>(
        _ entry: Entry, hash: [UInt8]
    ) async throws -> Answer? {
        try await database.write { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT bodyHash, answer, at FROM idempotency
                    WHERE caller = ? AND route = ? AND key = ?
                    """, arguments: entry.arguments)
            guard let row else {
                try db.execute(
                    sql: "INSERT INTO idempotency VALUES (?, ?, ?, ?, NULL, ?)",
                    arguments: entry.arguments + [Data(hash), world.now().milliseconds])
                return nil
            }
            guard Array(row["bodyHash"] as Data) == hash else {
                throw Problem.idempotencyConflict(firstAt: Moment(milliseconds: row["at"]))
            }
            guard let answer = row["answer"] as String? else { throw Problem.stillRunning }
            return try Answer(json: SettlementStore.json(answer))
        }
    }

    private func finish(_ entry: Entry, answer: String) async throws {
        try await database.write { db in
            try db.execute(
                sql: "UPDATE idempotency SET answer = ? WHERE caller = ? AND route = ? AND key = ?",
                arguments: [answer] + entry.arguments)
        }
    }

    private func forget(_ entry: Entry) async throws {
        try await database.write { db in
            try db.execute(
                sql: "DELETE FROM idempotency WHERE caller = ? AND route = ? AND key = ?",
                arguments: entry.arguments)
        }
    }
}
