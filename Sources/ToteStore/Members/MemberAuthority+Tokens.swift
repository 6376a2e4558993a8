import GRDB
package import ToteMembers
import ToteValues

/// What a token answer is made from; the same values give the same bytes (TOK-7).
struct TokenIssue: Sendable {
    let family: String
    let member: MemberRecord
    let jkt: String
    let secret: RefreshSecret
    let number: UInt32
    let issuedAt: Moment
    let refreshExpiresAt: Int64
    let absoluteExpiresAt: Int64
}

/// Families of tokens (TOK-5 to TOK-9).
extension MemberAuthority {
    func newFamily(
        _ db: Database, member: MemberRecord, clientID: String, jkt: String
    ) throws -> TokenIssue {
        let id = Hex.encode(world.randomBytes(8))
        let secret = world.randomBytes(32)
        let now = world.now()
        let sealed = try seal.seal(
            secret, table: "tokenFamily", column: "secretSealed", row: id,
            nonce: world.randomBytes(12))
        let issue = TokenIssue(
            family: id, member: member, jkt: jkt, secret: RefreshSecret(secret), number: 1,
            issuedAt: now, refreshExpiresAt: now.unixSeconds + Lifetime.refresh,
            absoluteExpiresAt: now.unixSeconds + Lifetime.session)
        try db.execute(
            sql: """
                INSERT INTO tokenFamily (id, memberId, clientId, jkt, secretSealed, counter,
                    rotatedAt, expiresAt, absoluteExpiresAt, label)
                VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, 'device')
                """,
            arguments: [
                id, member.id, clientID, jkt, Hashing.data(sealed), now.milliseconds,
                issue.refreshExpiresAt, issue.absoluteExpiresAt,
            ])
        try remember(db, issue)
        try record(db, event: "signedIn", member: member.id, family: id)
        return issue
    }

    /// Exchanges a refresh token.
    /// - Parameter retryKey: `Idempotency-Key`; a repeat with it gets the same bytes for a day.
    /// - Throws: `OAuthError` `invalid_grant`, `invalid_dpop_proof`.
    package func refresh(
        token: String, clientID: String, retryKey: String?, proof: String, request: ProvenRequest
    ) async throws -> TokenAnswer {
        let issue = try await database.write { db -> Result<TokenIssue, OAuthError> in
            guard
                let proof = try accept(proof: proof, request: request, accessToken: nil, db)
            else { return .failure(.invalidProof) }
            let issue = try rotate(
                db, token: token, clientID: clientID, retryKey: retryKey,
                jkt: proof.key.thumbprint)
            return issue.map { .success($0) } ?? .failure(.invalidGrant)
        }.get()
        return try await answer(issue)
    }

    /// Ends a family for whoever proves its key: by refresh token (RFC 7009), or by the family's
    /// id alone (TOK-9). An unknown token is no error.
    package func revoke(
        token: String?, session: String?, proof: String, request: ProvenRequest
    ) async throws {
        try await database.write { db -> Result<Void, OAuthError> in
            guard
                let proof = try accept(proof: proof, request: request, accessToken: nil, db)
            else { return .failure(.invalidProof) }
            let named = try token.flatMap { try family(db, ofToken: $0)?.id } ?? session
            let mine = try named.flatMap {
                try String.fetchOne(
                    db, sql: "SELECT id FROM tokenFamily WHERE id = ? AND jkt = ?",
                    arguments: [$0, proof.key.thumbprint])
            }
            if let mine { try revoke(db, family: mine, event: "signedOut") }
            return .success(())
        }.get()
    }

    func revoke(_ db: Database, family: String?, event: String) throws {
        try db.execute(
            sql: "UPDATE tokenFamily SET revokedAt = ? WHERE id = ? AND revokedAt IS NULL",
            arguments: [world.now().unixSeconds, family])
        if db.changesCount > 0 { try record(db, event: event, family: family) }
    }

    func answer(_ issue: TokenIssue) async throws -> TokenAnswer {
        let reference = issue.member.reference(group: group)
        let access = issue.issuedAt.unixSeconds + Lifetime.access
        let claims = TokenClaims(
            iss: signer.issuer, aud: signer.issuer, sub: issue.member.id,
            iat: issue.issuedAt.unixSeconds, exp: access,
            jti: issue.secret.accessTokenID(issue.number), kind: .member,
            cnf: .init(jkt: issue.jkt), sid: issue.family, device: nil)
        let session = MemberSession(
            id: Hex.decode(issue.family).flatMap { UInt64(bigEndianBytes: $0) } ?? 0,
            issuer: address.base,
            pairwiseID: Bytes16(reference.pairwiseID) ?? Bytes16(high: 0, low: 0),
            tier: issue.member.tier, assurance: .signedIn,
            accessExpiresAt: Moment(unixSeconds: access),
            refreshExpiresAt: Moment(unixSeconds: issue.refreshExpiresAt),
            absoluteExpiresAt: Moment(unixSeconds: issue.absoluteExpiresAt))
        return TokenAnswer(
            accessToken: try await signer.sign(claims),
            refreshToken: issue.secret.token(issue.number),
            expiresInSeconds: Int(Lifetime.access), session: session)
    }

    private func family(
        _ db: Database, ofToken token: String
    ) throws -> (id: String, number: Int64)? {
        try Row.fetchOne(
            db, sql: "SELECT familyId, number FROM refreshToken WHERE tokenHash = ?",
            arguments: [Hashing.of(token)]
        ).map { ($0["familyId"], $0["number"]) }
    }

    /// TOK-7. `nil` is `invalid_grant`; any reuse but a retry also revokes the family.
    private func rotate(
        _ db: Database, token: String, clientID: String, retryKey: String?, jkt: String
    ) throws -> TokenIssue? {
        guard let (id, number) = try family(db, ofToken: token),
            let row = try Row.fetchOne(
                db,
                sql: "SELECT * FROM tokenFamily WHERE id = ? AND clientId = ?",
                arguments: [id, clientID])
        else { return nil }
        let now = world.now()
        guard row["revokedAt"] == nil, now.unixSeconds < row["expiresAt"] as Int64,
            let member = try rows.member(db, id: row["memberId"]), member.state.signsIn
        else { return nil }
        let current: Int64 = row["counter"]
        if number == current, row["jkt"] as String == jkt {
            return try rotate(db, row, member, retryKey: retryKey)
        }
        if number == current - 1, row["jkt"] as String == jkt,
            isRetry(row, retryKey: retryKey, now)
        {
            return issue(row, member)
        }
        // The live token under a stranger's key ends nobody's session; it only fails.
        if number == current {
            try record(db, event: "refreshWrongKey", member: member.id, family: id)
        } else {
            try revoke(db, family: id, event: "refreshReused")
        }
        return nil
    }

    private func isRetry(_ row: Row, retryKey: String?, _ now: Moment) -> Bool {
        let age = now.milliseconds - (row["rotatedAt"] as Int64)
        if age <= Lifetime.retryWithoutKey * 1000 { return true }
        guard let retryKey, let stored: Data = row["retryKeyHash"] else { return false }
        return stored == Hashing.of(retryKey) && age <= Lifetime.retryWithKey * 1000
    }

    private func rotate(
        _ db: Database, _ row: Row, _ member: MemberRecord, retryKey: String?
    ) throws -> TokenIssue? {
        let now = world.now()
        let absolute: Int64 = row["absoluteExpiresAt"]
        try db.execute(
            sql: """
                UPDATE tokenFamily SET counter = counter + 1, retryKeyHash = ?, rotatedAt = ?,
                    expiresAt = ? WHERE id = ?
                """,
            arguments: [
                retryKey.map { Hashing.of($0) }, now.milliseconds,
                min(absolute, now.unixSeconds + Lifetime.refresh), row["id"] as String,
            ])
        let updated = try Row.fetchOne(
            db, sql: "SELECT * FROM tokenFamily WHERE id = ?", arguments: [row["id"] as String])
        guard let updated, let issue = issue(updated, member) else { return nil }
        try remember(db, issue)
        return issue
    }

    private func remember(_ db: Database, _ issue: TokenIssue) throws {
        try db.execute(
            sql: "INSERT INTO refreshToken (tokenHash, familyId, number) VALUES (?, ?, ?)",
            arguments: [
                Hashing.of(issue.secret.token(issue.number)), issue.family, issue.number,
            ])
    }

    private func issue(_ row: Row, _ member: MemberRecord) -> TokenIssue? {
        let id: String = row["id"]
        guard
            let secret = seal.open(
                Hashing.bytes(row["secretSealed"]), table: "tokenFamily",
                column: "secretSealed", row: id)
        else { return nil }
        return TokenIssue(
            family: id, member: member, jkt: row["jkt"], secret: RefreshSecret(secret),
            number: UInt32(clamping: row["counter"] as Int64),
            issuedAt: Moment(milliseconds: row["rotatedAt"]),
            refreshExpiresAt: row["expiresAt"], absoluteExpiresAt: row["absoluteExpiresAt"])
    }
}
