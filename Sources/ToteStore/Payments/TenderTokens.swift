import Crypto
import FoundationEssentials
package import GRDB
import TotePayments
package import ToteValues

/// Cards on file: opaque tokens of a provider, bound to a member, sealed at rest (INV-14).
package struct TenderTokens: Sendable {
    let seal: ColumnSeal
    let world: World

    package init(seal: ColumnSeal, world: World) {
        self.seal = seal
        self.world = world
    }

    /// Adds a card behind those the member has; a known token stays as it is.
    package func add(
        _ db: Database, _ token: String, provider: String, member: [UInt8], brand: String,
        last4: String
    ) throws {
        let name = Self.name(token)
        let sealed = try seal.seal(
            Array(token.utf8), table: "tenderToken", column: "tokenSealed",
            row: Hex.encode(name), nonce: world.randomBytes(12))
        try db.execute(
            sql: """
                INSERT INTO tenderToken
                SELECT ?, ?, ?, ?, (SELECT count(*) + 1 FROM tenderToken WHERE member = ?), ?, ?
                ON CONFLICT (token) DO NOTHING
                """,
            arguments: [
                Data(name), Data(sealed), provider, Data(member), Data(member), brand, last4,
            ])
    }

    /// The member's first card, as its token.
    func first(_ db: Database, of member: [UInt8]) throws -> String? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT token, tokenSealed FROM tenderToken WHERE member = ?
                ORDER BY position LIMIT 1
                """,
            arguments: [Data(member)])
        guard let row else { return nil }
        let opened = seal.open(
            Array(row["tokenSealed"] as Data), table: "tenderToken", column: "tokenSealed",
            row: Hex.encode(row["token"] as Data))
        return opened.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Whose card it is; `nil` for a token that is not on file.
    func owner(_ db: Database, of token: String) throws -> [UInt8]? {
        try Data.fetchOne(
            db, sql: "SELECT member FROM tenderToken WHERE token = ?",
            arguments: [Data(Self.name(token))]
        ).map { Array($0) }
    }

    /// A token is found again by its hash, so that no row shows it.
    private static func name(_ token: String) -> [UInt8] {
        Array(SHA256.hash(data: signatureDomain("tender-token") + Array(token.utf8)))
    }
}
