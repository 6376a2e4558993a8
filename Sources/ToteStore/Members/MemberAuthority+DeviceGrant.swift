import GRDB
package import ToteMembers
import ToteValues

/// RFC 8628 with LOGIN-1 to LOGIN-5: what a device asks, until a member has approved.
extension MemberAuthority {
    package enum UserCode {
        static let alphabet = Array("BCDFGHJKLMNPQRSTVWXZ")

        /// Eight letters as `XXXX-XXXX`.
        static func make(world: World) -> String {
            let letters = (0..<8).map { _ in
                alphabet[Int(world.chance(below: UInt64(alphabet.count)))]
            }
            return String(letters[..<4]) + "-" + String(letters[4...])
        }

        /// What a person typed in the only form that is looked up; `nil` for a letter outside
        /// the alphabet, which is answered like a wrong code (LOGIN-5).
        package static func normalised(_ text: String) -> String? {
            let letters = text.uppercased().filter { $0 != " " && $0 != "-" }
            guard letters.count == 8, letters.allSatisfy(alphabet.contains) else { return nil }
            return letters.prefix(4) + "-" + letters.suffix(4)
        }
    }

    /// Opens a grant.
    /// - Throws: `OAuthError` `invalid_client`.
    package func authorizeDevice(clientID: String) async throws -> DeviceAuthorizationAnswer {
        guard Self.clients.contains(clientID) else { throw OAuthError.invalidClient }
        let deviceCode = Base64URL.encode(world.randomBytes(32))
        let userCode = UserCode.make(world: world)
        let now = world.now()
        let page = address.base + "/activate"
        try await database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO deviceGrant (codeHash, userCodeHash, clientId, state, expiresAt,
                        intervalSeconds, nextPollAt) VALUES (?, ?, ?, 'pending', ?, ?, 0)
                    """,
                arguments: [
                    Hashing.of(deviceCode), Hashing.of(userCode), clientID,
                    now.unixSeconds + Lifetime.deviceCode, Lifetime.pollInterval,
                ])
        }
        return DeviceAuthorizationAnswer(
            deviceCode: deviceCode, userCode: userCode, verificationURI: page,
            verificationURIComplete: page + "?user_code=" + userCode,
            expiresInSeconds: Int(Lifetime.deviceCode), intervalSeconds: Lifetime.pollInterval)
    }

    /// One poll of a device. Outcomes that must be kept, such as a revoked family, are returned,
    /// not thrown, so that their transaction commits.
    /// - Throws: `OAuthError` of LOGIN-3, `invalid_dpop_proof`.
    package func redeem(
        deviceCode: String, clientID: String, proof: String, request: ProvenRequest
    ) async throws -> TokenAnswer {
        let issue = try await database.write { db -> Result<TokenIssue, OAuthError> in
            guard
                let proof = try accept(proof: proof, request: request, accessToken: nil, db)
            else { return .failure(.invalidProof) }
            return try redeem(
                db, deviceCode: deviceCode, clientID: clientID, jkt: proof.key.thumbprint)
        }.get()
        return try await answer(issue)
    }

    private func redeem(
        _ db: Database, deviceCode: String, clientID: String, jkt: String
    ) throws -> Result<TokenIssue, OAuthError> {
        let hash = Hashing.of(deviceCode)
        guard
            let grant = try Row.fetchOne(
                db, sql: "SELECT * FROM deviceGrant WHERE codeHash = ? AND clientId = ?",
                arguments: [hash, clientID])
        else { return .failure(.invalidGrant) }
        let now = world.now()
        if grant["state"] as String == "redeemed" {
            try revoke(db, family: grant["familyId"], event: "deviceCodeReused")
            return .failure(.invalidGrant)
        }
        guard now.unixSeconds < grant["expiresAt"] as Int64 else {
            return .failure(OAuthError("expired_token"))
        }
        if let early = try pace(db, grant, hash, now) { return .failure(early) }
        switch grant["state"] as String {
        case "denied": return .failure(OAuthError("access_denied"))
        case "approved": return try issue(db, grant, hash, clientID, jkt)
        default: return .failure(OAuthError("authorization_pending"))
        }
    }

    /// `slow_down` for a poll that comes before its time, and five seconds more from then on.
    private func pace(
        _ db: Database, _ grant: Row, _ hash: Data, _ now: Moment
    ) throws -> OAuthError? {
        let early = now.milliseconds < grant["nextPollAt"] as Int64
        let interval = (grant["intervalSeconds"] as Int64) + (early ? 5 : 0)
        try db.execute(
            sql: """
                UPDATE deviceGrant SET intervalSeconds = ?, nextPollAt = ? WHERE codeHash = ?
                """,
            arguments: [interval, now.adding(seconds: interval).milliseconds, hash])
        return early ? OAuthError("slow_down") : nil
    }

    private func issue(
        _ db: Database, _ grant: Row, _ hash: Data, _ clientID: String, _ jkt: String
    ) throws -> Result<TokenIssue, OAuthError> {
        guard let memberID: String = grant["memberId"],
            let member = try rows.member(db, id: memberID), member.state.signsIn
        else { return .failure(OAuthError("access_denied")) }
        let issue = try newFamily(db, member: member, clientID: clientID, jkt: jkt)
        try db.execute(
            sql: "UPDATE deviceGrant SET state = 'redeemed', familyId = ? WHERE codeHash = ?",
            arguments: [issue.family, hash])
        return .success(issue)
    }
}
