package import ToteMessages
import ToteStorage

extension Problem {
    /// What a service tells of whatever its database threw: a `Problem` as it is, a full disk as
    /// 507, a read-only or busy one as 503, anything else as 500 (SYNC-45).
    package init(storing error: any Error) {
        if let problem = error as? Problem {
            self = problem
            return
        }
        switch StorageError(error, path: "").code {
        case .full: self = .storageFull()
        case .readOnly, .busy, .ioError: self = .busy(retryAfterSeconds: 5)
        default: self = .internalError
        }
    }
}

/// Runs a service's work, so that whatever it throws is a `Problem`.
package func answering<Value>(
    _ body: () async throws -> Value
) async throws(Problem) -> Value {
    do { return try await body() } catch { throw Problem(storing: error) }
}
