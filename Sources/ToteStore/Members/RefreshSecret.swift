import Crypto
import ToteValues

/// The tokens of one family, derived from one secret (TOK-6): the store keeps secret and number,
/// never a token.
package struct RefreshSecret: Sendable {
    private let secret: SymmetricKey

    package init(_ secret: [UInt8]) { self.secret = SymmetricKey(data: secret) }

    /// Refresh token `number`, 43 characters.
    package func token(_ number: UInt32) -> String {
        Base64URL.encode(code("refresh", number))
    }

    /// The `jti` of the access token that comes with refresh token `number`: derived, so that a
    /// retried refresh has the same bytes (TOK-7).
    package func accessTokenID(_ number: UInt32) -> String {
        Base64URL.encode(code("access-id", number).prefix(16))
    }

    private func code(_ purpose: String, _ number: UInt32) -> [UInt8] {
        let message = signatureDomain(purpose) + number.bigEndianBytes
        return Array(HMAC<SHA256>.authenticationCode(for: message, using: secret))
    }

    /// IDS-1: first 16 bytes of HMAC-SHA256(member secret, domain | group).
    package static func pairwiseID(memberSecret: [UInt8], group: UInt32) -> [UInt8] {
        let message = signatureDomain("pairwise") + group.bigEndianBytes
        let key = SymmetricKey(data: memberSecret)
        return Array(HMAC<SHA256>.authenticationCode(for: message, using: key).prefix(16))
    }
}
