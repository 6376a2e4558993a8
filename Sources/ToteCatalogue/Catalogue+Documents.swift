import GRDB
import ToteStorage
import ToteValues

/// The signed documents a file was made from, put together again from its rows. The store needs
/// no second copy of them, and a file and its documents can never disagree.
extension Catalogue {
    /// Call it once and keep the answer: it reads the whole file.
    /// - Throws: `damagedSnapshot`, `storage`. Verify the signatures: a document that was not in
    ///   canonical form when it was signed does not come back as it was.
    public func signedDocuments() throws(CatalogueError) -> (
        catalogue: SignedDocument, priceBook: SignedDocument
    ) {
        try read { reader in
            (
                try catalogueDocument(reader.database),
                try bookDocument(reader.database, version: reader.bookInForce())
            )
        }
    }

    private func catalogueDocument(_ database: Database) throws -> SignedDocument {
        let products = try String.fetchAll(
            database, sql: "SELECT json FROM product ORDER BY number")
        let text =
            #"{"products":["# + products.joined(separator: ",") + #"],"profile":"#
            + profile.json.canonicalText + #","version":\#(catalogueVersion)}"#
        let sql = "SELECT signingKey, signature FROM catalogue"
        return try document(text, Row.fetchOne(database, sql: sql))
    }

    private func bookDocument(
        _ database: Database, version: BookVersion
    ) throws -> SignedDocument {
        let entries = try Row.fetchAll(
            database, sql: "SELECT * FROM priceEntry WHERE book = ? ORDER BY rowid",
            arguments: [version]
        ).map { try CatalogueReader.entry($0).json.canonicalText }
        let promotions = try String.fetchAll(
            database, sql: "SELECT json FROM promotion WHERE book = ? ORDER BY position",
            arguments: [version])
        let text =
            #"{"currency":"\#(profile.currency.code)","entries":["#
            + entries.joined(separator: ",") + #"],"promotions":["#
            + promotions.joined(separator: ",")
            + #"],"store":\#(profile.store),"version":\#(version)}"#
        let sql = "SELECT signingKey, signature FROM book WHERE version = ?"
        return try document(text, Row.fetchOne(database, sql: sql, arguments: [version]))
    }

    private func document(_ text: String, _ row: Row?) throws -> SignedDocument {
        guard let row, let signature = Hex.decode(row["signature"] as String) else {
            throw CatalogueError(.damagedSnapshot, "a signature is missing")
        }
        return SignedDocument(
            body: Array(text.utf8), key: row["signingKey"], signature: signature)
    }
}
