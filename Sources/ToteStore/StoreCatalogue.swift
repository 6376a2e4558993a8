import Synchronization
public import ToteBarcodes
public import ToteCatalogue
import ToteStorage
public import ToteValues

/// The store's own catalogue file and the two signed documents devices fetch. The documents are
/// read back from the file, so they can never disagree with it. Safe from any thread; publishing
/// is serialised.
public final class StoreCatalogue: Sendable {
    public static let fileName = "catalogue.sqlite"

    private struct State {
        var catalogue: Catalogue
        var document: SignedDocument
        var book: SignedDocument
    }

    private let path: String
    private let signers: (catalogue: DocumentSigner, priceBook: DocumentSigner)
    private let state: Mutex<State>
    /// Held while a version is made, so that `state` is only ever locked for a moment.
    private let publishing = Mutex(())

    /// Opens the folder's catalogue; if there is none, publishes `first` as version 1.
    /// - Parameter at: when `first` is published.
    /// - Throws: `notInstalled` without catalogue and without `first`; `badSignature` and
    ///   `unknownKey` when the file was signed by other keys; else as `Catalogue.install`.
    public init(
        folder: String, catalogueSigner: DocumentSigner, priceBookSigner: DocumentSigner,
        first: Assortment? = nil, at: Moment
    ) throws(CatalogueError) {
        path = folder + "/" + Self.fileName
        signers = (catalogueSigner, priceBookSigner)
        let keys = Self.keys(signers)
        let opened: State
        do throws(CatalogueError) {
            opened = try Self.open(path, keys: keys)
        } catch {
            guard error.code == .notInstalled, let first else { throw error }
            opened = try Self.publish(
                first, versions: (1, 1), signers: signers, path: path, at: at)
        }
        state = Mutex(opened)
    }

    /// The catalogue in force, for pricing in the store.
    public var catalogue: Catalogue { state.withLock { $0.catalogue } }

    /// Public keys by number, as devices verify with.
    public var keys: DocumentKeys { Self.keys(signers) }

    /// The signed catalogue; `nil` when `version` is the one in force.
    public func document(since version: Int64?) -> SignedDocument? {
        state.withLock { $0.catalogue.catalogueVersion == version ? nil : $0.document }
    }

    /// The signed price book; `nil` when `version` is the one in force.
    public func priceBook(since version: BookVersion?) -> SignedDocument? {
        state.withLock { $0.catalogue.bookVersion == version ? nil : $0.book }
    }

    /// Replaces articles, prices and offers by the next version of both documents.
    /// - Throws: as `Catalogue.install`; then the old ones stay in force.
    public func publish(_ assortment: Assortment, at: Moment) throws(CatalogueError) {
        try change { state throws(CatalogueError) in
            try Self.publish(
                assortment, versions: Self.next(state), signers: signers, path: path, at: at)
        }
    }

    /// Replaces articles and prices by those of a CSV file (`CatalogueCSV`); offers stay.
    /// - Parameter dictionary: application identifiers in the form of the GS1 Barcode Syntax
    ///   Dictionary, which take the place of those known so far.
    /// - Returns: how many articles are listed now.
    /// - Throws: `csv` with line and column, `badDocument` with the line of a dictionary; else as
    ///   `publish`.
    @discardableResult
    public func importCSV(
        _ bytes: [UInt8], dictionary: [UInt8]? = nil, at: Moment
    ) throws(CatalogueError) -> Int {
        var profile = catalogue.profile
        if let dictionary {
            profile.rules = profile.rules.replacing(identifiers: try Self.table(dictionary))
        }
        let (products, entries) = try CatalogueCSV.products(
            from: bytes, currency: profile.currency)
        try change { state throws(CatalogueError) in
            let assortment = Assortment(
                profile: profile, products: products, entries: entries,
                promotions: try state.catalogue.promotions())
            return try Self.publish(
                assortment, versions: Self.next(state), signers: signers, path: path, at: at)
        }
        return products.count
    }

    private static func table(_ bytes: [UInt8]) throws(CatalogueError) -> IdentifierTable {
        do throws(DictionaryError) {
            return try IdentifierTable(dictionary: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw CatalogueError(
                .badDocument, "The dictionary of identifiers cannot be used: \(error)",
                mend: "Mend that line; the form is the GS1 Barcode Syntax Dictionary's.",
                line: error.line)
        }
    }

    /// Puts other recalls in force (EXP-4): the next version of the catalogue carries them, and
    /// devices refuse the goods as soon as they have it. Articles, prices and offers stay.
    /// - Throws: as `publish`.
    public func setRecalls(_ recalls: [Recall], at: Moment) throws(CatalogueError) {
        try change { state throws(CatalogueError) in
            var assortment = try Self.assortment(state)
            assortment.profile.recalls = recalls
            return try Self.publish(
                assortment, versions: Self.next(state), signers: signers, path: path, at: at)
        }
    }

    /// Adds a label template, or replaces the one of the same id, by the next version of both
    /// documents; devices take it with their next sync.
    /// - Throws: as `publish`.
    public func add(_ template: MeasureTemplate, at: Moment) throws(CatalogueError) {
        try change { state throws(CatalogueError) in
            var assortment = try Self.assortment(state)
            assortment.profile.rules = assortment.profile.rules.adding(template)
            return try Self.publish(
                assortment, versions: Self.next(state), signers: signers, path: path, at: at)
        }
    }

    /// What is in force, read back from the documents that say so.
    private static func assortment(_ state: State) throws(CatalogueError) -> Assortment {
        do {
            let snapshot = try CatalogueSnapshot(
                json: JSONField(StrictJSON.parse(state.document.body, limits: .document)))
            let book = try PriceBook(
                json: JSONField(StrictJSON.parse(state.book.body, limits: .document)))
            return Assortment(
                profile: snapshot.profile, products: snapshot.products, entries: book.entries,
                promotions: book.promotions)
        } catch {
            throw CatalogueError(.badDocument, "the catalogue in force does not read back")
        }
    }

    private func change(
        _ body: (State) throws(CatalogueError) -> State
    ) throws(CatalogueError) {
        let failure: CatalogueError? = publishing.withLock { _ in
            do throws(CatalogueError) {
                let next = try body(state.withLock { $0 })
                state.withLock { $0 = next }
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }

    private static func next(_ state: State) -> (Int64, BookVersion) {
        (state.catalogue.catalogueVersion + 1, state.catalogue.bookVersion + 1)
    }

    private static func keys(
        _ signers: (catalogue: DocumentSigner, priceBook: DocumentSigner)
    ) -> DocumentKeys {
        DocumentKeys(
            catalogue: [signers.catalogue.keyNumber: signers.catalogue.publicKey],
            priceBook: [signers.priceBook.keyNumber: signers.priceBook.publicKey])
    }

    private static func open(
        _ path: String, keys: DocumentKeys
    ) throws(CatalogueError) -> State {
        let catalogue = try Catalogue.open(path: path)
        let documents = try catalogue.signedDocuments()
        try documents.catalogue.verify(kind: .catalogue, keys: keys.catalogue)
        try documents.priceBook.verify(kind: .priceBook, keys: keys.priceBook)
        return State(
            catalogue: catalogue, document: documents.catalogue, book: documents.priceBook)
    }

    private static func publish(
        _ assortment: Assortment, versions: (catalogue: Int64, book: BookVersion),
        signers: (catalogue: DocumentSigner, priceBook: DocumentSigner), path: String, at: Moment
    ) throws(CatalogueError) -> State {
        let profile = assortment.profile
        let snapshot = CatalogueSnapshot(
            version: versions.catalogue, profile: profile, products: assortment.products)
        let book = PriceBook(
            version: versions.book, store: profile.store, currency: profile.currency,
            entries: assortment.entries, promotions: assortment.promotions)
        let document = try signers.catalogue.document(snapshot.json, kind: .catalogue)
        let bookDocument = try signers.priceBook.document(book.json, kind: .priceBook)
        let catalogue = try Catalogue.install(
            catalogue: document, book: bookDocument, keys: keys(signers), path: path,
            receivedAt: at)
        return State(catalogue: catalogue, document: document, book: bookDocument)
    }
}
