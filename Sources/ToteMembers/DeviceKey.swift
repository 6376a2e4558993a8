import Crypto
public import ToteValues

/// The device's own signing key, Ed25519 (TOK-1): tokens are bound to it, so that a stolen token
/// is worth nothing without the device. A guest trip draws its own (GUEST-1).
public struct DeviceKey: Sendable {
    /// 32 bytes, secret.
    public let rawRepresentation: [UInt8]
    /// 32 bytes.
    public let publicKey: [UInt8]

    /// - Parameter rawRepresentation: 32 secret bytes.
    /// - Throws: `keyMalformed` for any other length.
    public init(rawRepresentation: [UInt8]) throws(MemberError) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: rawRepresentation)
        else {
            throw MemberError(
                code: .keyMalformed, message: "The device key is damaged.",
                mend: "Sign in again: tote login")
        }
        self.rawRepresentation = rawRepresentation
        publicKey = Array(key.publicKey.rawRepresentation)
    }

    /// A new key from the world's chance.
    public static func make(world: World) throws(MemberError) -> DeviceKey {
        try DeviceKey(rawRepresentation: world.randomBytes(32))
    }

    /// The public key as a JWK has it in `x` (RFC 8037).
    public var x: String { Base64URL.encode(publicKey) }
    /// RFC 7638 over the members of RFC 8037: base64url of a SHA-256.
    public var thumbprint: String { PublicJWK.ed25519(publicKey).thumbprint }

    /// Signs bytes, 64 bytes of Ed25519 (RFC 8032).
    public func signature(over bytes: [UInt8]) throws(MemberError) -> [UInt8] {
        do {
            let key = try Curve25519.Signing.PrivateKey(rawRepresentation: rawRepresentation)
            return Array(try key.signature(for: bytes))
        } catch {
            throw MemberError(
                code: .keyMalformed, message: "The device key cannot sign.",
                mend: "Sign in again: tote login")
        }
    }

    /// A proof for one request (RFC 9449 section 4.2).
    /// - Parameters:
    ///   - url: scheme, host, port and path; a query or fragment is cut off.
    ///   - accessToken: bound by `ath` when given.
    ///   - jti: unique to this proof.
    public func proof(
        method: String, url: String, accessToken: String? = nil, nonce: String? = nil,
        now: Moment, jti: String
    ) throws(MemberError) -> String {
        let header = JSONValue.object([
            "alg": .string("EdDSA"), "jwk": PublicJWK.ed25519(publicKey).json,
            "typ": .string(DPoPProof.type),
        ])
        let payload = JSONValue.object([
            "ath": accessToken.map { .string(DPoPProof.hash(ofToken: $0)) },
            "htm": .string(method), "htu": .string(DPoPProof.target(of: url)),
            "iat": .integer(now.unixSeconds), "jti": .string(jti),
            "nonce": nonce.map { .string($0) },
        ])
        let input = CompactJWS.signingInput(header: header, payload: payload)
        return input + "." + Base64URL.encode(try signature(over: Array(input.utf8)))
    }
}
