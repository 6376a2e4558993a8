import ToteCarts
import ToteMembers
import ToteMessages
import ToteOffers
import TotePrivacy
import ToteSync
import ToteValues

/// Signing in by device grant (RFC 8628), staying signed in, and signing out. The machine decides
/// (`SignIn`); this performs its effects.
extension ShoppingTrip {
    /// Asks the store for a code that the member enters at the page it names.
    /// - Throws: `alreadySignedIn`, `unreachable`.
    public func startSignIn() async throws(TripError) -> SignInPrompt {
        if try membership() != nil {
            throw TripError(
                code: "alreadySignedIn", kind: .data, message: "Somebody is signed in already.",
                mend: "Sign out first: tote logout")
        }
        let key = try signInKey()
        signIn = SignIn()
        _ = signIn.handle(.start(.deviceGrant), at: world.now())
        do throws(TripError) {
            let codes = try await form(
                .deviceAuthorization,
                ["client_id": "tote", "scope": "trip", "dpop_jkt": key.thumbprint],
                answer: DeviceAuthorizationAnswer.self)
            _ = signIn.handle(.granted(codes), at: world.now())
            return SignInPrompt(
                userCode: codes.userCode, verificationURI: codes.verificationURI,
                verificationURIComplete: codes.verificationURIComplete,
                expiresInSeconds: codes.expiresInSeconds)
        } catch {
            _ = signIn.handle(.networkLost, at: world.now())
            throw error
        }
    }

    /// Waits until the code is approved, refused or over.
    /// - Throws: `signInDenied`, `signInExpired`.
    public func finishSignIn() async throws(TripError) -> Membership {
        guard case .waiting(let waiting) = signIn.state else {
            throw TripError(
                code: "noSignIn", kind: .usage, message: "No sign-in is under way.",
                mend: "Start one: tote login")
        }
        var seconds = waiting.intervalSeconds
        while true {
            do { try await Task.sleep(for: .seconds(seconds)) } catch {
                _ = signIn.handle(.cancel, at: world.now())
                throw Self.signInEnded(.cancelled)
            }
            var effects = signIn.handle(.timer, at: world.now())
            if case .sendTokenPoll(let deviceCode) = effects.first {
                effects = signIn.handle(try await poll(deviceCode), at: world.now())
            }
            if let done = try perform(effects, next: &seconds) { return try await enter(done) }
        }
    }

    /// Wipes tokens and device key; works offline. The cart goes on as a guest's (GUEST-3).
    public func signOut() async throws(TripError) {
        guard let stored = try stored() else { throw .notSignedIn }
        let credential = DeviceCredential(
            key: stored.key, token: stored.signedIn.tokens.accessToken, world: world)
        try wipeSignIn()
        signIn = SignIn()
        try setMeta(MetaKey.pricingMember, nil)
        // The store forgets the session as soon as it hears of it; not hearing harms nobody,
        // because the wiped tokens were the only copy.
        _ = try? await form(
            .revoke, ["token": stored.signedIn.tokens.refreshToken], answer: EmptyAnswer.self,
            credential: credential)
    }

    /// Who is signed in; asks the store for points when it is in reach.
    public func whoami() async throws(TripError) -> Membership? {
        guard let session = try membership() else { return nil }
        do throws(TripError) {
            let view = try await call(
                .me, answer: MemberView.self, purpose: .accountAndRights,
                dataClasses: ["accessToken"], credential: try await memberCredential())
            return Membership(session, view)
        } catch {
            guard error.kind == .unreachable else { throw error }
            return Membership(session, nil)
        }
    }

    /// The session on this device, if it has not run out.
    func membership() throws(TripError) -> MemberSession? {
        guard let session = try stored()?.signedIn.tokens.session,
            session.refreshExpiresAt > world.now()
        else { return nil }
        return session
    }

    /// What pricing may know of the member (OFF-120).
    func pricingMember() throws(TripError) -> PricingMember? {
        guard let session = try membership() else { return nil }
        return PricingMember(
            id: Hex.encode(session.pairwiseID.bytes),
            segments: session.tier.segment.map { [$0] } ?? [], used: [:])
    }

    /// The member's credential, refreshed when its access token is about to run out.
    /// - Throws: `notSignedIn`; `sessionEnded` when the store no longer knows the session.
    func memberCredential() async throws(TripError) -> DeviceCredential {
        guard let stored = try stored() else { throw .notSignedIn }
        guard stored.signedIn.tokens.session.accessIsExpiring(at: world.now()) else {
            return DeviceCredential(
                key: stored.key, token: stored.signedIn.tokens.accessToken, world: world)
        }
        return try await refresh(stored.key, stored.signedIn)
    }

    /// Asks the store whether the sign-in still holds, after it refused the access token.
    /// - Throws: `sessionEnded`; from then on the trip is a guest's (GUEST-3).
    func renewMemberCredential() async throws(TripError) {
        guard let stored = try stored() else { throw .notSignedIn }
        _ = try await refresh(stored.key, stored.signedIn)
    }

    // MARK: - Steps

    private func stored() throws(TripError) -> (key: DeviceKey, signedIn: StoredTokens)? {
        do throws(MemberError) {
            guard let contents = try tokens.load(), let signedIn = contents.signedIn else {
                return nil
            }
            return (contents.deviceKey, signedIn)
        } catch { throw TripError(error) }
    }

    private func save(_ tokens: StoredTokens) throws(TripError) {
        var contents = try keyContents()
        contents.signedIn = tokens
        try save(contents)
    }

    /// One poll of the token endpoint as an event (RFC 8628 section 3.5).
    private func poll(_ deviceCode: String) async throws(TripError) -> SignInEvent {
        do throws(TripError) {
            let tokens = try await form(
                .token,
                [
                    "grant_type": "urn:ietf:params:oauth:grant-type:device_code",
                    "device_code": deviceCode, "client_id": "tote",
                ], answer: TokenAnswer.self)
            return .tokens(tokens)
        } catch {
            switch error.code {
            case "authorization_pending": return .pending
            case "slow_down": return .slowDown
            case "access_denied": return .denied
            case "expired_token", "invalid_grant": return .expired
            default:
                guard error.kind == .unreachable || error.kind == .tryLater else { throw error }
                return .networkLost
            }
        }
    }

    /// - Returns: the session, once signed in.
    private func perform(
        _ effects: [SignInEffect], next seconds: inout Int
    ) throws(TripError) -> MemberSession? {
        for effect in effects {
            switch effect {
            case .timer(let delay): seconds = delay
            case .sealTokens(let tokens): try save(StoredTokens(tokens: tokens))
            case .showSignedIn(let session): return session
            case .showReason(let reason): throw Self.signInEnded(reason)
            default: break
            }
        }
        return nil
    }

    /// A guest's cart becomes the member's: one `attach`, then a new quote (GUEST-2).
    private func enter(_ session: MemberSession) async throws(TripError) -> Membership {
        // An empty cart too: the store may know it as a guest's already, or be hearing of it now.
        if let record = try currentCart(), try view(record).state == .open {
            try commit(.attach)
        }
        let view = try? await call(
            .me, answer: MemberView.self, purpose: .accountAndRights,
            dataClasses: ["accessToken"], credential: try await memberCredential())
        return Membership(session, view)
    }

    /// TOK-7: the retry key is on the disk before the request leaves.
    private func refresh(
        _ key: DeviceKey, _ stored: StoredTokens
    ) async throws(TripError) -> DeviceCredential {
        let retryKey = stored.retryKey ?? Hex.encode(world.randomBytes(16))
        try save(StoredTokens(tokens: stored.tokens, retryKey: retryKey))
        do throws(TripError) {
            let tokens = try await form(
                .token,
                [
                    "grant_type": "refresh_token", "refresh_token": stored.tokens.refreshToken,
                    "client_id": "tote",
                ], answer: TokenAnswer.self, headers: [("idempotency-key", retryKey)])
            try save(StoredTokens(tokens: tokens))
            return DeviceCredential(key: key, token: tokens.accessToken, world: world)
        } catch {
            guard error.code == "invalid_grant" else { throw error }
            try wipeSignIn()
            throw TripError(
                code: "sessionEnded", kind: .permission,
                message: "The store has ended this sign-in. The cart goes on as a guest's.",
                mend: "Sign in again: tote login")
        }
    }

    /// A form post to the authority (RFC 6749 appendix B).
    private func form<Answer: JSONReadable>(
        _ route: Route, _ fields: KeyValuePairs<String, String>, answer: Answer.Type,
        headers: [(name: String, value: String)] = [], credential: (any RequestCredential)? = nil
    ) async throws(TripError) -> Answer {
        let pairs = fields.map { "\($0)=\(FormText.encoded($1))" }
        let request = StoreRequest(
            method: route.method, path: route.path, route: route.template.template,
            headers: headers + [
                ("content-type", "application/x-www-form-urlencoded"),
                ("accept", "application/json"),
            ], body: Array(pairs.joined(separator: "&").utf8))
        let proof: any RequestCredential =
            if let credential { credential } else { KeyProof(key: try deviceKey(), world: world) }
        let response = try await send(
            request, purpose: .accountAndRights, dataClasses: ["signIn"], credential: proof)
        if response.status >= 400, let value = try? StrictJSON.parse(response.body),
            let refusal = try? OAuthProblem(json: JSONField(value))
        {
            throw TripError(refusal)
        }
        do throws(StoreClientError) {
            return try StoreClient.read(response, as: answer)
        } catch { throw tripError(error) }
    }

    private static func signInEnded(_ reason: SignInReason) -> TripError {
        let (code, message): (String, String) =
            switch reason {
            case .denied: ("signInDenied", "The sign-in was refused at the store's page.")
            case .expired: ("signInExpired", "The code has run out.")
            case .cancelled: ("signInCancelled", "The sign-in was given up.")
            case .unreachable: ("unreachable", "The store does not answer.")
            case .sessionEnded: ("sessionEnded", "The store has ended this sign-in.")
            }
        return TripError(
            code: code, kind: reason == .denied ? .permission : .tryLater, message: message,
            mend: "Start again: tote login")
    }
}

extension Membership {
    init(_ session: MemberSession, _ view: MemberView?) {
        let tier = view?.tier ?? session.tier
        self.init(
            name: view?.name ?? "member \(Hex.encode(session.pairwiseID.bytes.prefix(4)))",
            state: view?.state.name ?? "active", tier: tier.code == 0 ? nil : tier.name,
            points: view?.points, assurance: (view?.assurance ?? session.assurance).name,
            expiresAt: session.refreshExpiresAt)
    }
}
