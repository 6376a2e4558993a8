import GRDB
import ToteStorage

/// Tables of the catalogue's own file. It is replaced whole, so it needs no steps: a file of
/// another format is not opened.
enum CatalogueSchema {
    /// "Tote" in the SQLite header.
    static let applicationID: Int32 = 0x546F_7465
    static let format: Int32 = 1
    /// Books kept for price locks, the one in force among them.
    static let keptBooks = 8

    static let sql = """
        -- The document in force; one row.
        CREATE TABLE catalogue (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            version INTEGER NOT NULL CHECK (version > 0),
            profile TEXT NOT NULL,
            productCount INTEGER NOT NULL,
            signingKey INTEGER NOT NULL,
            signature TEXT NOT NULL
        ) STRICT;

        -- One article; json is its member of the signed document, so nothing can get lost between.
        CREATE TABLE product (
            number INTEGER PRIMARY KEY,
            sku TEXT NOT NULL UNIQUE,
            json TEXT NOT NULL
        ) STRICT;

        -- Lookup keys; several products under one key are a question to the shopper.
        CREATE TABLE code (
            key TEXT NOT NULL,
            product INTEGER NOT NULL REFERENCES product,
            PRIMARY KEY (key, product)
        ) STRICT, WITHOUT ROWID;

        -- Words of name, brand and categories; rowid is product.number.
        CREATE VIRTUAL TABLE productText USING fts5 (
            words, content='', tokenize='unicode61 remove_diacritics 2'
        );

        -- Price books (OFF-77). One is in force; the others serve price locks.
        CREATE TABLE book (
            version INTEGER PRIMARY KEY CHECK (version > 0),
            state TEXT NOT NULL CHECK (state IN ('inForce', 'kept')),
            signingKey INTEGER NOT NULL,
            signature TEXT NOT NULL,
            receivedAt INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX bookInForce ON book (state) WHERE state = 'inForce';

        -- Price entries (OFF-70); fromTime and untilTime are local times of the store.
        CREATE TABLE priceEntry (
            book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,
            sku TEXT NOT NULL,
            list TEXT NOT NULL,
            priority INTEGER NOT NULL,
            store INTEGER,
            storeGroup TEXT,
            price INTEGER NOT NULL CHECK (price > 0),
            fromTime TEXT,
            untilTime TEXT,
            memberOnly INTEGER NOT NULL CHECK (memberOnly IN (0, 1)),
            segments TEXT NOT NULL
        ) STRICT;
        CREATE INDEX priceEntryBySku ON priceEntry (book, sku);

        -- Offers as they came; whether one is good is the offers' affair (OFF-76).
        CREATE TABLE promotion (
            book INTEGER NOT NULL REFERENCES book ON DELETE CASCADE,
            position INTEGER NOT NULL,
            id TEXT,
            layer TEXT,
            json TEXT NOT NULL,
            refusal TEXT,
            PRIMARY KEY (book, position)
        ) STRICT, WITHOUT ROWID;
        """

    static func configuration(readOnly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(1)
        configuration.label = "tote.catalogue"
        return configuration
    }

    /// No write-ahead log: beside a file that is replaced whole, an old log would be replayed
    /// into the new file.
    static func prepareForUse(_ database: Database) throws {
        try database.execute(
            sql: """
                PRAGMA journal_mode = DELETE;
                PRAGMA synchronous = FULL;
                PRAGMA mmap_size = 0;
                PRAGMA trusted_schema = OFF;
                """)
    }

    /// Cheap: header, format and length. The whole file was checked when it was installed.
    static func quickCheck(_ database: Database, path: String) throws {
        let id = try Int32.fetchOne(database, sql: "PRAGMA application_id")
        let format = try Int32.fetchOne(database, sql: "PRAGMA user_version")
        guard id == applicationID else {
            throw CatalogueError(
                .damagedSnapshot, "\(path) is no catalogue",
                mend: "Fetch the catalogue from the store again.")
        }
        guard format == Self.format else {
            throw CatalogueError(
                StorageError(.schemaTooNew, path: path, message: "has another catalogue format"),
                path: path)
        }
        let bytes = try Int64.fetchOne(
            database,
            sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        guard let bytes, FileSystem.byteCount(path) == bytes else {
            throw CatalogueError(
                StorageError(.damaged, path: path, message: "is cut off"), path: path)
        }
    }
}
