import GRDB
import ToteMembers
package import ToteMessages
package import ToteValues

/// From a request's credential to the caller.
extension MemberAuthority {
    /// The credential of one request, as its headers have it.
    package struct Credential: Sendable {
        /// `Authorization: DPoP …`, without the scheme.
        package let accessToken: String?
        /// The `DPoP` header.
        package let proof: String?
        package let request: ProvenRequest
        /// The cart that the request names: one key may have begun several.
        package let cart: CartID?

        package init(
            accessToken: String?, proof: String?, request: ProvenRequest, cart: CartID? = nil
        ) {
            self.accessToken = accessToken
            self.proof = proof
            self.request = request
            self.cart = cart
        }
    }

    /// Who asks. Without a token the caller is anonymous, with a proven key if there is a proof.
    /// - Throws: `Problem` 401 for a token or proof that does not hold.
    package func caller(_ credential: Credential) async throws -> Caller {
        guard let token = credential.accessToken else {
            guard credential.proof != nil else { return .anonymous }
            return try await database.write { db in
                Caller(keyThumbprint: try prove(credential, token: nil, db))
            }
        }
        guard let claims = await signer.claims(of: token, now: world.now()) else {
            throw Problem.unauthorised("The access token does not hold.")
        }
        return try await database.write { db in
            guard try prove(credential, token: token, db) == claims.cnf.jkt else {
                throw Problem.unauthorised("The token belongs to another key.")
            }
            switch claims.kind {
            case .guest: return try guest(claims)
            case .member: return try member(claims, cart: credential.cart, db)
            }
        }
    }

    /// The grant with which a trip's device goes on (DESIGN, "What does a guest's device
    /// present?"), bound to cart, device and key. The first key of a cart's stream keeps it.
    /// - Throws: `Problem` 404 for another key, 401 without a proof.
    package func grant(cart: CartID, device: DeviceID, caller: Caller) async throws -> String {
        guard let jkt = caller.keyThumbprint else {
            throw Problem.unauthorised("A proof of the device's key is needed.")
        }
        let now = world.now()
        try await database.write { db in
            try note(db, CartKey(cart: cart, device: device, jkt: jkt), caller)
        }
        let claims = TokenClaims(
            iss: signer.issuer, aud: signer.issuer, sub: cart.text, iat: now.unixSeconds,
            exp: now.unixSeconds + Lifetime.guestGrant,
            jti: Base64URL.encode(world.randomBytes(12)), kind: .guest, cnf: .init(jkt: jkt),
            sid: nil, device: device.text)
        return try await signer.sign(claims)
    }

    private struct CartKey {
        let cart: CartID
        let device: DeviceID
        let jkt: String
    }

    /// A cart belongs to the key that began it, and to its member's other devices; a stranger who
    /// has read its number somewhere gets no grant for it.
    private func note(_ db: Database, _ key: CartKey, _ caller: Caller) throws {
        let cart = Hashing.data(key.cart.bytes)
        let device = Hashing.data(key.device.bytes)
        let keys = try Row.fetchAll(
            db, sql: "SELECT device, jkt FROM cartKey WHERE cart = ?", arguments: [cart])
        if let known = keys.first(where: { $0["device"] as Data == device }) {
            guard known["jkt"] as String == key.jkt else { throw Problem.unknownCart }
            return
        }
        let isMine = keys.isEmpty || keys.contains { $0["jkt"] as String == key.jkt }
        guard try isMine || CartLog.mayUse(db, key.cart, caller) else {
            throw Problem.unknownCart
        }
        try db.execute(
            sql: "INSERT INTO cartKey VALUES (?, ?, ?, ?, ?)",
            arguments: [cart, device, key.jkt, caller.member == nil, world.now().unixSeconds])
    }

    /// Whether the caller's proven key is one that this cart's devices began with.
    static func hasBegun(_ db: Database, _ cart: CartID, _ caller: Caller) throws -> Bool {
        guard let jkt = caller.keyThumbprint else { return false }
        return try Bool.fetchOne(
            db, sql: "SELECT 1 FROM cartKey WHERE cart = ? AND jkt = ?",
            arguments: [Hashing.data(cart.bytes), jkt]) ?? false
    }

    /// The keys of a cart that was bound into another go on there.
    static func move(_ db: Database, from: CartID, to cart: CartID) throws {
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO cartKey (cart, device, jkt, isGuest, createdAt)
                SELECT ?, device, jkt, isGuest, createdAt FROM cartKey WHERE cart = ?
                """,
            arguments: [Hashing.data(cart.bytes), Hashing.data(from.bytes)])
    }

    private func prove(
        _ credential: Credential, token: String?, _ db: Database
    ) throws -> String {
        guard let text = credential.proof,
            let proof = try accept(
                proof: text, request: credential.request, accessToken: token, db)
        else { throw Problem.unauthorised("The proof of the device's key does not hold.") }
        return proof.key.thumbprint
    }

    private func guest(_ claims: TokenClaims) throws -> Caller {
        guard let cart = CartID(text: claims.sub),
            let device = claims.device.flatMap({ DeviceID(text: $0) })
        else { throw Problem.unauthorised() }
        return Caller(device: device, guestCart: cart, keyThumbprint: claims.cnf.jkt)
    }

    /// A revoked family ends at once, an unopened or closed member like an unknown one.
    private func member(
        _ claims: TokenClaims, cart: CartID?, _ db: Database
    ) throws -> Caller {
        let live = try Bool.fetchOne(
            db,
            sql: """
                SELECT 1 FROM tokenFamily WHERE id = ? AND memberId = ? AND jkt = ?
                    AND revokedAt IS NULL
                """,
            arguments: [claims.sid, claims.sub, claims.cnf.jkt])
        guard live == true, let record = try rows.member(db, id: claims.sub),
            record.state != .closed
        else { throw Problem.unauthorised("This session has ended; sign in again.") }
        let key = try Row.fetchOne(
            db,
            sql: """
                SELECT cart, device, isGuest FROM cartKey WHERE jkt = ?
                ORDER BY cart = ? DESC, createdAt DESC, cart DESC LIMIT 1
                """,
            arguments: [claims.cnf.jkt, cart.map { Hashing.data($0.bytes) }])
        let isGuest = key.map { $0["isGuest"] as Bool } ?? false
        return Caller(
            device: key.flatMap { DeviceID(bytes: Hashing.bytes($0["device"])) },
            member: record.reference(group: group),
            guestCart: isGuest ? key.flatMap { CartID(bytes: Hashing.bytes($0["cart"])) } : nil,
            keyThumbprint: claims.cnf.jkt)
    }

    /// The signed-in member's own view.
    package func view(of caller: Caller, points: Int64) async throws -> MemberView {
        guard let reference = caller.member else { throw Problem.unauthorised() }
        let record = try await database.read { db in
            try rows.member(db, id: reference.memberID)
        }
        guard let record else { throw Problem.unauthorised() }
        return MemberView(
            id: Hex.encode(reference.pairwiseID), name: record.name, state: record.state,
            tier: record.tier, points: points, assurance: .signedIn)
    }
}
