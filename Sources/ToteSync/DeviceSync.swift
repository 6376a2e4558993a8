package import ToteCarts
package import ToteMessages
package import ToteValues

// The whole conversation of a device with its store about one cart, as a value (SYNC-54): events
// in, effects out, no clock, no network, no file. What it decides about the cart it does to the
// `DeviceCart` it is given; whoever performs the effects makes that durable first, and only then
// sends. Requests are numbered, and an answer counts for the one in flight alone (SYNC-53).

/// What came of a request.
package enum SyncResponse: Hashable, Sendable {
    case answer(SyncAnswer)
    case problem(Problem)
    /// No answer, or none of a known schema (SYNC-52).
    case none
    /// The credential could not be presented.
    case noCredential
}

/// Decides what a device sends to its store about one cart, and what answers do to the cart.
package struct DeviceSync: Hashable, Sendable {
    package enum Event: Hashable, Sendable {
        /// An operation was committed, a hint came, or the 25 s timer fired.
        case wanted
        /// A timer of `.wait` ended, or the link came up.
        case timer, linkUp
        case credential
        /// The receipt is verified and every own sequence is acknowledged.
        case finished
        /// - `to`: the number of the request.
        case response(SyncResponse, to: UInt64)
    }

    package enum Effect: Hashable, Sendable {
        case send(SyncRequest, number: UInt64)
        /// A whole number of milliseconds drawn evenly from 0…`upToMilliseconds` (SYNC-52).
        case wait(upToMilliseconds: Int64)
        /// As the store asked, at most 120 s.
        case waitExactly(milliseconds: Int64)
        /// So many operations were acknowledged, so many entries came in; `results` tells which
        /// operations were not simply applied.
        case took(pushed: Int, pulled: Int, results: [SyncResult])
        /// The store cannot read this operation; a skip has taken its place (SYNC-26).
        case refused(CartOperation)
        /// The store has lost something, as after a restore, and knows again what this device does:
        /// it is to be told of this device's confirmed sets and receipts (SYNC-61).
        case attest
        /// Answers come and lead nowhere (SYNC-I11); tried again after the wait.
        case gaveUp
    }

    private var rhythm = SyncRhythm()
    /// Of the last request.
    private var number: UInt64 = 0
    private var inFlight: OutgoingSync?
    private var maxOperations = CartLimits.operationsOfOnePush
    private var maxBytes = CartLimits.bytesOfOnePush
    /// Uptime at which the chain last did not fit (SYNC-49: never a loop).
    private var badChainAt: Int64?
    /// The store did not know our cursor.
    private var mustAttest = false
    /// Answers in a row that promise more and bring nothing.
    private var idleRounds = 0
    private static let mostIdleRounds = 4
    private static let trustMilliseconds: Int64 = 60_000

    package init() {}

    package var state: SyncRhythm.State { rhythm.state }

    /// Bounds of SYNC-52: 0.5 s doubling to 30 s.
    package static func backoffMilliseconds(attempt: Int) -> Int64 {
        SyncRhythm.backoffMilliseconds(attempt: attempt)
    }

    /// - Parameters:
    ///   - cart: its changes must be durable before an effect is performed.
    ///   - uptimeMilliseconds: a clock that never jumps.
    ///   - newIncarnation: drawn when the stream must not be continued (SYNC-2).
    package mutating func handle(
        _ event: Event, cart: inout DeviceCart, uptimeMilliseconds: Int64,
        newIncarnation: @escaping () -> Incarnation
    ) -> [Effect] {
        var step = Step(now: uptimeMilliseconds, newIncarnation: newIncarnation)
        let next: SyncRhythm.Event
        switch event {
        case .wanted: next = .wanted
        case .timer: next = .timer
        case .linkUp: next = .linkUp
        case .credential: next = .credential
        case .finished: next = .finished
        case .response(let response, let number):
            guard let sent = inFlight,
                number == self.number || Mutant.staleAnswerAccepted.isPlanted
            else { return [] }
            inFlight = nil
            next = take(response, sent, &cart, &step)
        }
        return step.effects + perform(rhythm.handle(next), after: next, cart)
    }

    /// The device's own file failed: what was decided does not count, and is decided anew after a
    /// wait.
    package mutating func fileFailed() -> [Effect] {
        inFlight = nil
        _ = rhythm.handle(.linkUp)
        return rhythm.handle(.failed(retryAfterSeconds: nil)).compactMap(Self.wait)
    }

    private mutating func perform(
        _ effects: [SyncRhythm.Effect], after event: SyncRhythm.Event, _ cart: DeviceCart
    ) -> [Effect] {
        var performed: [Effect] = []
        if event == .resync || event == .reaimed, effects != [.send] { performed.append(.gaveUp) }
        for effect in effects {
            performed.append(Self.wait(effect) ?? send(cart))
        }
        return performed
    }

    private static func wait(_ effect: SyncRhythm.Effect) -> Effect? {
        switch effect {
        case .send: nil
        case .wait(let bound): .wait(upToMilliseconds: bound)
        case .waitExactly(let milliseconds): .waitExactly(milliseconds: milliseconds)
        }
    }

    private mutating func send(_ cart: DeviceCart) -> Effect {
        let outgoing = cart.outgoing(maxOperations: maxOperations, maxBytes: maxBytes)
        number += 1
        inFlight = outgoing
        return .send(SyncRequest(outgoing), number: number)
    }

    /// What one step has at hand, and what it tells.
    private struct Step {
        let now: Int64
        let newIncarnation: () -> Incarnation
        var effects: [Effect] = []
    }
}

// MARK: - Answers

extension DeviceSync {
    private mutating func take(
        _ response: SyncResponse, _ sent: OutgoingSync, _ cart: inout DeviceCart,
        _ step: inout Step
    ) -> SyncRhythm.Event {
        // The question no longer stands: the cart was forked or is to be pulled anew.
        let isMoot = cart.record.cursor != sent.cursor
        switch response {
        case .none: return .failed(retryAfterSeconds: nil)
        case .noCredential: return .unauthorised
        case .answer where isMoot: return .reaimed
        case .answer(let answer): return accept(answer, sent, &cart, &step)
        case .problem(let problem) where isMoot && [400, 409, 422].contains(problem.status):
            return .reaimed
        case .problem(let problem): return handle(problem, sent, &cart, &step)
        }
    }

    private mutating func accept(
        _ answer: SyncAnswer, _ sent: OutgoingSync, _ cart: inout DeviceCart, _ step: inout Step
    ) -> SyncRhythm.Event {
        let delta = answer.delta
        let isTrusting = badChainAt.map { step.now - $0 < Self.trustMilliseconds } ?? false
        let outcome = cart.accept(
            cursor: delta.cursor, state: delta.state, entries: delta.entries, more: delta.more,
            ack: sent.stream == cart.record.stream ? answer.ack : nil, trusting: isTrusting,
            newIncarnation: step.newIncarnation)
        guard case .accepted(let entries) = outcome else {
            badChainAt = step.now
            if Mutant.loopOnBadChain.isPlanted { return .reaimed }
            cart.forgetCursor()
            return .resync
        }
        if sent.isEarlier, answer.ack &+ 1 < sent.from {
            // The store lost more of that stream than this file still has.
            cart.fork(newIncarnation: step.newIncarnation)
        }
        if !isTrusting { badChainAt = nil }
        let pushed = sent.operations.filter { $0.dot.sequence <= answer.ack }.count
        step.effects.append(.took(pushed: pushed, pulled: entries, results: answer.results))
        let more = delta.more || cart.hasUnsent
        idleRounds = pushed + entries > 0 || !more ? 0 : idleRounds + 1
        guard idleRounds <= Self.mostIdleRounds else {
            idleRounds = 0
            step.effects.append(.gaveUp)
            return .failed(retryAfterSeconds: nil)
        }
        if mustAttest, !more {
            mustAttest = false
            if !cart.closes.isEmpty { step.effects.append(.attest) }
        }
        return .answered(more: more)
    }

    private mutating func handle(
        _ problem: Problem, _ sent: OutgoingSync, _ cart: inout DeviceCart, _ step: inout Step
    ) -> SyncRhythm.Event {
        switch (problem.status, problem.code.rawValue) {
        case (401, _): return .unauthorised
        case (409, "resync"):
            let isCurrent = sent.stream == cart.record.stream
            let ack = isCurrent ? UInt64(clamping: problem.integer("ack") ?? 0) : nil
            mustAttest = true
            cart.resync(ack: ack ?? cart.record.ackedSequence)
            return .resync
        case (409, "streamFork"):
            fork(sent, problem, &cart, step)
            return .reaimed
        case (413, _):
            let most = problem.integer("maxOperations") ?? Int64(maxOperations / 2)
            maxOperations = Int(clamping: max(1, most))
            let bytes = problem.integer("maxBytes") ?? Int64(maxBytes / 2)
            maxBytes = Int(clamping: max(1024, bytes))
            return .reaimed
        case (400, _), (422, _): return shorten(sent, problem, &cart, &step)
        default: return .failed(retryAfterSeconds: problem.retryAfterSeconds)
        }
    }

    /// The refused one is found by halving; alone, a `skip` takes its place (SYNC-26).
    private mutating func shorten(
        _ sent: OutgoingSync, _ problem: Problem, _ cart: inout DeviceCart, _ step: inout Step
    ) -> SyncRhythm.Event {
        let failed = SyncRhythm.Event.failed(retryAfterSeconds: problem.retryAfterSeconds)
        guard let first = sent.operations.first else { return failed }
        guard sent.operations.count == 1 else {
            maxOperations = sent.operations.count / 2
            return .reaimed
        }
        maxOperations = CartLimits.operationsOfOnePush
        if Mutant.rejectBlocksQueue.isPlanted { return failed }
        // A skip that is refused as well is no fault of the operation.
        let skipped = cart.skip(
            sequence: first.dot.sequence, of: sent.stream, reason: problem.code.rawValue)
        guard let refused = skipped else { return failed }
        step.effects.append(.refused(refused))
        return .reaimed
    }

    private func fork(
        _ sent: OutgoingSync, _ problem: Problem, _ cart: inout DeviceCart, _ step: Step
    ) {
        let sequence = UInt64(clamping: problem.integer("seq") ?? 0)
        if let held = problem.hashes.first,
            cart.undoSkip(sequence: sequence, of: sent.stream, stored: held)
        {
            return
        }
        cart.fork(newIncarnation: step.newIncarnation)
    }
}

extension SyncRequest {
    init(_ outgoing: OutgoingSync) {
        self.init(
            cursor: outgoing.cursor, device: outgoing.stream.device,
            incarnation: outgoing.stream.incarnation, from: outgoing.from,
            operations: outgoing.operations)
    }
}

extension Problem {
    func integer(_ name: String) -> Int64? {
        if case .integer(let number) = self[name] { number } else { nil }
    }

    /// What the store holds and what was pushed, of `streamFork`.
    var hashes: [LogHash] {
        guard case .array(let values) = self["hashes"] else { return [] }
        return values.compactMap { value in
            if case .string(let text) = value { LogHash(text: text) } else { nil }
        }
    }
}
