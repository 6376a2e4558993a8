import GRDB
import Synchronization

// Group commit (SYNC-41). Writes that come while a transaction is under way wait and go together
// into the next one, at most 64, each in a savepoint of its own; all are answered after the
// commit. So an idle store answers at once, and a busy one makes one fsync for many. A group that
// fails as a whole (full disk) is tried again one by one (SYNC-45).

final class GroupCommit: Sendable {
    static let largestGroup = 64

    /// One write: runs in a savepoint and keeps its outcome until it is told the group's.
    private struct Job: Sendable {
        /// - Throws: only what dooms the whole group.
        let run: @Sendable (Database) throws -> Void
        let finish: @Sendable ((any Error)?) -> Void
    }

    private struct State {
        var waiting: [Job] = []
        var isRunning = false
    }

    private let database: DatabaseQueue
    private let state = Mutex(State())

    init(database: DatabaseQueue) { self.database = database }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let outcome = Outcome<Value>()
            enqueue(
                Job(
                    run: { db in try outcome.run(db, body) },
                    finish: { failure in continuation.resume(with: outcome.result(failure)) }))
        }
    }

    private func enqueue(_ job: Job) {
        let start = state.withLock { state in
            state.waiting.append(job)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if start { Task { await drain() } }
    }

    private func next() -> [Job] {
        state.withLock { state in
            let group = Array(state.waiting.prefix(Self.largestGroup))
            state.waiting.removeFirst(group.count)
            if group.isEmpty { state.isRunning = false }
            return group
        }
    }

    private func drain() async {
        while true {
            let group = next()
            if group.isEmpty { return }
            if await commit(group) == nil {
                for job in group { job.finish(nil) }
            } else {
                for job in group { job.finish(await commit([job])) }
            }
        }
    }

    /// - Returns: why nothing of the group was committed; `nil` when it is durable.
    private func commit(_ group: [Job]) async -> (any Error)? {
        do {
            try await database.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    for job in group { try job.run(db) }
                    return .commit
                }
            }
            return nil
        } catch {
            return error
        }
    }
}

/// What one write gave, between its savepoint and the group's commit.
private final class Outcome<Value: Sendable>: Sendable {
    private let own = Mutex<Result<Value, any Error>?>(nil)

    func run(_ db: Database, _ body: (Database) throws -> Value) throws {
        var value: Value?
        do {
            try db.inSavepoint {
                value = try body(db)
                return .commit
            }
            if let value { set(.success(value)) }
        } catch {
            set(.failure(error))
            // SQLite may have rolled back everything; and what has no room now has none later.
            if !db.isInsideTransaction || Self.doomsGroup(error) { throw error }
        }
    }

    func result(_ failure: (any Error)?) -> Result<Value, any Error> {
        if let failure { return .failure(failure) }
        return own.withLock { $0 } ?? .failure(CancellationError())
    }

    private func set(_ result: Result<Value, any Error>) { own.withLock { $0 = result } }

    private static func doomsGroup(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        switch error.resultCode {
        case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_NOMEM, .SQLITE_BUSY,
            .SQLITE_CORRUPT, .SQLITE_CANTOPEN:
            return true
        default: return false
        }
    }
}
