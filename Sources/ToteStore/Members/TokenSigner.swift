package import Crypto
import FoundationEssentials
package import JWTKit
import ToteMembers
package import ToteValues

/// The claims of an access token or of a guest's grant.
package struct TokenClaims: Hashable, Sendable, JWTPayload {
    package enum Kind: String, Codable, Sendable { case member, guest }

    package struct Confirmation: Hashable, Codable, Sendable {
        package let jkt: String
    }

    package let iss: String
    package let aud: String
    /// The member's identifier, or the cart of a guest.
    package let sub: String
    package let iat: Int64
    package let exp: Int64
    package let jti: String
    package let kind: Kind
    package let cnf: Confirmation
    /// Token family of a member, 16 hexadecimal digits.
    package let sid: String?
    /// Device of a guest, 32 hexadecimal digits.
    package let device: String?

    /// Claims are checked by `TokenSigner`, which knows the time.
    package func verify(using algorithm: some JWTAlgorithm) {}
}

/// Signs and checks the store's tokens: JWT (RFC 7519) by Ed25519, `typ` fixed, one key, nothing
/// believed from the header (TOK-4).
package struct TokenSigner: Sendable {
    package static let type = "at+jwt"
    /// Seconds of clock difference that are forgiven.
    private static let skew: Int64 = 60
    private static let keyName = "token-1"

    package let issuer: String
    /// The key as published at `/v1/oauth/jwks`.
    package let publicJWK: JSONValue
    private let keys: JWTKeyCollection

    package init(key: Curve25519.Signing.PrivateKey, issuer: String) async {
        self.issuer = issuer
        // Sorted members, so that signing the same claims twice gives the same bytes (TOK-7).
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        keys = await JWTKeyCollection().add(
            eddsa: EdDSA.PrivateKey(backing: key), kid: JWKIdentifier(string: Self.keyName),
            serializer: DefaultJWTSerializer(jsonEncoder: encoder))
        let x = Base64URL.encode(key.publicKey.rawRepresentation)
        publicJWK = .object([
            "kty": .string("OKP"), "crv": .string("Ed25519"), "x": .string(x),
            "kid": .string(Self.keyName), "alg": .string("EdDSA"), "use": .string("sig"),
        ])
    }

    package func sign(_ claims: TokenClaims) async throws -> String {
        try await keys.sign(
            claims, kid: JWKIdentifier(string: Self.keyName),
            header: ["typ": .string(Self.type)])
    }

    /// The claims of a token that is ours, unexpired and well formed; `nil` for any other text.
    package func claims(of text: String, now: Moment) async -> TokenClaims? {
        guard let token = CompactJWS(text: text), case .object(let header) = token.header,
            header.map(\.name).sorted() == ["alg", "kid", "typ"],
            token.header["alg"] == .string("EdDSA"),
            token.header["kid"] == .string(Self.keyName),
            token.header["typ"] == .string(Self.type),
            // Foundation would read `1e9` as an integer; the strict parser has the last word.
            case .integer(let expiry) = token.payload["exp"],
            case .integer(let issued) = token.payload["iat"],
            let claims = try? await keys.verify(text, as: TokenClaims.self),
            claims.exp == expiry, claims.iat == issued, claims.iss == issuer,
            claims.aud == issuer
        else { return nil }
        let seconds = now.unixSeconds
        guard seconds < claims.exp + Self.skew, claims.iat <= seconds + Self.skew else {
            return nil
        }
        return claims
    }
}
