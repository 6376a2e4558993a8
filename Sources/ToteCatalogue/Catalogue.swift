import GRDB
import Synchronization
public import ToteBarcodes
import ToteStorage
public import ToteValues

/// The offline catalogue of one store: articles, codes, words and price books in a file of its
/// own. Lookups are index look-ups; opening reads a few pages. Safe from any thread.
public final class Catalogue: Sendable {
    public let path: String
    public let catalogueVersion: Int64
    public let profile: StoreProfile
    let queue: DatabaseQueue
    let identity: FileIdentity?
    private let productCount: Int
    private let book: Mutex<BookVersion>

    /// Opens what `install` has put there.
    /// - Throws: `notInstalled` when there is no file, `damagedSnapshot`, `storage`.
    public static func open(path: String) throws(CatalogueError) -> Catalogue {
        guard FileSystem.exists(path) else {
            throw CatalogueError(
                .notInstalled, "there is no catalogue yet",
                mend: "Go online once, so that the store's catalogue can be fetched.")
        }
        return try mapping(path) { try Catalogue(path: path) }
    }

    private init(path: String) throws {
        self.path = path
        identity = FileSystem.identity(path)
        queue = try DatabaseQueue(
            path: path, configuration: CatalogueSchema.configuration(readOnly: false))
        let head = try queue.writeWithoutTransaction { database in
            try CatalogueSchema.prepareForUse(database)
            try CatalogueSchema.quickCheck(database, path: path)
            return try CatalogueHead(database)
        }
        catalogueVersion = head.version
        profile = head.profile
        productCount = head.productCount
        book = Mutex(head.book)
    }

    /// The book in force.
    public var bookVersion: BookVersion { book.withLock { $0 } }

    /// How many articles are listed.
    public func count() -> Int { productCount }

    /// The article of a scanned code, priced for `at`.
    /// - Parameter article: which one is meant where several have the code; any other SKU is
    ///   refused, so that a choice can never name what the code does not.
    /// - Throws: `unknownCode`, `unknownPLU`, `unknownInStoreCode`, `notAnArticle`,
    ///   `codeRefused`, `ambiguous`, `notASaleUnit`, `saleStopped`, `noPrice`; `damagedSnapshot`
    ///   and `storage` when the file fails.
    public func item(
        for code: ScannedCode, at: Moment, article: String? = nil
    ) throws(CatalogueError) -> PricedItem {
        let keys = try LookupRules.keys(of: code)
        return try read { reader in
            let product = try Self.product(keys, code: code, article: article, reader: reader)
            let measure = try LookupRules.measure(
                of: product, embedded: code.reading.article?.measure)
            return try reader.item(product, measure: measure, code: code, at: at)
        }
    }

    /// The article of that SKU.
    /// - Throws: `unknownCode`, `notASaleUnit`, `saleStopped`, `noPrice`, `damagedSnapshot`,
    ///   `storage`.
    public func item(sku: String, at: Moment) throws(CatalogueError) -> PricedItem {
        try read { reader in
            guard let product = try reader.product(sku: sku) else {
                throw CatalogueError(.unknownCode, "no article \(sku) is listed", skus: [sku])
            }
            let measure = try LookupRules.measure(of: product, embedded: nil)
            return try reader.item(product, measure: measure, code: nil, at: at)
        }
    }

    /// Shelf price of a locked book, minor units (SYNC-55); `nil` when that book is not kept or
    /// has no price for the article then.
    public func shelfPrice(sku: String, book: BookVersion, at: Moment) -> Int64? {
        try? read { reader in
            try reader.entries(sku: sku, book: book, at: at).filter { !$0.isMemberBound }
                .deciding?.price
        }
    }

    /// Member-bound entries of the book in force that hold now, for the offers to turn into
    /// `memberPrice/<list>/<sku>` (OFF-71).
    /// - Throws: `damagedSnapshot`, `storage`.
    public func memberEntries(
        skus: [String], at: Moment
    ) throws(CatalogueError) -> [PriceEntry] {
        try read { reader in
            let book = try reader.bookInForce()
            return try skus.flatMap { sku in
                try reader.entries(sku: sku, book: book, at: at).filter(\.isMemberBound)
            }
        }
    }

    /// Whether any article has this key; `false` also when the file fails.
    public func isListed(_ key: LookupKey) -> Bool {
        (try? read { try $0.isListed(key) }) ?? false
    }

    /// Articles whose words begin with every word of `text`, whatever case and accents, best
    /// first. Those that cannot be sold now are left out.
    /// - Parameter limit: 1…200.
    /// - Throws: `damagedSnapshot`, `storage`.
    public func search(
        _ text: String, limit: Int = 20, at: Moment
    ) throws(CatalogueError) -> [PricedItem] {
        guard let pattern = Self.pattern(text) else { return [] }
        return try read { reader in
            try reader.products(matching: pattern, limit: min(max(1, limit), 200))
                .compactMap { product in
                    do {
                        let measure = try LookupRules.measure(of: product, embedded: nil)
                        return try reader.item(product, measure: measure, code: nil, at: at)
                    } catch is CatalogueError {
                        return nil
                    }
                }
        }
    }

    /// Offers of the book in force, as they came.
    /// - Throws: `damagedSnapshot`, `storage`.
    public func promotions() throws(CatalogueError) -> [JSONValue] {
        try read { try $0.promotions(book: $0.bookInForce()) }
    }

    func setBook(_ version: BookVersion) { book.withLock { $0 = version } }

    func read<Value>(
        _ body: (CatalogueReader) throws -> Value
    ) throws(CatalogueError) -> Value {
        try Self.mapping(path) {
            try queue.read { try body(CatalogueReader(database: $0, profile: profile)) }
        }
    }

    static func mapping<Value>(
        _ path: String, _ body: () throws -> Value
    ) throws(CatalogueError) -> Value {
        do { return try body() } catch { throw CatalogueError(error, path: path) }
    }
}

extension Catalogue {
    private static func product(
        _ keys: [LookupKey], code: ScannedCode, article: String?, reader: CatalogueReader
    ) throws -> Product {
        for key in keys {
            let found = try reader.products(listedAs: key)
            if let article, !found.isEmpty {
                guard let chosen = found.first(where: { $0.sku == article }) else {
                    throw CatalogueError(
                        .notACandidate, "\(article) does not have this code",
                        mend: "Choose one of: " + found.map(\.sku).joined(separator: ", "),
                        skus: found.map(\.sku))
                }
                return chosen
            }
            if found.count > 1 {
                throw CatalogueError(
                    .ambiguous, "\(found.count) articles have this code",
                    mend: "Choose one: " + found.map(\.name).joined(separator: ", "),
                    skus: found.map(\.sku))
            }
            if let product = found.first { return product }
        }
        throw try refusal(of: code, reader: reader)
    }

    private static func refusal(
        of code: ScannedCode, reader: CatalogueReader
    ) throws -> CatalogueError {
        if case .plu(let plu) = code.reading {
            return CatalogueError(
                .unknownPLU, "PLU \(plu.text) is not sold here",
                mend: "Check the number, or search by name.")
        }
        if let gtin = code.reading.article?.gtin, let each = LookupRules.each(of: gtin),
            let product = try reader.products(listedAs: each).first
        {
            return CatalogueError(
                .notASaleUnit, "this is a pack of \(product.name)",
                mend: "Scan the article itself.", skus: [product.sku])
        }
        return CatalogueError(
            .unknownCode, "\(code.reading.words) is not sold here",
            mend: "Scan it again, or ask an attendant.")
    }

    /// Each word a quoted prefix, so that nothing typed is taken for FTS5's own language.
    static func pattern(_ text: String) -> String? {
        let words = text.split { !$0.isLetter && !$0.isNumber }
        return words.isEmpty ? nil : words.map { "\"\($0)\"*" }.joined(separator: " ")
    }
}

/// The one row of `catalogue`, and the book in force.
struct CatalogueHead {
    let version: Int64
    let profile: StoreProfile
    let productCount: Int
    let book: BookVersion

    init(_ database: Database) throws {
        let sql = """
            SELECT catalogue.version, profile, productCount, book.version AS book
            FROM catalogue, book WHERE book.state = 'inForce'
            """
        guard let row = try Row.fetchOne(database, sql: sql) else {
            throw CatalogueError(.damagedSnapshot, "the catalogue file is empty")
        }
        let text: String = row["profile"]
        version = row["version"]
        profile = try StoreProfile(
            json: JSONField(StrictJSON.parse(Array(text.utf8), limits: .document)))
        productCount = row["productCount"]
        book = row["book"]
    }
}
