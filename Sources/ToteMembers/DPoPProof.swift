import Crypto
package import ToteValues

/// A proof of possession of a key for one request (RFC 9449), as the store reads it. Reading
/// checks the form and the signature; `check` the request; the store remembers `jti`.
package struct DPoPProof: Hashable, Sendable {
    package static let type = "dpop+jwt"
    /// Seconds by which `iat` may differ from now (TOK-2).
    package static let window: Int64 = 60
    /// Seconds for which a `jti` must stay unseen (TOK-2).
    package static let memory: Int64 = 130

    package let key: PublicJWK
    package let jti: String
    package let method: String
    package let url: String
    package let issuedAt: Int64
    package let tokenHash: String?
    package let nonce: String?

    /// `nil` unless form, algorithm, key and signature hold (RFC 9449 section 4.3, 2 to 7). All
    /// failures look alike on purpose.
    package init?(text: String) {
        guard let token = CompactJWS(text: text), token.header["typ"] == .string(Self.type),
            let jwk = token.header["jwk"], let key = PublicJWK(json: jwk),
            token.header["alg"] == .string(key.algorithm),
            ["crit", "jku", "x5u", "x5c", "kid"].allSatisfy({ token.header[$0] == nil }),
            key.verifies(token.signature, over: token.signingInput)
        else { return nil }
        guard case .string(let jti) = token.payload["jti"], (1...128).contains(jti.utf8.count),
            case .string(let method) = token.payload["htm"],
            case .string(let url) = token.payload["htu"],
            case .integer(let issuedAt) = token.payload["iat"]
        else { return nil }
        self.key = key
        self.jti = jti
        self.method = method
        self.url = url
        self.issuedAt = issuedAt
        tokenHash = Self.text(token.payload["ath"])
        nonce = Self.text(token.payload["nonce"])
    }

    /// Whether this proof was made for that request (RFC 9449 section 4.3, 8 to 11).
    /// - Parameters:
    ///   - urls: the names under which the store answers this path, without query.
    ///   - accessToken: when given, `ath` must match.
    package func matches(
        method: String, urls: [String], accessToken: String?, now: Moment
    ) -> Bool {
        let (age, overflow) = now.unixSeconds.subtractingReportingOverflow(issuedAt)
        guard self.method == method, urls.contains(url), !overflow,
            (-Self.window...Self.window).contains(age)
        else { return false }
        guard let accessToken else { return true }
        return tokenHash == Self.hash(ofToken: accessToken)
    }

    /// `ath`: base64url of the SHA-256 of the token's text.
    package static func hash(ofToken token: String) -> String {
        Base64URL.encode(SHA256.hash(data: Array(token.utf8)))
    }

    /// `htu`: the URL without query and fragment.
    package static func target(of url: String) -> String {
        String(url.prefix { $0 != "?" && $0 != "#" })
    }

    private static func text(_ value: JSONValue?) -> String? {
        guard case .string(let text) = value else { return nil }
        return text
    }
}
