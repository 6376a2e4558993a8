package import Crypto
import GRDB
import ToteMembers
import ToteMessages
import ToteStorage
package import ToteValues

/// The store's own authority over members: device grants (RFC 8628), tokens bound to device keys
/// (RFC 9449), guest grants. All rules run inside the transaction that writes their outcome.
package struct MemberAuthority: Sendable {
    /// Seconds (TOK-5, LOGIN-2).
    package enum Lifetime {
        package static let access: Int64 = 600
        package static let refresh: Int64 = 30 * 86_400
        package static let session: Int64 = 180 * 86_400
        package static let deviceCode: Int64 = 600
        package static let pollInterval = 5
        /// A guest's grant; the same key gets a new one by creating its cart again.
        package static let guestGrant: Int64 = 72 * 3600
        package static let retryWithoutKey: Int64 = 10
        package static let retryWithKey: Int64 = 86_400
    }

    /// Public clients that may sign in here.
    package static let clients: Set<String> = ["tote"]

    let database: StoreDatabase
    let world: World
    let signer: TokenSigner
    let rows: MemberRows
    let seal: ColumnSeal
    let bench: PasswordBench
    let address: StoreAddress
    /// The store group in which pairwise ids count; a single store is its own group.
    let group: UInt32
    /// Makes the page's form tokens.
    let formSecret: [UInt8]

    /// - Parameters:
    ///   - tokenKey: signs access tokens and guest grants.
    ///   - sealKey: 32 bytes under which personal columns are sealed.
    package init(
        database: StoreDatabase, world: World, tokenKey: Curve25519.Signing.PrivateKey,
        sealKey: [UInt8], address: StoreAddress, store: UInt32,
        bench: PasswordBench = PasswordBench()
    ) async {
        self.database = database
        self.world = world
        self.address = address
        group = store
        formSecret = Hashing.sha256(signatureDomain("csrf-key") + sealKey)
        seal = ColumnSeal(key: sealKey, keyID: 1)
        rows = MemberRows(seal: seal, world: world)
        self.bench = bench
        signer = await TokenSigner(key: tokenKey, issuer: "urn:tote:store:\(store)")
    }

    /// Checks a request's proof and remembers it, so that it counts once (RFC 9449 section 11.1).
    /// - Returns: `nil` for a proof that is malformed, not for this request, or seen before.
    func accept(
        proof text: String, request: ProvenRequest, accessToken: String?, _ db: Database
    ) throws -> DPoPProof? {
        guard let proof = DPoPProof(text: text),
            proof.matches(
                method: request.method, urls: request.urls, accessToken: accessToken,
                now: world.now())
        else { return nil }
        let now = world.now().unixSeconds
        try db.execute(
            sql: "INSERT OR IGNORE INTO seenProof (jtiHash, expiresAt) VALUES (?, ?)",
            arguments: [
                Hashing.of(proof.key.thumbprint + "." + proof.jti), now + DPoPProof.memory,
            ])
        guard db.changesCount == 1 else { return nil }
        return proof
    }

    /// Drops what no rule asks for any more (KEEP-1); called at start and daily.
    package func purge() async throws {
        let now = world.now().unixSeconds
        try await database.write { db in
            try db.execute(
                sql: "DELETE FROM seenProof WHERE expiresAt < ?", arguments: [now])
            try db.execute(
                sql: "DELETE FROM deviceGrant WHERE expiresAt < ?", arguments: [now - 86_400])
            try db.execute(
                sql: "DELETE FROM loginFailure WHERE until < ?", arguments: [now - 86_400])
            try db.execute(
                sql: "DELETE FROM tokenFamily WHERE absoluteExpiresAt < ?",
                arguments: [now - 86_400])
            try db.execute(
                sql: "DELETE FROM securityEvent WHERE at < ?", arguments: [now - 90 * 86_400])
        }
    }

    func record(
        _ db: Database, event: String, member: String? = nil, family: String? = nil
    ) throws {
        try db.execute(
            sql: "INSERT INTO securityEvent (at, kind, memberId, familyId) VALUES (?, ?, ?, ?)",
            arguments: [world.now().unixSeconds, event, member, family])
    }
}

/// What a proof must have been made for.
package struct ProvenRequest: Hashable, Sendable {
    package let method: String
    /// The request's URL under each name of the store, without query.
    package let urls: [String]

    package init(method: String, urls: [String]) {
        self.method = method
        self.urls = urls
    }
}

/// An OAuth error with its status; the route writes it as `OAuthProblem` (LIM-3).
package struct OAuthError: Error, Hashable, Sendable {
    package let status: Int
    package let error: String

    package init(_ error: String, status: Int = 400) {
        self.error = error
        self.status = status
    }

    package static let invalidGrant = OAuthError("invalid_grant")
    package static let invalidRequest = OAuthError("invalid_request")
    package static let invalidClient = OAuthError("invalid_client", status: 401)
    package static let invalidProof = OAuthError("invalid_dpop_proof")
}
