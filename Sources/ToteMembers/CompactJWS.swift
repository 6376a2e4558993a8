package import ToteValues

/// A signed token taken apart (RFC 7515 section 7.1), strictly and before any signature is
/// checked: at most 8 KiB, two dots, base64url in its only form, StrictJSON in both parts (TOK-4).
package struct CompactJWS: Hashable, Sendable {
    package static let longest = 8192

    package let header: JSONValue
    package let payload: JSONValue
    /// The bytes that are signed.
    package let signingInput: [UInt8]
    package let signature: [UInt8]

    /// `nil` for a text that is no such token.
    package init?(text: String) {
        guard text.utf8.count <= Self.longest else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.json(parts[0]),
            let payload = Self.json(parts[1]), let signature = Base64URL.decode(parts[2])
        else { return nil }
        self.header = header
        self.payload = payload
        self.signature = signature
        signingInput = Array("\(parts[0]).\(parts[1])".utf8)
    }

    /// Joins header and payload to the text that is signed.
    package static func signingInput(header: JSONValue, payload: JSONValue) -> String {
        Base64URL.encode(header.canonical) + "." + Base64URL.encode(payload.canonical)
    }

    private static func json(_ part: Substring) -> JSONValue? {
        guard let bytes = Base64URL.decode(part), let value = try? StrictJSON.parse(bytes),
            case .object = value
        else { return nil }
        return value
    }
}
