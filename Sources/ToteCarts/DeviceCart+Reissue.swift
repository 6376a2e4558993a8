package import ToteValues

// When this file turns out to be a copy, an old backup or salvaged, its streams may carry other
// operations at the store. It goes on in a new incarnation, pulls everything, and sends again what
// the store does not hold by hash, under a new name only where the old one is taken; nothing is
// sent in between (SYNC-2, SYNC-31).

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
    package mutating func skip(
        sequence: UInt64, of stream: Stream? = nil, reason: String
    ) -> CartOperation? {
        let stream = stream ?? record.stream
        let dot = Dot(
            device: stream.device, incarnation: stream.incarnation, sequence: sequence)
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
    package mutating func undoSkip(
        sequence: UInt64, of stream: Stream? = nil, stored: LogHash
    ) -> Bool {
        let stream = stream ?? record.stream
        let dot = Dot(
            device: stream.device, incarnation: stream.incarnation, sequence: sequence)
        guard let skipped = ownOperation(dot), let refused = skipped.refused,
            refused.hash == stored
        else { return false }
        replaceOwn(skipped.holding(refused, refusedBody: nil))
        findPending(among: own)
        return true
    }

    /// After the whole log was pulled. What it lacks keeps its name and is sent again in its own
    /// stream (`stranded`): a push of before may still be under way, and an operation of two names
    /// would count twice (SYNC-I5). Only what cannot be sent as it is gets a new name, and then
    /// the current stream, of which nothing was sent, follows it: as 1, 2, 3 … of an incarnation
    /// that names nothing yet, for what was done meanwhile has its names already (SYNC-3).
    mutating func reissue(_ newIncarnation: () -> Incarnation) {
        let spoilt = spoilt()
        record.mustReissue = false
        noteRecord()
        guard !spoilt.isEmpty else { return findPending(among: own) }
        let renamed = spoilt.union(own.filter { $0.dot.stream == record.stream }.map(\.dot))
        rename(own.filter { renamed.contains($0.dot) }, newIncarnation)
    }

    /// What the store holds another operation in place of, what has a gap before it, and what
    /// names either.
    private func spoilt() -> Set<Dot> {
        var next = held.keys.reduce(into: [Stream: UInt64]()) { next, dot in
            next[dot.stream] = max(next[dot.stream, default: 1], dot.sequence + 1)
        }
        var spoilt: Set<Dot> = []
        for operation in own where !isHeld(operation) && operation.dot.stream != record.stream {
            let dot = operation.dot
            let isNext = dot.sequence == next[dot.stream, default: 1]
            if isNext, operation.operation.body.named.isDisjoint(with: spoilt) {
                next[dot.stream] = dot.sequence + 1
            } else {
                spoilt.insert(dot)
            }
        }
        return spoilt
    }

    /// Voids follow their scans to the new dots.
    private mutating func rename(_ lost: [OwnOperation], _ newIncarnation: () -> Incarnation) {
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
        findPending(among: own)
    }
}

extension CartOperationBody {
    /// Dots that it says something about.
    var named: Set<Dot> {
        switch self {
        case .void(let targets, _): Set(targets.map(\.dot))
        case .unclip(let dot), .release(let dot), .attr(let dot, _, _): [dot]
        default: []
        }
    }

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
