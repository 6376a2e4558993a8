import ToteMessages
import ToteValues

extension TripError {
    init(_ refusal: OAuthProblem) {
        let busy = ["slow_down", "temporarily_unavailable"].contains(refusal.error)
        self.init(
            code: refusal.error, kind: busy ? .tryLater : .permission,
            message: refusal.description ?? "The store's sign-in refused: \(refusal.error).",
            mend: "Start again: tote login")
    }
}

/// An answer whose content does not matter.
struct EmptyAnswer: JSONReadable {
    init(json: JSONField) throws(JSONReadError) {}
}

/// application/x-www-form-urlencoded values (WHATWG URL section 5.2).
enum FormText {
    static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2A, 0x2D, 0x2E, 0x5F:
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                encoded += "%" + Hex.encode([byte]).uppercased()
            }
        }
        return encoded
    }
}
