import Crypto
import FoundationEssentials

typealias Data = FoundationEssentials.Data

/// Bytes and hashes as the authority's rows have them.
package enum Hashing {
    static func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    /// SHA-256 of a text, for a BLOB column.
    static func of(_ text: String) -> Data { data(sha256(Array(text.utf8))) }

    static func data(_ bytes: [UInt8]) -> Data { Data(bytes) }
    static func bytes(_ data: Data) -> [UInt8] { Array(data) }

    /// Compares without telling by its time where the difference is.
    package static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        // `|` and `^` have one precedence: without the parentheses a later byte hides a difference.
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
