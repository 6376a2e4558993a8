public import ToteCarts
public import ToteMessages
public import ToteValues

/// The store's end of a push as a pure decision (SYNC-40): the same request, repeated, late or
/// overlapping, never applies an operation twice, and nothing is applied in part.
public enum StoreSync {
    public enum Decision: Hashable, Sendable {
        /// These are new and follow the acknowledged ones; none for a pull or a repeat.
        case append([CartOperation])
        /// Operations are missing in between: nothing is applied, the answer says `ack`.
        case gap
        /// The cursor is not one of this log.
        case resync(reason: String)
        /// A sequence was taken by another operation.
        case fork(sequence: UInt64, stored: LogHash, pushed: LogHash)
    }

    /// - Parameters:
    ///   - ack: the stream's last sequence that the store holds.
    ///   - head: the log's cursor now.
    ///   - logHash: the hash of the log up to a revision, `nil` for none.
    ///   - stored: the hash of the operation that is logged under a dot.
    public static func decide<Failure: Error>(
        _ request: SyncRequest, ack: UInt64, head: Cursor,
        logHash: (Int64) throws(Failure) -> LogHash?, stored: (Dot) throws(Failure) -> LogHash?
    ) throws(Failure) -> Decision {
        if let cursor = request.cursor,
            let reason = try mismatch(cursor, head: head, logHash: logHash)
        {
            return .resync(reason: reason)
        }
        if request.operations.isEmpty { return .append([]) }
        if request.from > ack + 1, !Mutant.ackJumpsGap.isPlanted { return .gap }
        if Mutant.noDedupe.isPlanted { return .append(request.operations) }
        for operation in request.operations where operation.dot.sequence <= ack {
            guard let hash = try stored(operation.dot), hash != operation.hash else { continue }
            if Mutant.overwriteOnFork.isPlanted { return .append(request.operations) }
            return .fork(
                sequence: operation.dot.sequence, stored: hash, pushed: operation.hash)
        }
        return .append(request.operations.filter { $0.dot.sequence > ack })
    }

    /// Why a cursor is not one of this log: `epoch`, `revision` or `hash`; `nil` when it is.
    package static func mismatch<Failure: Error>(
        _ cursor: Cursor, head: Cursor, logHash: (Int64) throws(Failure) -> LogHash?
    ) throws(Failure) -> String? {
        if cursor.epoch != head.epoch { return "epoch" }
        if cursor.revision > head.revision { return "revision" }
        if Mutant.noHashInCursor.isPlanted { return nil }
        return try logHash(cursor.revision) == cursor.hash ? nil : "hash"
    }
}
