import Testing
import ToteMembers
import ToteValues

@Suite("The sign-in machine")
struct SignInTests {
    private static let now = Moment(unixSeconds: 1_795_251_600)
    private static let codes = DeviceAuthorizationAnswer(
        deviceCode: "secret", userCode: "BCDF-GHJK", verificationURI: "http://127.0.0.1/activate",
        verificationURIComplete: "http://127.0.0.1/activate?user_code=BCDF-GHJK",
        expiresInSeconds: 600, intervalSeconds: 5)
    private static let session = sampleSession(now: now)
    private static let tokens = TokenAnswer(
        accessToken: "a", refreshToken: "r", expiresInSeconds: 600, session: session)

    private static func waiting() -> SignIn {
        var machine = SignIn()
        _ = machine.handle(.start(.deviceGrant), at: now)
        _ = machine.handle(.granted(codes), at: now)
        return machine
    }

    private static let states: [(String, SignIn)] = [
        ("signedOut", SignIn()), ("requesting", SignIn(state: .requesting)),
        ("waiting", waiting()), ("signedIn", SignIn(state: .signedIn(session))),
        ("refreshing", SignIn(state: .refreshing(session, retryKey: "k"))),
    ]
    private static let events: [(String, SignInEvent)] = [
        ("start", .start(.deviceGrant)), ("granted", .granted(codes)), ("timer", .timer),
        ("pending", .pending), ("slowDown", .slowDown), ("tokens", .tokens(tokens)),
        ("denied", .denied), ("expired", .expired), ("cancel", .cancel),
        ("networkLost", .networkLost), ("accessExpiring", .accessExpiring(retryKey: "k")),
        ("logout", .logout), ("invalidGrant", .invalidGrant),
    ]
    /// Next state of every listed pair; any other pair changes nothing.
    private static let table = [
        "signedOut start": "requesting", "requesting granted": "waiting",
        "requesting cancel": "signedOut", "requesting networkLost": "signedOut",
        "waiting timer": "waiting", "waiting pending": "waiting", "waiting slowDown": "waiting",
        "waiting networkLost": "waiting", "waiting tokens": "signedIn",
        "waiting denied": "signedOut", "waiting expired": "signedOut",
        "waiting cancel": "signedOut", "signedIn accessExpiring": "refreshing",
        "signedIn logout": "signedOut", "refreshing tokens": "signedIn",
        "refreshing networkLost": "signedIn", "refreshing invalidGrant": "signedOut",
    ]

    private static func name(_ state: SignIn.State) -> String {
        switch state {
        case .signedOut: "signedOut"
        case .requesting: "requesting"
        case .waiting: "waiting"
        case .signedIn: "signedIn"
        case .refreshing: "refreshing"
        }
    }

    @Test("every pair of state and event goes where the table says, all others change nothing")
    func allPairs() {
        for (from, machine) in Self.states {
            for (eventName, event) in Self.events {
                var after = machine
                let effects = after.handle(event, at: Self.now)
                if let expected = Self.table["\(from) \(eventName)"] {
                    #expect(Self.name(after.state) == expected, "\(from) \(eventName)")
                    #expect(effects != [.ignore], "\(from) \(eventName)")
                } else {
                    #expect(after == machine, "\(from) \(eventName)")
                    #expect(effects == [.ignore], "\(from) \(eventName)")
                }
            }
        }
    }

    @Test("slow_down makes the interval five seconds longer and keeps it")
    func slowDown() {
        var machine = Self.waiting()
        #expect(machine.handle(.slowDown, at: Self.now) == [.timer(seconds: 10)])
        #expect(machine.handle(.pending, at: Self.now) == [.timer(seconds: 10)])
    }

    @Test("a lost network doubles the wait up to a minute and ends with the codes' life")
    func lostNetwork() {
        var machine = Self.waiting()
        let waits = (0..<6).map { _ in machine.handle(.networkLost, at: Self.now) }
        #expect(waits == [5, 10, 20, 40, 60, 60].map { [.timer(seconds: $0)] })
        let late = Self.now.adding(seconds: 545)
        #expect(machine.handle(.networkLost, at: late) == [.forgetCodes, .showReason(.expired)])
        #expect(machine.state == .signedOut)
    }

    @Test("no poll is sent once the codes are too old")
    func tooOld() {
        var machine = Self.waiting()
        #expect(
            machine.handle(.timer, at: Self.now.adding(seconds: 600))
                == [.forgetCodes, .showReason(.expired)])
    }

    @Test("tokens are sealed before anything is shown")
    func sealFirst() {
        var machine = Self.waiting()
        #expect(
            machine.handle(.tokens(Self.tokens), at: Self.now)
                == [.sealTokens(Self.tokens), .showSignedIn(Self.session)])
    }

    @Test("the retry key is persisted before the refresh is sent")
    func retryKeyFirst() {
        var machine = SignIn(state: .signedIn(Self.session))
        #expect(
            machine.handle(.accessExpiring(retryKey: "k"), at: Self.now)
                == [.persistRetryKey("k"), .sendRefresh(retryKey: "k")])
    }

    @Test("a refused refresh wipes the tokens and goes on as guest")
    func refused() {
        var machine = SignIn(state: .refreshing(Self.session, retryKey: "k"))
        let effects = machine.handle(.invalidGrant, at: Self.now)
        #expect(effects == [.wipeTokens, .continueAsGuest, .showReason(.sessionEnded)])
    }
}

func sampleSession(now: Moment) -> MemberSession {
    MemberSession(
        id: 7, issuer: "http://127.0.0.1:8080", pairwiseID: Bytes16(high: 1, low: 2), tier: .gold,
        assurance: .signedIn, accessExpiresAt: now.adding(seconds: 600),
        refreshExpiresAt: now.adding(seconds: 30 * 86_400),
        absoluteExpiresAt: now.adding(seconds: 180 * 86_400))
}
