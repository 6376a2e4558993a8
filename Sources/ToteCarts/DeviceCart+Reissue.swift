package import ToteValues

// When this file turns out to be a copy, an old backup or salvaged, its streams may carry other
// operations at the store. It goes on in a new incarnation, pulls everything, and issues anew
// what the store does not hold by hash; nothing is sent in between (SYNC-2, SYNC-31).

extension DeviceCart {
    /// Goes on in a new incarnation.
    /// - Parameter pulledWhole: the log is complete here, so that it need not be pulled again.
    package mutating func fork(newIncarnation: () -> Incarnation, pulledWhole: Bool = false) {
        record.incarnation = newIncarnation()
        record.lastSequence = 0
        record.ackedSequence = 0
        if !pulledWhole { record.cursor = nil }
        record.mustReissue = true
        noteRecord()
    }

    /// A lone operation was refused as malformed: a `skip` takes its place, so that the queue
    /// goes on (SYNC-26).
    /// - Returns: the refused operation; `nil` when that sequence is not ours or skipped already.
    package mutating func skip(sequence: UInt64, reason: String) -> CartOperation? {
        let dot = Dot(
            device: record.device, incarnation: record.incarnation, sequence: sequence)
        guard let refused = ownOperation(dot), !isHeld(refused) else { return nil }
        if case .skip = refused.operation.body { return nil }
        let skip = CartOperation(dot: dot, body: .skip(reason: reason))
        replaceOwn(refused.holding(skip, refusedBody: refused.canonicalBody))
        findPending(among: own)
        return refused.operation
    }

    /// The store says which operation it holds at a sequence: when it is the one that a `skip`
    /// replaced, the skip is undone.
    /// - Returns: whether it was; else the stream is forked.
    package mutating func undoSkip(sequence: UInt64, stored: LogHash) -> Bool {
        let dot = Dot(
            device: record.device, incarnation: record.incarnation, sequence: sequence)
        guard let skipped = ownOperation(dot), let refused = skipped.refused,
            refused.hash == stored
        else { return false }
        replaceOwn(skipped.holding(refused, refusedBody: nil))
        findPending(among: own)
        return true
    }

    /// All own operations that the whole pulled log does not hold, as 1, 2, 3 … of an incarnation
    /// that names nothing yet, for what was done meanwhile has its names already (SYNC-3); voids
    /// follow their scans to the new dots.
    mutating func reissue(_ newIncarnation: () -> Incarnation) {
        let lost = own.filter { !isHeld($0) }
        if record.lastSequence > 0 { record.incarnation = newIncarnation() }
        let stream = record.stream
        dropOwn(Set(lost.map(\.dot)))
        var renamed: [Dot: Dot] = [:]
        for (index, old) in lost.enumerated() {
            let dot = Dot(
                device: stream.device, incarnation: stream.incarnation,
                sequence: UInt64(index + 1))
            renamed[old.dot] = dot
            let body = old.operation.body.renaming(renamed)
            addOwn(
                old.holding(
                    CartOperation(dot: dot, body: body), refusedBody: old.refusedBody))
        }
        record.lastSequence = UInt64(lost.count)
        record.ackedSequence = 0
        record.mustReissue = false
        noteRecord()
        findPending(among: own)
    }
}

extension CartOperationBody {
    func renaming(_ names: [Dot: Dot]) -> CartOperationBody {
        switch self {
        case .void(let targets, let reason):
            let renamed = targets.map { target in
                VoidTarget(dot: names[target.dot] ?? target.dot, units: target.units)
            }
            return .void(targets: renamed, reason: reason)
        case .unclip(let dot): return .unclip(names[dot] ?? dot)
        case .release(let dot): return .release(names[dot] ?? dot)
        case .attr(let dot, let key, let value):
            return .attr(dot: names[dot] ?? dot, key: key, value: value)
        default: return self
        }
    }
}
