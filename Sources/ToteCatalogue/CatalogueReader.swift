import GRDB
import ToteBarcodes
import ToteStorage
import ToteValues

/// Reads rows of a catalogue file. Every query goes through an index.
struct CatalogueReader {
    let database: Database
    let profile: StoreProfile

    func bookInForce() throws -> BookVersion {
        let sql = "SELECT version FROM book WHERE state = 'inForce'"
        guard let version = try Int64.fetchOne(database, sql: sql) else {
            throw CatalogueError(.notInstalled, "there is no price book")
        }
        return version
    }

    func hasBook(_ version: BookVersion) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM book WHERE version = ?)",
            arguments: [version]) ?? false
    }

    func products(listedAs key: LookupKey) throws -> [Product] {
        try products(
            """
            SELECT product.json FROM code JOIN product ON product.number = code.product
            WHERE code.key = ? ORDER BY product.number
            """, [key.text])
    }

    func product(sku: String) throws -> Product? {
        try products("SELECT json FROM product WHERE sku = ?", [sku]).first
    }

    /// By rank, best first; `pattern` is in FTS5's own language.
    func products(matching pattern: String, limit: Int) throws -> [Product] {
        try products(
            """
            SELECT product.json FROM productText JOIN product ON product.number = productText.rowid
            WHERE productText MATCH ? ORDER BY productText.rank, product.number LIMIT ?
            """, [pattern, limit])
    }

    func isListed(_ key: LookupKey) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM code WHERE key = ?)",
            arguments: [key.text]) ?? false
    }

    /// Whether any article's GTIN-14 begins with these digits.
    func isListed(prefix: String) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM code WHERE key >= ? AND key < ?)",
            arguments: [prefix, prefix + ":"]) ?? false
    }

    /// Entries of an article that hold at this store and moment.
    func entries(sku: String, book: BookVersion, at moment: Moment) throws -> [PriceEntry] {
        let rows = try Row.fetchAll(
            database.cachedStatement(sql: "SELECT * FROM priceEntry WHERE book = ? AND sku = ?"),
            arguments: [book, sku])
        let localTime = profile.localTime(of: moment)
        return try rows.map(Self.entry).filter { $0.isValid(at: localTime, profile: profile) }
    }

    func promotions(book: BookVersion) throws -> [JSONValue] {
        try String.fetchAll(
            database, sql: "SELECT json FROM promotion WHERE book = ? ORDER BY position",
            arguments: [book]
        ).map { try StrictJSON.parse(Array($0.utf8), limits: .document) }
    }

    /// - Parameter measure: what the code itself says.
    /// - Throws: `saleStopped`, `noPrice`, `notASaleUnit`.
    func item(
        _ product: Product, measure: ItemMeasure, code: ScannedCode?, at moment: Moment
    ) throws -> PricedItem {
        if product.saleStopped {
            throw CatalogueError(
                .saleStopped, "\(product.name) may not be sold now",
                mend: "Please give it to a member of staff.", skus: [product.sku])
        }
        // Whatever code names it: a second number, a PLU or a label of the store's own (EXP-4).
        if let recall = profile.recalls.first(where: {
            $0.lots.isEmpty && product.codes.contains($0.gtin.lookupKey.text)
        }) {
            throw CatalogueError(
                .saleStopped,
                "\(product.name) is recalled\(recall.reason.isEmpty ? "" : ": \(recall.reason)")",
                mend: "Please give it to a member of staff, and take another.",
                skus: [product.sku])
        }
        let book = try bookInForce()
        let entries = try entries(sku: product.sku, book: book, at: moment)
        guard let shelf = entries.filter({ !$0.isMemberBound }).deciding else {
            throw CatalogueError(
                .noPrice, "\(product.name) has no price today", mend: "Please ask an attendant.",
                skus: [product.sku])
        }
        let member = entries.filter { $0.memberOnly && $0.segments.isEmpty }.deciding
        return PricedItem(
            product: product, shelfPriceMinor: shelf.price,
            memberPriceMinor: member.map(\.price).flatMap { $0 < shelf.price ? $0 : nil },
            measure: measure, book: book, currency: profile.currency, code: code)
    }

    private func products(_ sql: String, _ arguments: StatementArguments) throws -> [Product] {
        try String.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map { text in
            try Product(json: JSONField(StrictJSON.parse(Array(text.utf8))))
        }
    }

    static func entry(_ row: Row) throws -> PriceEntry {
        let segments: String = row["segments"]
        let store: Int64? = row["store"]
        return PriceEntry(
            sku: row["sku"], list: row["list"], priority: row["priority"],
            store: store.flatMap { UInt32(exactly: $0) }, storeGroup: row["storeGroup"],
            price: row["price"], from: row["fromTime"], until: row["untilTime"],
            memberOnly: row["memberOnly"],
            segments: try JSONField(StrictJSON.parse(Array(segments.utf8))).strings())
    }
}
