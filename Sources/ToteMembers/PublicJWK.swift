import Crypto
package import ToteValues

/// A public key in a JWK (RFC 7517): Ed25519 (RFC 8037) or P-256 (RFC 7518 section 6.2).
package enum PublicJWK: Hashable, Sendable {
    case ed25519([UInt8])
    case p256(x: [UInt8], y: [UInt8])

    /// `nil` for another key type, a private member, or any member beyond the key's own: a key
    /// has one form, hence one thumbprint.
    package init?(json: JSONValue) {
        guard case .object(let members) = json else { return nil }
        let names = members.map(\.name).sorted()
        guard case .string(let type) = json["kty"], case .string(let curve) = json["crv"],
            let x = Self.coordinate(json["x"])
        else { return nil }
        if type == "OKP", curve == "Ed25519", names == ["crv", "kty", "x"] {
            self = .ed25519(x)
        } else if type == "EC", curve == "P-256", names == ["crv", "kty", "x", "y"],
            let y = Self.coordinate(json["y"])
        {
            self = .p256(x: x, y: y)
        } else {
            return nil
        }
    }

    package var json: JSONValue {
        switch self {
        case .ed25519(let x):
            .object([
                "crv": .string("Ed25519"), "kty": .string("OKP"),
                "x": .string(Base64URL.encode(x)),
            ])
        case .p256(let x, let y):
            .object([
                "crv": .string("P-256"), "kty": .string("EC"), "x": .string(Base64URL.encode(x)),
                "y": .string(Base64URL.encode(y)),
            ])
        }
    }

    /// RFC 7638: base64url of the SHA-256 of the canonical members.
    package var thumbprint: String { Base64URL.encode(SHA256.hash(data: json.canonical)) }

    /// The `alg` that this key signs with.
    package var algorithm: String {
        switch self {
        case .ed25519: "EdDSA"
        case .p256: "ES256"
        }
    }

    package func verifies(_ signature: [UInt8], over bytes: [UInt8]) -> Bool {
        switch self {
        case .ed25519(let x):
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: x)
            return key?.isValidSignature(signature, for: bytes) ?? false
        case .p256(let x, let y):
            guard let key = try? P256.Signing.PublicKey(rawRepresentation: x + y),
                let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
            else { return false }
            return key.isValidSignature(signature, for: bytes)
        }
    }

    private static func coordinate(_ value: JSONValue?) -> [UInt8]? {
        guard case .string(let text) = value, let bytes = Base64URL.decode(text),
            bytes.count == 32
        else { return nil }
        return bytes
    }
}
