import Crypto
import CryptoExtras
import Foundation
import ToteValues

/// A stored password: scrypt with N = 2^15, r = 8, p = 1 over its NFC bytes (LOGIN-10).
package struct PasswordHash: Hashable, Sendable {
    package let salt: [UInt8]
    package let hash: [UInt8]

    package init(salt: [UInt8], hash: [UInt8]) {
        self.salt = salt
        self.hash = hash
    }

    /// Stands in for a member who is not there, so that the answer takes as long.
    static let nobody = PasswordHash(
        salt: [UInt8](repeating: 0, count: 16), hash: [UInt8](repeating: 0, count: 32))
}

/// Checks one password at a time: scrypt takes 32 MiB and a fifth of a second, and a flood of
/// guesses must not take both from the shoppers.
package actor PasswordBench {
    package static let length = 8...128

    /// scrypt's N.
    private let rounds: Int

    /// - Parameter rounds: 2^15 for a store; tests of other things take less.
    package init(rounds: Int = 1 << 15) { self.rounds = rounds }

    package func hash(_ password: String, salt: [UInt8]) throws -> PasswordHash {
        let key = try KDF.Scrypt.deriveKey(
            from: Array(Self.normalised(password).utf8), salt: salt, outputByteCount: 32,
            rounds: rounds, blockSize: 8, parallelism: 1)
        return PasswordHash(salt: salt, hash: key.withUnsafeBytes { Array($0) })
    }

    /// Takes equally long for every password and every stored hash.
    package func matches(_ password: String, _ stored: PasswordHash) throws -> Bool {
        let made = try hash(password.isEmpty ? " " : password, salt: stored.salt)
        return Hashing.equal(made.hash, stored.hash)
    }

    /// Whether a new password may be set: 8 to 128 scalars, no composition rule.
    package static func accepts(_ password: String) -> Bool {
        length.contains(normalised(password).unicodeScalars.count)
    }

    /// Canonical composition (NFC): the same letters typed on another keyboard are the same.
    private static func normalised(_ password: String) -> String {
        password.precomposedStringWithCanonicalMapping
    }
}
