import GRDB
public import ToteValues

extension Catalogue {
    /// Whether a price lock may name this book (SYNC-55): it is in force, or was followed by the
    /// next at most so many seconds ago, by the clock of whoever asks.
    public func mayLock(_ version: BookVersion, at now: Moment, graceSeconds: Int64) -> Bool {
        if version == bookVersion { return true }
        let next = try? read { reader in
            guard try reader.hasBook(version) else { return Int64?.none }
            return try Int64.fetchOne(
                reader.database,
                sql: "SELECT receivedAt FROM book WHERE version > ? ORDER BY version LIMIT 1",
                arguments: [version])
        }
        guard let ended = next ?? nil else { return false }
        return now.milliseconds - ended <= graceSeconds * 1000
    }
}
