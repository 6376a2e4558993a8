import GRDB
import ToteStorage
import ToteValues

/// Writes documents into the tables of a catalogue file.
struct CatalogueWriter {
    let database: Database

    func write(_ snapshot: CatalogueSnapshot, document: SignedDocument) throws {
        try database.execute(
            sql: "INSERT INTO catalogue VALUES (1, ?, ?, ?, ?, ?)",
            arguments: [
                snapshot.version, snapshot.profile.json.canonicalText, snapshot.products.count,
                document.key, Hex.encode(document.signature),
            ])
        let product = try database.makeStatement(
            sql: "INSERT INTO product (number, sku, json) VALUES (?, ?, ?)")
        let code = try database.makeStatement(sql: "INSERT INTO code (key, product) VALUES (?, ?)")
        let text = try database.makeStatement(
            sql: "INSERT INTO productText (rowid, words) VALUES (?, ?)")
        for (index, item) in snapshot.products.enumerated() {
            let number = index + 1
            try product.execute(arguments: [number, item.sku, item.json.canonicalText])
            for key in item.codes { try code.execute(arguments: [key, number]) }
            try text.execute(arguments: [number, words(of: item)])
        }
    }

    /// Puts a book in force and keeps the last ones for price locks.
    func write(_ book: PriceBook, document: SignedDocument, receivedAt: Moment?) throws {
        try database.execute(
            sql: "UPDATE book SET state = 'kept'; DELETE FROM book WHERE version = ?",
            arguments: [book.version])
        try database.execute(
            sql: "INSERT INTO book VALUES (?, 'inForce', ?, ?, ?)",
            arguments: [
                book.version, document.key, Hex.encode(document.signature),
                receivedAt?.milliseconds,
            ])
        try write(book.entries, book: book.version)
        try write(book.promotions, book: book.version)
        try database.execute(
            sql: """
                DELETE FROM book WHERE version NOT IN
                    (SELECT version FROM book ORDER BY version DESC LIMIT ?)
                """, arguments: [CatalogueSchema.keptBooks])
    }

    /// Takes over the books of the file that is being replaced, for carts with price locks.
    func copyBooks(fromAttached old: String) throws {
        for table in ["book", "priceEntry", "promotion"] {
            try database.execute(sql: "INSERT INTO \(table) SELECT * FROM \(old).\(table)")
        }
    }

    private func write(_ entries: [PriceEntry], book: BookVersion) throws {
        let statement = try database.makeStatement(
            sql: "INSERT INTO priceEntry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for entry in entries {
            try statement.execute(arguments: [
                book, entry.sku, entry.list, entry.priority, entry.store.map { Int64($0) },
                entry.storeGroup, entry.price, entry.from, entry.until, entry.memberOnly,
                JSONValue.strings(entry.segments).canonicalText,
            ])
        }
    }

    private func write(_ promotions: [JSONValue], book: BookVersion) throws {
        let statement = try database.makeStatement(
            sql: "INSERT INTO promotion (book, position, id, layer, json) VALUES (?, ?, ?, ?, ?)")
        for (position, promotion) in promotions.enumerated() {
            try statement.execute(arguments: [
                book, position, text(promotion["id"]), text(promotion["layer"]),
                promotion.canonicalText,
            ])
        }
    }

    private func words(of product: Product) -> String {
        ([product.name, product.brand ?? ""] + product.categories).joined(separator: " ")
    }

    private func text(_ value: JSONValue?) -> String? {
        if case .string(let text) = value { text } else { nil }
    }
}
