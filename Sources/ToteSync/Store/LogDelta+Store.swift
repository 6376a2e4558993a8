import ToteCarts
package import ToteMessages
package import ToteValues

extension LogDelta {
    /// About 200 KiB of the 256 that an answer may have: envelopes and JSON escapes need room.
    private static let bytes = 200 * 1024
    /// The envelope of an entry is under 200 bytes.
    private static let envelopeBytes = 200

    /// The entries after a revision within the limits of one answer (SYNC-48).
    /// - Parameters:
    ///   - hash: of the log up to `revision`.
    ///   - own: the stream whose bodies the device has; `nil` sends all bodies.
    ///   - next: the log's entries after `revision`, one by one.
    package init<Failure: Error>(
        of head: CartHead, epoch: Epoch, after revision: Int64, hash: LogHash, own: Stream?,
        next: () throws(Failure) -> StoreEntry?
    ) throws(Failure) {
        var entries: [ReceivedEntry] = []
        var last = (revision: revision, hash: hash)
        var bytes = 0
        while entries.count < CartLimits.entriesOfOneAnswer, bytes < Self.bytes,
            let stored = try next()
        {
            let isOwn = revision > 0 && stored.entry.operation.dot.stream == own
            bytes += Self.envelopeBytes + (isOwn ? 0 : stored.body.count)
            entries.append(ReceivedEntry(stored.entry, withBody: !isOwn))
            last = (stored.entry.revision, stored.logHash)
        }
        self.init(
            cursor: Cursor(epoch: epoch, revision: last.revision, hash: last.hash),
            state: head.state, entries: entries, more: last.revision < head.revision)
    }
}
