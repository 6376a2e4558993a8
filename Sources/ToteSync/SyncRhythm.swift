/// When a device talks to its store about one cart: the table of states in `cart-sync.md` section
/// 5 and the backoff of SYNC-52. One request is in flight at a time; scans go on in every state.
package struct SyncRhythm: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case idle
        case inFlight
        /// As `inFlight`, asking for everything: what we held was not of the store's log.
        case resyncing
        /// Waits for a timer; keeps whether everything is to be asked for.
        case backingOff(resyncing: Bool)
        /// Waits for a credential; the queue grows.
        case unauthorised
        /// The receipt is verified and every own sequence is acknowledged.
        case final
    }

    package enum Event: Hashable, Sendable {
        /// An operation was committed, a hint came, or the 25 s timer fired.
        case wanted
        /// A timer of `.wait` ended, or the link came up.
        case timer, linkUp
        /// 200. There may be more to pull, or more to push.
        case answered(more: Bool)
        /// 409 `resync`, or a chain that does not fit.
        case resync
        /// 409 `streamFork`, 409 `moved`, a shorter batch: the next request differs; go on at once.
        case reaimed
        case unauthorised, credential
        /// No answer, no sense, 429, 503, 507. Seconds as the store said, if it did.
        case failed(retryAfterSeconds: Int?)
        case finished
    }

    package enum Effect: Hashable, Sendable {
        case send
        /// A whole number of milliseconds drawn evenly from 0…`upToMilliseconds` (SYNC-52).
        case wait(upToMilliseconds: Int64)
        /// As the store asked, at most 120 s.
        case waitExactly(milliseconds: Int64)
    }

    package private(set) var state: State = .idle
    /// Failures in a row.
    package private(set) var attempt = 0
    /// Requests in a row that only prepared another one.
    private var remedies = 0
    /// Enough to halve a full batch and skip its worst operations; more is a loop (SYNC-I11).
    private static let mostRemedies = 24

    package init() {}

    /// Bounds of SYNC-52: 0.5 s doubling to 30 s.
    package static func backoffMilliseconds(attempt: Int) -> Int64 {
        min(30_000, 500 << Int64(min(max(attempt, 0), 10)))
    }

    package mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.final, _): return []
        case (_, .finished):
            state = .final
            return []
        case (.idle, .wanted), (.idle, .timer), (.idle, .linkUp):
            state = .inFlight
            return [.send]
        case (.backingOff(let resyncing), .timer), (.backingOff(let resyncing), .linkUp):
            state = resyncing ? .resyncing : .inFlight
            return [.send]
        case (.unauthorised, .credential):
            state = .inFlight
            return [.send]
        case (.inFlight, _), (.resyncing, _): return handleAnswer(event)
        default: return []
        }
    }

    private mutating func handleAnswer(_ event: Event) -> [Effect] {
        switch event {
        case .answered(let more):
            attempt = 0
            remedies = 0
            state = more ? .inFlight : .idle
            return more ? [.send] : []
        case .resync: return sendAgain(.resyncing)
        case .reaimed: return sendAgain(.inFlight)
        case .unauthorised:
            state = .unauthorised
            return []
        case .failed(let retryAfterSeconds): return backOff(retryAfterSeconds)
        default: return []
        }
    }

    private mutating func sendAgain(_ next: State) -> [Effect] {
        remedies += 1
        guard remedies <= Self.mostRemedies else {
            remedies = 0
            return backOff(nil)
        }
        state = next
        return [.send]
    }

    private mutating func backOff(_ retryAfterSeconds: Int?) -> [Effect] {
        state = .backingOff(resyncing: state == .resyncing)
        let bound = Self.backoffMilliseconds(attempt: attempt)
        attempt += 1
        guard let seconds = retryAfterSeconds else { return [.wait(upToMilliseconds: bound)] }
        return [.waitExactly(milliseconds: Int64(min(max(seconds, 0), 120)) * 1000)]
    }
}
