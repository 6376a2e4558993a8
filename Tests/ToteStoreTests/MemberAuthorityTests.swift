import Testing
import ToteMembers
import ToteMessages
import ToteStore
import ToteValues

@Suite("The member authority")
struct MemberAuthorityTests {
    private func oauth(
        _ code: String, _ work: () async throws -> some Sendable,
        location: SourceLocation = #_sourceLocation
    ) async {
        let error = await #expect(throws: OAuthError.self, sourceLocation: location) {
            _ = try await work()
        }
        #expect(error?.error == code, sourceLocation: location)
    }

    @Test("a device signs in: asked, approved, redeemed once")
    func deviceGrant() async throws {
        let store = try await AuthorityFixture()
        let codes = try await store.authority.authorizeDevice(clientID: "tote")
        #expect(
            codes.userCode.wholeMatch(of: /[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}/)
                != nil)
        #expect(codes.expiresInSeconds == 600 && codes.intervalSeconds == 5)
        #expect(codes.verificationURIComplete.hasSuffix("/activate?user_code=" + codes.userCode))
        await oauth("authorization_pending") { try await store.redeem(codes.deviceCode) }
        #expect(try await store.decide(codes.userCode) == .approved(name: "Ada"))
        store.clock.advance(seconds: 5)
        let tokens = try await store.redeem(codes.deviceCode)
        #expect(tokens.session.tier == .gold)
        #expect(tokens.expiresInSeconds == 600)
        let caller = try await store.caller(tokens.accessToken)
        #expect(caller.member?.segments == ["tier:gold"])
        #expect(caller.member?.pairwiseID == tokens.session.pairwiseID.bytes)
    }

    @Test("redeeming twice gives nothing and ends the first session")
    func redeemedTwice() async throws {
        let store = try await AuthorityFixture()
        let codes = try await store.authority.authorizeDevice(clientID: "tote")
        _ = try await store.decide(codes.userCode)
        let tokens = try await store.redeem(codes.deviceCode)
        await oauth("invalid_grant") { try await store.redeem(codes.deviceCode) }
        await #expect(throws: Problem.self) { try await store.caller(tokens.accessToken) }
        await oauth("invalid_grant") { try await store.refresh(tokens.refreshToken) }
    }

    @Test("of many redeemers at once one wins at most")
    func race() async throws {
        let store = try await AuthorityFixture()
        let codes = try await store.authority.authorizeDevice(clientID: "tote")
        _ = try await store.decide(codes.userCode)
        let won = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask { (try? await store.redeem(codes.deviceCode)) != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(won == 1)
    }

    @Test("polling too fast is told to slow down, five seconds more each time")
    func slowDown() async throws {
        let store = try await AuthorityFixture()
        let codes = try await store.authority.authorizeDevice(clientID: "tote")
        await oauth("authorization_pending") { try await store.redeem(codes.deviceCode) }
        await oauth("slow_down") { try await store.redeem(codes.deviceCode) }
        store.clock.advance(seconds: 9)
        await oauth("slow_down") { try await store.redeem(codes.deviceCode) }
        store.clock.advance(seconds: 15)
        await oauth("authorization_pending") { try await store.redeem(codes.deviceCode) }
    }

    @Test("codes end after ten minutes, on both sides")
    func expiry() async throws {
        let store = try await AuthorityFixture()
        let codes = try await store.authority.authorizeDevice(clientID: "tote")
        store.clock.advance(seconds: 600)
        #expect(try await store.decide(codes.userCode) == .wrongCode)
        await oauth("expired_token") { try await store.redeem(codes.deviceCode) }
    }

    @Test("a denied, an unknown and a foreign code give no token")
    func refusals() async throws {
        let store = try await AuthorityFixture()
        let codes = try await store.authority.authorizeDevice(clientID: "tote")
        #expect(try await store.decide(codes.userCode, approves: false) == .denied)
        await oauth("access_denied") { try await store.redeem(codes.deviceCode) }
        await oauth("invalid_grant") { try await store.redeem("nothing") }
        await oauth("invalid_client") {
            try await store.authority.authorizeDevice(clientID: "other")
        }
    }

    @Test("a typed code is read however it is written, and no look-alike is guessed")
    func userCodes() async throws {
        let store = try await AuthorityFixture()
        let codes = try await store.authority.authorizeDevice(clientID: "tote")
        let typed = codes.userCode.lowercased().replacing("-", with: " ")
        #expect(MemberAuthority.UserCode.normalised(" " + typed) == codes.userCode)
        for wrong in ["", "BCDF-GHJ", "BCDF-GHJ0", "BCDF-GHJA", "BCDF-GHJKK"] {
            #expect(try await store.decide(wrong, form: wrong) == .wrongCode)
        }
    }

    @Test("after five wrong codes a form takes no more, and another one does")
    func codeGuesses() async throws {
        let store = try await AuthorityFixture()
        let codes = try await store.authority.authorizeDevice(clientID: "tote")
        for _ in 0..<5 { #expect(try await store.decide("BBBB-BBBB") == .wrongCode) }
        guard case .tooMany = try await store.decide(codes.userCode) else {
            Issue.record("the form still takes codes")
            return
        }
        #expect(try await store.decide(codes.userCode, form: "other") == .approved(name: "Ada"))
    }

    @Test("unknown member, wrong password and suspended member look alike")
    func sameRefusal() async throws {
        let store = try await AuthorityFixture()
        try await store.authority.add(
            login: "ben", name: "Ben", tier: .none, password: "correct-horse-ben")
        try await store.authority.set(login: "ben", state: .suspended)
        let codes = try await store.authority.authorizeDevice(clientID: "tote")
        #expect(try await store.decide(codes.userCode, password: "wrong-horse") == .refused)
        #expect(try await store.decide(codes.userCode, login: "nobody") == .refused)
        #expect(
            try await store.decide(codes.userCode, login: "ben", password: "correct-horse-ben")
                == .refused)
        #expect(try await store.decide(codes.userCode, login: "cleo", password: "") == .refused)
    }

    @Test("a wrong password makes that source wait, and no other")
    func passwordThrottle() async throws {
        let store = try await AuthorityFixture()
        let codes = try await store.authority.authorizeDevice(clientID: "tote")
        #expect(try await store.decide(codes.userCode, password: "wrong-horse") == .refused)
        #expect(try await store.decide(codes.userCode) == .tooMany(retryAfterSeconds: 1))
        store.clock.advance(seconds: 1)
        #expect(try await store.decide(codes.userCode, password: "wrong-horse") == .refused)
        #expect(try await store.decide(codes.userCode) == .tooMany(retryAfterSeconds: 2))
        #expect(
            try await store.decide(codes.userCode, source: "192.0.2.2") == .approved(name: "Ada"))
    }

    @Test("a refreshed token replaces the old one, whose reuse ends the session")
    func rotation() async throws {
        let store = try await AuthorityFixture()
        let first = try await store.signIn()
        let second = try await store.refresh(first.refreshToken)
        #expect(second.refreshToken != first.refreshToken)
        #expect(second.session.id == first.session.id)
        store.clock.advance(seconds: 11)
        await oauth("invalid_grant") { try await store.refresh(first.refreshToken) }
        await oauth("invalid_grant") { try await store.refresh(second.refreshToken) }
    }

    @Test("a lost answer is given again: soon, or with the same key within a day")
    func retries() async throws {
        let store = try await AuthorityFixture()
        let first = try await store.signIn()
        let second = try await store.refresh(first.refreshToken, retryKey: "K")
        store.clock.advance(seconds: 10)
        #expect(try await store.refresh(first.refreshToken) == second)
        store.clock.advance(seconds: 2400)
        #expect(try await store.refresh(first.refreshToken, retryKey: "K") == second)
        await oauth("invalid_grant") {
            try await store.refresh(first.refreshToken, retryKey: "L")
        }
        await oauth("invalid_grant") { try await store.refresh(second.refreshToken) }
    }

    @Test("an old token counts as stolen once its successor was used")
    func stolen() async throws {
        let store = try await AuthorityFixture()
        let first = try await store.signIn()
        let second = try await store.refresh(first.refreshToken)
        let third = try await store.refresh(second.refreshToken)
        await oauth("invalid_grant") { try await store.refresh(first.refreshToken) }
        await oauth("invalid_grant") { try await store.refresh(third.refreshToken) }
    }

    @Test("another device's key refreshes nothing and ends nobody's session")
    func wrongKey() async throws {
        let store = try await AuthorityFixture()
        let tokens = try await store.signIn()
        let thief = try DeviceKey.make(world: .system)
        await oauth("invalid_grant") { try await store.refresh(tokens.refreshToken, key: thief) }
        await #expect(throws: Problem.self) {
            try await store.caller(tokens.accessToken, key: thief)
        }
        _ = try await store.refresh(tokens.refreshToken)
    }

    @Test("a proof counts once")
    func replay() async throws {
        let store = try await AuthorityFixture()
        let codes = try await store.authority.authorizeDevice(clientID: "tote")
        let proof = try store.proof()
        await oauth("authorization_pending") {
            try await store.redeem(codes.deviceCode, proof: proof)
        }
        await oauth("invalid_dpop_proof") {
            try await store.redeem(codes.deviceCode, proof: proof)
        }
        await oauth("invalid_dpop_proof") { try await store.redeem(codes.deviceCode, proof: "x") }
    }

    @Test("an access token ends after ten minutes and a minute of grace")
    func accessExpiry() async throws {
        let store = try await AuthorityFixture()
        let tokens = try await store.signIn()
        store.clock.advance(seconds: 659)
        _ = try await store.caller(tokens.accessToken)
        store.clock.advance(seconds: 1)
        let error = await #expect(throws: Problem.self) {
            try await store.caller(tokens.accessToken)
        }
        #expect(error?.status == 401)
    }

    @Test("signing out ends the session at once; another key cannot")
    func revocation() async throws {
        let store = try await AuthorityFixture()
        let tokens = try await store.signIn()
        let request = ProvenRequest(
            method: "POST", urls: [AuthorityFixture.base + "/v1/oauth/revoke"])
        let thief = try DeviceKey.make(world: .system)
        try await store.authority.revoke(
            token: tokens.refreshToken, session: nil,
            proof: try store.proof(request, key: thief), request: request)
        _ = try await store.caller(tokens.accessToken)
        let session = Hex.encode(tokens.session.id.bigEndianBytes)
        try await store.authority.revoke(
            token: nil, session: session, proof: try store.proof(request), request: request)
        await #expect(throws: Problem.self) { try await store.caller(tokens.accessToken) }
    }

    @Test("a forged, foreign or altered token is refused")
    func forgedTokens() async throws {
        let store = try await AuthorityFixture()
        let other = try await AuthorityFixture()
        let foreign = try await other.signIn().accessToken
        let own = try await store.signIn().accessToken
        let parts = own.split(separator: ".").map(String.init)
        let none = Base64URL.encode(Array(#"{"alg":"none","kid":"token-1","typ":"at+jwt"}"#.utf8))
        let hmac = Base64URL.encode(Array(#"{"alg":"HS256","kid":"token-1","typ":"at+jwt"}"#.utf8))
        let jku = Base64URL.encode(
            Array(#"{"alg":"EdDSA","jku":"http://x","kid":"token-1","typ":"at+jwt"}"#.utf8))
        let tokens = [
            foreign, none + "." + parts[1] + ".", hmac + "." + parts[1] + "." + parts[2],
            jku + "." + parts[1] + "." + parts[2], parts[0] + "." + parts[1], own + "A", own + ".",
            own + "=", "", String(repeating: "A", count: 9000),
        ]
        for token in tokens {
            let error = await #expect(throws: Problem.self, "\(token)") {
                try await store.caller(token)
            }
            #expect(error?.status == 401)
        }
    }

    @Test("a guest's grant opens its own cart only, and only with its key")
    func guestGrant() async throws {
        let store = try await AuthorityFixture()
        let cart = store.clock.world.newCartID()
        let device = DeviceID(World.system.newBytes16())
        let proven = Caller(keyThumbprint: store.device.thumbprint)
        let grant = try await store.authority.grant(cart: cart, device: device, caller: proven)
        let caller = try await store.caller(grant)
        #expect(caller.guestCart == cart && caller.device == device && caller.member == nil)
        let thief = try DeviceKey.make(world: .system)
        await #expect(throws: Problem.self) { try await store.caller(grant, key: thief) }
        let error = await #expect(throws: Problem.self) {
            try await store.authority.grant(
                cart: cart, device: device, caller: Caller(keyThumbprint: thief.thumbprint))
        }
        #expect(error == .unknownCart)
        await #expect(throws: Problem.self) {
            try await store.authority.grant(cart: cart, device: device, caller: .anonymous)
        }
    }

    @Test("a guest who signs in keeps the cart that the same key began")
    func upgrade() async throws {
        let store = try await AuthorityFixture()
        let cart = store.clock.world.newCartID()
        let device = DeviceID(World.system.newBytes16())
        _ = try await store.authority.grant(
            cart: cart, device: device,
            caller: Caller(keyThumbprint: store.device.thumbprint))
        let caller = try await store.caller(try await store.signIn().accessToken)
        #expect(caller.guestCart == cart && caller.device == device && caller.member != nil)
    }

    @Test("a suspended member's session stays, as suspended")
    func suspended() async throws {
        let store = try await AuthorityFixture()
        let tokens = try await store.signIn()
        try await store.authority.set(login: "ada", state: .suspended)
        let caller = try await store.caller(tokens.accessToken)
        #expect(caller.member?.state == .suspended)
        #expect(caller.member?.segments == [])
        await oauth("invalid_grant") { try await store.refresh(tokens.refreshToken) }
    }

    @Test("operators are told what they did wrong")
    func operators() async throws {
        let store = try await AuthorityFixture()
        await #expect(throws: MemberAuthority.OperatorError.loginTaken) {
            try await store.authority.add(
                login: "ADA", name: "A", tier: .none, password: "long-enough")
        }
        await #expect(throws: MemberAuthority.OperatorError.passwordRefused) {
            try await store.authority.add(login: "x", name: "X", tier: .none, password: "1234567")
        }
        await #expect(throws: MemberAuthority.OperatorError.unknownMember) {
            try await store.authority.set(login: "nobody", state: .active)
        }
    }
}
