public import ToteStorage
import ToteValues

/// Why an article, a price or a whole catalogue is not to be had. Names articles and documents,
/// never a person.
public struct CatalogueError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable, CaseIterable {
        case unknownCode, unknownPLU
        /// A restricted number that no template of this store reads (GTIN-4).
        case unknownInStoreCode
        /// The code is well read but buys nothing: a coupon, a card, a text.
        case notAnArticle
        /// The reading itself forbids a sale, e.g. a price of 0 in the code (RCN-6).
        case codeRefused
        /// No price entry is valid now (OFF-70); never a price of 0.
        case noPrice
        case saleStopped
        /// Several articles have this code; `skus` lists them all (PLU-2).
        case ambiguous
        /// The article that was chosen does not have the code; `skus` lists those that do.
        case notACandidate
        /// A pack, or a measure the article is not sold by (GTIN-1).
        case notASaleUnit
        case badSignature, unknownKey, olderVersion, wrongStore
        case damagedSnapshot, notInstalled
        /// A document that is signed well but says nonsense; `pointer` says where.
        case badDocument
        case csv
        /// The file could not be read or written; `storage` says why.
        case storage
    }

    public let code: Code
    public let message: String
    /// What a person can do, in one sentence.
    public let mend: String
    /// The articles in question, for `ambiguous`, `notASaleUnit`, `noPrice`, `saleStopped`.
    public let skus: [String]
    /// One-based line of a CSV file.
    public let line: Int?
    /// Name of a CSV column.
    public let column: String?
    public let storage: StorageError?

    public init(
        _ code: Code, _ message: String, mend: String = "", skus: [String] = [], line: Int? = nil,
        column: String? = nil, storage: StorageError? = nil
    ) {
        self.code = code
        self.message = message
        self.mend = mend
        self.skus = skus
        self.line = line
        self.column = column
        self.storage = storage
    }

    public var description: String {
        mend.isEmpty ? "\(message) (\(code.rawValue))" : "\(message) (\(code.rawValue)). \(mend)"
    }
}

extension CatalogueError {
    /// A damaged file becomes `damagedSnapshot`, any other storage error `storage`.
    init(_ error: any Error, path: String) {
        if let error = error as? CatalogueError {
            self = error
            return
        }
        let unreadable = error is JSONReadError || error is StrictJSONError
        let storage =
            unreadable
            ? StorageError(.damaged, path: path, message: "a row cannot be read")
            : StorageError(error, path: path)
        switch storage.code {
        case .damaged:
            self.init(
                .damagedSnapshot, "the catalogue file is damaged: \(storage.message)",
                mend: "Fetch the catalogue from the store again.", storage: storage)
        default: self.init(.storage, storage.message, mend: storage.mend, storage: storage)
        }
    }

    static func document(_ what: String, _ error: JSONReadError) -> CatalogueError {
        CatalogueError(.badDocument, "\(what): \(error.code.rawValue) at \(error.pointer)")
    }

    static func document(_ what: String, _ error: StrictJSONError) -> CatalogueError {
        CatalogueError(.badDocument, "\(what): \(error.code.rawValue) at byte \(error.offset)")
    }
}
