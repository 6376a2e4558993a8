public import ToteValues

/// The device's sign-in as a value (members-privacy section 2): events in, effects out, no clock
/// and no network. A pair that the table does not list changes nothing and answers `.ignore`.
public struct SignIn: Hashable, Sendable {
    public enum State: Hashable, Sendable {
        case signedOut
        case requesting
        case waiting(Waiting)
        case signedIn(MemberSession)
        case refreshing(MemberSession, retryKey: String)
    }

    /// A device code on its way to approval.
    public struct Waiting: Hashable, Sendable {
        public let codes: DeviceAuthorizationAnswer
        public let expiresAt: Moment
        /// Grows by 5 s with every `slow_down`.
        public var intervalSeconds: Int
        /// Doubles from 5 s to 60 s while the network is away; `nil` while it is there.
        public var backoffSeconds: Int?
    }

    public private(set) var state: State

    public init(state: State = .signedOut) { self.state = state }

    /// The next state and what the runner must do, in order.
    public mutating func handle(_ event: SignInEvent, at now: Moment) -> [SignInEffect] {
        switch state {
        case .signedOut: handleSignedOut(event)
        case .requesting: handleRequesting(event, now)
        case .waiting(let waiting): handle(event, waiting, now)
        case .signedIn(let session): handle(event, session)
        case .refreshing(let session, _): handleRefreshing(event, session)
        }
    }

    private mutating func handleSignedOut(_ event: SignInEvent) -> [SignInEffect] {
        guard case .start(let flow) = event else { return [.ignore] }
        state = .requesting
        return [.sendDeviceAuthorization(flow)]
    }

    /// Cancelling and a lost network end a request that has nothing to wait for yet.
    private mutating func handleRequesting(
        _ event: SignInEvent, _ now: Moment
    ) -> [SignInEffect] {
        switch event {
        case .granted(let codes):
            let waiting = Waiting(
                codes: codes, expiresAt: now.adding(seconds: Int64(codes.expiresInSeconds)),
                intervalSeconds: codes.intervalSeconds)
            state = .waiting(waiting)
            return [.showCodes(codes), .timer(seconds: codes.intervalSeconds)]
        case .cancel: return giveUp(.cancelled)
        case .networkLost: return giveUp(.unreachable)
        default: return [.ignore]
        }
    }

    private mutating func handle(
        _ event: SignInEvent, _ waiting: Waiting, _ now: Moment
    ) -> [SignInEffect] {
        var waiting = waiting
        switch event {
        case .timer:
            guard now < waiting.expiresAt else { return giveUp(.expired) }
            return [.sendTokenPoll(deviceCode: waiting.codes.deviceCode)]
        case .pending, .slowDown:
            waiting.backoffSeconds = nil
            if event == .slowDown { waiting.intervalSeconds += 5 }
            return wait(waiting, seconds: waiting.intervalSeconds, now)
        case .networkLost:
            let delay = min(60, waiting.backoffSeconds.map { $0 * 2 } ?? 5)
            waiting.backoffSeconds = delay
            return wait(waiting, seconds: delay, now)
        case .tokens(let tokens):
            state = .signedIn(tokens.session)
            return [.sealTokens(tokens), .showSignedIn(tokens.session)]
        case .denied: return giveUp(.denied)
        case .expired: return giveUp(.expired)
        case .cancel: return giveUp(.cancelled)
        default: return [.ignore]
        }
    }

    private mutating func handle(
        _ event: SignInEvent, _ session: MemberSession
    ) -> [SignInEffect] {
        switch event {
        case .accessExpiring(let retryKey):
            state = .refreshing(session, retryKey: retryKey)
            return [.persistRetryKey(retryKey), .sendRefresh(retryKey: retryKey)]
        case .logout:
            state = .signedOut
            return [.wipeTokens, .queueRevocation(session: session.id)]
        default: return [.ignore]
        }
    }

    private mutating func handleRefreshing(
        _ event: SignInEvent, _ session: MemberSession
    ) -> [SignInEffect] {
        switch event {
        case .tokens(let tokens):
            state = .signedIn(tokens.session)
            return [.sealTokens(tokens)]
        case .networkLost:
            state = .signedIn(session)
            return [.keepRetryKey]
        case .invalidGrant:
            state = .signedOut
            return [.wipeTokens, .continueAsGuest, .showReason(.sessionEnded)]
        default: return [.ignore]
        }
    }

    private mutating func wait(_ waiting: Waiting, seconds: Int, _ now: Moment) -> [SignInEffect] {
        guard now.adding(seconds: Int64(seconds)) < waiting.expiresAt else {
            return giveUp(.expired)
        }
        state = .waiting(waiting)
        return [.timer(seconds: seconds)]
    }

    private mutating func giveUp(_ reason: SignInReason) -> [SignInEffect] {
        state = .signedOut
        return [.forgetCodes, .showReason(reason)]
    }
}
