import GRDB
import ToteStorage
public import ToteValues

/// Installing: everything is verified before anything is touched; the new file is built beside
/// the old one, checked whole, made durable and put in its place by one rename. Whatever fails,
/// the old catalogue stays.
extension Catalogue {
    /// Replaces the file at `path`. A `Catalogue` opened there before goes on reading the old
    /// file, and can no longer install books.
    /// - Parameter receivedAt: kept with the book, for showing its age.
    /// - Throws: `unknownKey`, `badSignature`, `badDocument`, `wrongStore` (catalogue and book
    ///   disagree), `olderVersion`, `damagedSnapshot`, `storage`.
    public static func install(
        catalogue: SignedDocument, book: SignedDocument, keys: DocumentKeys, path: String,
        receivedAt: Moment? = nil
    ) throws(CatalogueError) -> Catalogue {
        try catalogue.verify(kind: .catalogue, keys: keys.catalogue)
        try book.verify(kind: .priceBook, keys: keys.priceBook)
        let snapshot = try catalogue.read(CatalogueSnapshot.self, kind: .catalogue)
        let prices = try book.read(PriceBook.self, kind: .priceBook)
        try check(prices, fits: snapshot.profile)
        let old = try installed(path, store: snapshot.profile.store)
        if let old { try check(snapshot, prices, newerThan: old) }
        let fresh = path + ".new"
        return try mapping(path) {
            defer { try? FileSystem.remove(fresh) }
            try build(fresh, replacing: old?.path) { writer in
                try writer.write(snapshot, document: catalogue)
                try writer.write(prices, document: book, receivedAt: receivedAt)
            }
            try FileSystem.sync(fresh)
            try FileSystem.remove(path + "-journal")
            try FileSystem.replace(path, with: fresh)
            return try open(path: path)
        }
    }

    /// Puts a newer book in force in one transaction. The last eight are kept for price locks.
    /// - Throws: as `install`; `storage` when the file was replaced since this value was opened.
    public func installBook(
        _ document: SignedDocument, keys: DocumentKeys, receivedAt: Moment? = nil
    ) throws(CatalogueError) {
        try document.verify(kind: .priceBook, keys: keys.priceBook)
        let prices = try document.read(PriceBook.self, kind: .priceBook)
        try Self.check(prices, fits: profile)
        guard prices.version >= bookVersion else { throw Self.older(.priceBook, bookVersion) }
        guard FileSystem.identity(path) == identity else {
            throw CatalogueError(
                StorageError(.busy, path: path, message: "was replaced"), path: path)
        }
        try Self.mapping(path) {
            try queue.write { database in
                let writer = CatalogueWriter(database: database)
                try writer.write(prices, document: document, receivedAt: receivedAt)
            }
        }
        setBook(prices.version)
    }

    /// What is there of this store; `nil` when nothing usable is, so that a damaged file can be
    /// replaced.
    private static func installed(
        _ path: String, store: UInt32
    ) throws(CatalogueError) -> Catalogue? {
        do throws(CatalogueError) {
            let old = try open(path: path)
            return old.profile.store == store ? old : nil
        } catch {
            switch error.code {
            case .notInstalled, .damagedSnapshot, .badDocument: return nil
            default: throw error
            }
        }
    }

    private static func check(
        _ book: PriceBook, fits profile: StoreProfile
    ) throws(CatalogueError) {
        guard book.store == profile.store, book.currency == profile.currency else {
            throw CatalogueError(
                .wrongStore, "the price book is of store \(book.store) in \(book.currency)",
                mend: "Fetch catalogue and price book from one store.")
        }
    }

    private static func check(
        _ snapshot: CatalogueSnapshot, _ book: PriceBook, newerThan old: Catalogue
    ) throws(CatalogueError) {
        guard snapshot.version >= old.catalogueVersion else {
            throw older(.catalogue, old.catalogueVersion)
        }
        guard book.version >= old.bookVersion else { throw older(.priceBook, old.bookVersion) }
    }

    private static func older(_ kind: SignedDocument.Kind, _ inForce: Int64) -> CatalogueError {
        CatalogueError(
            .olderVersion, "this \(kind.rawValue) is older than version \(inForce) in force")
    }

    private static func build(
        _ fresh: String, replacing old: String?, write: (CatalogueWriter) throws -> Void
    ) throws {
        for suffix in ["", "-journal"] { try FileSystem.remove(fresh + suffix) }
        try FileSystem.createIfAbsent(fresh)
        let queue = try DatabaseQueue(
            path: fresh, configuration: CatalogueSchema.configuration(readOnly: false))
        defer { try? queue.close() }
        try queue.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    PRAGMA journal_mode = OFF;
                    PRAGMA synchronous = OFF;
                    PRAGMA application_id = \(CatalogueSchema.applicationID);
                    PRAGMA user_version = \(CatalogueSchema.format);
                    """)
            if let old {
                try database.execute(sql: "ATTACH DATABASE ? AS old", arguments: [old])
            }
            try database.inTransaction {
                try database.execute(sql: CatalogueSchema.sql)
                let writer = CatalogueWriter(database: database)
                if old != nil { try writer.copyBooks(fromAttached: "old") }
                try write(writer)
                return .commit
            }
            if old != nil { try database.execute(sql: "DETACH DATABASE old") }
            guard try String.fetchOne(database, sql: "PRAGMA integrity_check(1)") == "ok" else {
                throw StorageError(.damaged, path: fresh, message: "was not written well")
            }
        }
        try queue.close()
    }
}
