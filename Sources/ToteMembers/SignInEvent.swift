/// What happens to a sign-in.
public enum SignInEvent: Hashable, Sendable {
    case start(SignInFlow)
    case granted(DeviceAuthorizationAnswer)
    case timer
    /// `authorization_pending`: ask again after the interval.
    case pending
    case slowDown
    case tokens(TokenAnswer)
    case denied, expired, cancel, networkLost
    /// At most 60 s are left; the key makes a repeated refresh safe (TOK-7).
    case accessExpiring(retryKey: String)
    case logout, invalidGrant
}

/// How a member signs in. Code with PKCE (LOGIN-6) comes with the external issuers.
public enum SignInFlow: String, Sendable {
    case deviceGrant
}

/// What the runner of a sign-in does.
public enum SignInEffect: Hashable, Sendable {
    case sendDeviceAuthorization(SignInFlow)
    case showCodes(DeviceAuthorizationAnswer)
    case timer(seconds: Int)
    case sendTokenPoll(deviceCode: String)
    /// Both tokens replace the old ones in one step, before anything is shown.
    case sealTokens(TokenAnswer)
    case showSignedIn(MemberSession)
    case forgetCodes
    case showReason(SignInReason)
    case persistRetryKey(String)
    case sendRefresh(retryKey: String)
    /// The tokens stay, and the next refresh uses the same key.
    case keepRetryKey
    case wipeTokens
    case queueRevocation(session: UInt64)
    case continueAsGuest
    case ignore
}

/// Why a sign-in ended.
public enum SignInReason: String, Sendable {
    case denied, expired, cancelled, unreachable, sessionEnded
}
