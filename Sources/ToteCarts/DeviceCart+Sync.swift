package import ToteValues

extension DeviceCart {
    /// What to send next, within the limits of one push: the current stream, and after it what a
    /// restored store lost of earlier ones.
    package func outgoing(
        maxOperations: Int = CartLimits.operationsOfOnePush,
        maxBytes: Int = CartLimits.bytesOfOnePush
    ) -> OutgoingSync {
        let lost = record.cursor == nil || !outbox.isEmpty ? [] : stranded
        let isHeldBack = record.mustReissue || hasGap
        var operations: [CartOperation] = []
        // The envelope of a request is under 256 bytes, that of an operation under 32.
        var bytes = 256
        for operation in lost.isEmpty ? outbox : lost[...] where !isHeldBack {
            bytes += operation.canonicalBody.count + 32
            guard operations.count < maxOperations, bytes <= maxBytes || operations.isEmpty else {
                break
            }
            operations.append(operation.operation)
        }
        return OutgoingSync(
            cursor: record.cursor, stream: lost.first?.dot.stream ?? record.stream,
            from: lost.first?.dot.sequence ?? record.ackedSequence + 1,
            operations: operations, isEarlier: !lost.isEmpty)
    }

    /// Own operations wait to be sent, also those that must be issued anew first.
    package var hasUnsent: Bool {
        record.mustReissue || record.ackedSequence < record.lastSequence || !stranded.isEmpty
    }

    /// Own operations of the current stream that the store has not acknowledged, in order. After
    /// a restore the pulled log may still hold what the store has lost, so these are not `pending`.
    package var outbox: ArraySlice<OwnOperation> {
        let stream = record.stream
        var start = own.endIndex
        while start > own.startIndex {
            let dot = own[start - 1].dot
            guard dot.stream == stream, dot.sequence > record.ackedSequence else { break }
            start -= 1
        }
        return own[start...]
    }

    /// The store acknowledges less than was deleted here (SYNC-24): what follows the gap cannot
    /// be sent in this stream.
    private var hasGap: Bool {
        record.ackedSequence < record.lastSequence
            && outbox.first?.dot.sequence != record.ackedSequence + 1
    }

    /// Operations of an earlier incarnation that the log lacks, because the store was restored to
    /// before them: one stream's, without gaps. They keep their names, so that what others did to
    /// them still holds.
    package var stranded: [OwnOperation] {
        guard !record.mustReissue else { return [] }
        let current = record.stream
        let lost = pending.lazy.map(\.operation.dot).filter { $0.stream != current }
        guard let first = lost.first else { return [] }
        let stream = lost.filter { $0.stream == first.stream }
        return zip(stream, first.sequence...).prefix { $0.sequence == $1 }
            .compactMap { ownOperation($0.0) }
    }
}

// MARK: - Answers

extension DeviceCart {
    /// Takes a delta and its cursor, after the chain is verified.
    /// - Parameters:
    ///   - ack: of the current stream; `nil` for a plain pull and for an earlier stream.
    ///   - trusting: take the store's state as given although the chain does not fit.
    package mutating func accept(
        cursor: Cursor, state: CartState, entries: [ReceivedEntry], more: Bool, ack: UInt64?,
        trusting: Bool = false, newIncarnation: () -> Incarnation
    ) -> DeltaOutcome {
        let start = record.cursor == nil ? Cart(id: record.cart) : base
        guard let log = resolve(entries, after: start.revision),
            record.cursor.map({ $0.epoch == cursor.epoch }) ?? true,
            trusting || Self.reaches(cursor, log, start)
        else { return .badChain }
        let isForked = contradicts(log)
        take(log, upTo: cursor)
        record.state = state
        record.cursor = cursor
        let isOutrun = acknowledge(ack)
        noteRecord()
        // A log that was pulled whole says at once what is to be issued anew.
        if !record.mustReissue, isForked || isOutrun || hasGap {
            fork(newIncarnation: newIncarnation, pulledWhole: !more)
        }
        if record.mustReissue, record.cursor != nil, !more { reissue(newIncarnation) }
        return .accepted(entries: log.count)
    }

    /// The store answered that our cursor is not of its log: everything is pulled again, and
    /// what it lacks is sent again.
    package mutating func resync(ack: UInt64) {
        record.cursor = nil
        if Mutant.noRepushAfterRestore.isPlanted { return noteRecord() }
        record.ackedSequence = min(ack, record.lastSequence)
        noteRecord()
    }

    /// Pulls everything again at the next sync; acknowledgements stand.
    package mutating func forgetCursor() {
        record.cursor = nil
        noteRecord()
    }

    /// The store answered `POST /v1/carts`.
    package mutating func register(grant: String?) {
        record.isRegistered = true
        record.grant = grant ?? record.grant
        noteRecord()
    }

    /// The store no longer knows the cart, or no longer takes the grant.
    package mutating func unregister() {
        record.isRegistered = false
        noteRecord()
    }

    package mutating func moved(to target: CartID) {
        record.state = .moved
        record.movedTo = target
        noteRecord()
        refold()
    }

    private typealias Resolved = (entry: LogEntry, hash: LogHash)

    /// Entries as log entries, own ones with the body that this file holds; `nil` when one is
    /// missing or out of order.
    private func resolve(_ entries: [ReceivedEntry], after revision: Int64) -> [Resolved]? {
        var log: [Resolved] = []
        for received in entries {
            guard received.revision == revision + Int64(log.count) + 1,
                let (operation, hash) = operation(received)
            else { return nil }
            let entry = LogEntry(
                revision: received.revision, operation: operation,
                disposition: received.disposition, role: received.role,
                priceLock: received.priceLock)
            log.append((entry, hash))
        }
        return log
    }

    private func operation(_ entry: ReceivedEntry) -> (CartOperation, LogHash)? {
        guard let body = entry.body else {
            return ownOperation(entry.dot).map { ($0.operation, $0.hash) }
        }
        let operation = try? CartOperation(dot: entry.dot, bodyJSON: body, strict: false)
        return operation.map { ($0, $0.hash) }
    }

    private static func reaches(_ cursor: Cursor, _ log: [Resolved], _ start: Cart) -> Bool {
        let hash = log.reduce(start.hash) {
            LogHashing.step($0, $1.entry, operation: $1.hash)
        }
        return hash == cursor.hash && start.revision + Int64(log.count) == cursor.revision
    }

    /// Whether one of our sequences is another's operation: this file is a copy.
    private func contradicts(_ log: [Resolved]) -> Bool {
        log.contains { entry, hash in
            ownOperation(entry.operation.dot).map { $0.hash != hash } ?? false
        }
    }

    private mutating func take(_ log: [Resolved], upTo cursor: Cursor) {
        let isWhole = record.cursor == nil
        let member = base.member
        if isWhole {
            base = Cart(id: record.cart)
            base.member = member
            if !held.isEmpty { note(.clearEntries) }
            held = [:]
        }
        for (entry, hash) in Mutant.cursorBeforeDelta.isPlanted ? log.dropLast() : log[...] {
            let isOwn = ownOperation(entry.operation.dot)?.hash == hash
            hold(entry, hash: hash)
            note(.entry(entry, hash: hash, bodyIsOwn: isOwn))
        }
        // The chain was verified, or the store's state is taken as given.
        (base.revision, base.hash) = (cursor.revision, cursor.hash)
        findPending(
            among: isWhole ? own : pending.compactMap { ownOperation($0.operation.dot) })
    }

    /// - Returns: whether the store has more of our stream than we do: this file is an old copy.
    private mutating func acknowledge(_ ack: UInt64?) -> Bool {
        guard let ack else { return false }
        // Less than believed: the store lost some, as after a restore (SYNC-53).
        if ack < record.ackedSequence { record.cursor = nil }
        let isKept = Mutant.noRepushAfterRestore.isPlanted && ack < record.ackedSequence
        if !isKept { record.ackedSequence = min(ack, record.lastSequence) }
        if Mutant.deleteOwnAtAck.isPlanted {
            dropOwn(Set(own.map(\.dot).filter { held[$0] != nil }))
        }
        return ack > record.lastSequence
    }
}
