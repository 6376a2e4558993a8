package import ToteCarts
package import ToteMessages
package import ToteValues

/// Who asks, as far as a cart's log needs to know it; from the credential, never from a body.
package struct CartCaller: Hashable, Sendable {
    /// The device whose key made the proof; `nil` until that key has created a cart.
    package let device: DeviceID?
    /// The pairwise id in hexadecimal.
    package let member: String?
    package let role: Role

    package init(device: DeviceID?, member: String?, role: Role) {
        self.device = device
        self.member = member
        self.role = role
    }
}

/// What the store says of goods when their scan arrives (merge table row 16).
package enum ScanJudgement: Hashable, Sendable {
    case sold
    /// Blocks the close until an associate releases it, or it is removed.
    case hold(String)
    /// Moves the units to *rejected*.
    case reject(String)
}

/// What a push did.
package struct PushOutcome: Sendable {
    /// The stream's last sequence that the store holds.
    package let ack: UInt64
    /// What was not simply applied.
    package let results: [SyncResult]
    /// To be brought to the carry-over cart in the same transaction.
    package let carryOvers: [CarryOver]
}

extension SyncRequest {
    package var stream: Stream { Stream(device: device, incarnation: incarnation) }
}

extension StoreSync {
    /// What can be refused before any cart is looked at: `tooLarge`, `wrongDevice`.
    package static func check(
        _ request: SyncRequest, by caller: CartCaller
    ) throws(Problem) {
        guard request.operations.count <= CartLimits.operationsOfOnePush else {
            throw .tooLarge(maxBytes: CartLimits.bytesOfOnePush)
        }
        if let device = caller.device, device != request.device { throw .wrongDevice }
        if request.device == .store { throw .wrongDevice }
    }
}

extension StoreCart {
    /// One push (SYNC-40): all or nothing; a repeat, an overlap or an old request applies nothing
    /// twice. Needs the stream's last sequence, the cursor's log hash, the hashes of repeated
    /// dots, and what the operations name.
    /// - Parameters:
    ///   - mayLock: whether the store promises a book's prices now (SYNC-55).
    ///   - judge: what the store says of a scan; its answer follows the scan in the log.
    /// - Throws: `resync`, `streamFork`, `invalid`; then nothing has changed.
    package mutating func push(
        _ request: SyncRequest, by caller: CartCaller, epoch: Epoch,
        mayLock: (BookVersion) -> Bool, judge: (Dot, ScanBody) -> ScanJudgement = { _, _ in .sold }
    ) throws(Problem) -> PushOutcome {
        let stream = request.stream
        let ack = streams[stream, default: 0]
        let decision = StoreSync.decide(
            request, ack: ack, head: head.cursor(epoch), logHash: { logHash(at: $0) },
            stored: { hashes[$0] })
        switch decision {
        case .resync(let reason):
            throw .resync(cursor: head.cursor(epoch), ack: ack, reason: reason)
        case .fork(let sequence, let stored, let pushed):
            throw .streamFork(sequence: sequence, stored: stored, pushed: pushed)
        case .append(let fresh) where !fresh.isEmpty:
            if ack == 0 { try checkRoom(for: request.device) }
            let (results, carryOvers) = append(
                fresh, by: caller, epoch, mayLock: mayLock, judge: judge)
            set(stream, last: ack + UInt64(fresh.count))
            return PushOutcome(
                ack: ack + UInt64(fresh.count), results: results, carryOvers: carryOvers)
        case .append, .gap: return PushOutcome(ack: ack, results: [], carryOvers: [])
        }
    }

    private func checkRoom(for device: DeviceID) throws(Problem) {
        let others = room ?? count(otherThan: device)
        guard others.devices < CartLimits.devices, others.streams < CartLimits.streams else {
            // No 422: the device would take its scan for unreadable and skip it (SYNC-26).
            throw Problem(
                status: 403, code: "tooManyDevices",
                detail: "This cart has as many devices as it can have.")
        }
    }

    /// The store's own stream is left out.
    private func count(otherThan device: DeviceID) -> StreamCount {
        let known = streams.filter { $0.value > 0 && $0.key.device != .store }.keys
        let others = Set(known.map(\.device)).subtracting([device])
        return StreamCount(devices: others.count, streams: known.count)
    }

    private mutating func append(
        _ operations: [CartOperation], by caller: CartCaller, _ epoch: Epoch,
        mayLock: (BookVersion) -> Bool, judge: (Dot, ScanBody) -> ScanJudgement
    ) -> ([SyncResult], [CarryOver]) {
        var results: [SyncResult] = []
        var late: [CartOperationBody] = []
        if Mutant.dropLate.isPlanted, head.state == .paid { return ([], []) }
        for operation in operations {
            let verdict = append(
                operation, role: caller.role, member: caller.member,
                priceLock: lock(operation, mayLock))
            let isScan = if case .scan = operation.body { true } else { false }
            late += carried(operation.body, dots: isScan ? [operation.dot] : [], verdict)
            hold(operation, epoch, judge)
            if verdict.disposition != .applied {
                results.append(
                    SyncResult(
                        sequence: operation.dot.sequence, disposition: verdict.disposition,
                        code: verdict.refusal?.rawValue, removed: verdict.removed))
            }
        }
        return (results, late.isEmpty ? [] : carryOver(late))
    }

    /// Only what lives in this cart is held here.
    mutating func hold(
        _ operation: CartOperation, _ epoch: Epoch, _ judge: (Dot, ScanBody) -> ScanJudgement
    ) {
        guard case .scan(let scan) = operation.body, cart.dots[operation.dot]?.live ?? 0 > 0
        else { return }
        switch judge(operation.dot, scan) {
        case .sold: break
        case .hold(let reason): append(own: .hold(dot: operation.dot, reason: reason), epoch)
        case .reject(let reason):
            append(own: .reject(dot: operation.dot, reason: reason), epoch)
        }
    }

    private func lock(
        _ operation: CartOperation, _ mayLock: (BookVersion) -> Bool
    ) -> BookVersion {
        guard case .scan(let scan) = operation.body, scan.book > 0, mayLock(scan.book) else {
            return 0
        }
        return scan.book
    }
}
