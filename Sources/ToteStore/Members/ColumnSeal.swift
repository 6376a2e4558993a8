import Crypto
import FoundationEssentials
import ToteValues

/// Seals single columns (KEY-4): `0x01 | u32 key id | nonce 12 | ciphertext | tag 16`, AES-256-GCM,
/// bound to table, column and row, so that a moved value does not open.
package struct ColumnSeal: Sendable {
    package static let overhead = 33
    package let keyID: UInt32
    private let key: SymmetricKey

    /// - Parameter key: 32 secret bytes.
    package init(key: [UInt8], keyID: UInt32) {
        self.key = SymmetricKey(data: key)
        self.keyID = keyID
    }

    /// - Parameter nonce: 12 fresh random bytes; never the same twice for one key.
    package func seal(
        _ bytes: [UInt8], table: String, column: String, row: String, nonce: [UInt8]
    ) throws -> [UInt8] {
        let box = try AES.GCM.seal(
            bytes, using: key, nonce: AES.GCM.Nonce(data: nonce),
            authenticating: additionalData(table, column, row))
        return [1] + keyID.bigEndianBytes + nonce + Array(box.ciphertext) + Array(box.tag)
    }

    /// `nil` (`decryptFailed`) for a changed byte, a moved row or column, or another key.
    package func open(
        _ sealed: [UInt8], table: String, column: String, row: String
    ) -> [UInt8]? {
        guard sealed.count >= Self.overhead, sealed[0] == 1,
            Array(sealed[1..<5]) == keyID.bigEndianBytes,
            let box = try? AES.GCM.SealedBox(combined: sealed[5...]),
            let opened = try? AES.GCM.open(
                box, using: key, authenticating: additionalData(table, column, row))
        else { return nil }
        return Array(opened)
    }

    private func additionalData(_ table: String, _ column: String, _ row: String) -> [UInt8] {
        let parts = ["tote/column/1", table, column, row, Hex.encode(keyID.bigEndianBytes)]
        return Array(parts.joined(separator: "\u{1F}").utf8)
    }
}
