public import ToteValues

/// One operation that the store has not acknowledged.
public struct UnsentOperation: Hashable, Sendable, JSONWritable {
    public let dot: Dot
    /// `scan`, `void` …
    public let kind: String
    public let since: Moment
    /// In a shopper's words: `2 × Milk 1 l`, `taken out: 1 × Milk 1 l`.
    public let what: String

    public init(dot: Dot, kind: String, since: Moment, what: String) {
        self.dot = dot
        self.kind = kind
        self.since = since
        self.what = what
    }

    public var json: JSONValue {
        .object([
            "dot": .string(dot.text), "kind": .string(kind), "since": .string(since.text),
            "what": .string(what),
        ])
    }
}

/// Why nothing is being sent, and since when; as the last attempt found it.
public struct SyncTrouble: Hashable, Sendable, JSONWritable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The store does not answer.
        case offline
        /// The store does not accept this device's sign-in.
        case signIn
        /// The store asked to come again later.
        case busy
        /// This device's own file could not be written.
        case storage
        /// Anything else; `code` says what.
        case refused
    }

    public let kind: Kind
    /// The stable word of the error: `unreachable`, `wrongStore` …
    public let code: String
    /// The first failure of this kind in a row, by the store's clock as last heard.
    public let since: Moment

    public init(kind: Kind, code: String, since: Moment) {
        self.kind = kind
        self.code = code
        self.since = since
    }

    public var json: JSONValue {
        .object([
            "kind": .string(kind.rawValue), "code": .string(code), "since": .string(since.text),
        ])
    }
}

extension SyncTrouble: JSONReadable {
    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        self.init(
            kind: try reader.required("kind").parsed { Kind(rawValue: $0) },
            code: try reader.required("code").string(),
            since: try reader.required("since").parsed { Moment(text: $0) })
    }
}

/// How far device and store agree.
public struct SyncStatus: Hashable, Sendable, JSONWritable {
    public let cart: CartID?
    /// `epoch.revision.hash`; `nil` before the first contact.
    public let cursor: Cursor?
    public let unsent: [UnsentOperation]
    /// Operations that the store refused, as words for the shopper.
    public let refused: [String]
    public let pushed: Int
    public let pulled: Int
    public let offline: Bool
    /// Why what is unsent waits; `nil` when the last attempt went well or none was made.
    public let trouble: SyncTrouble?

    public init(
        cart: CartID?, cursor: Cursor?, unsent: [UnsentOperation], refused: [String], pushed: Int,
        pulled: Int, offline: Bool, trouble: SyncTrouble? = nil
    ) {
        self.cart = cart
        self.cursor = cursor
        self.unsent = unsent
        self.refused = refused
        self.pushed = pushed
        self.pulled = pulled
        self.offline = offline
        self.trouble = trouble
    }

    public var json: JSONValue {
        .object([
            "cart": cart.map { .string($0.text) }, "cursor": cursor.map { .string($0.text) },
            "unsent": .array(unsent.map(\.json)), "refused": .strings(refused),
            "pushed": .integer(Int64(pushed)), "pulled": .integer(Int64(pulled)),
            "offline": .bool(offline), "trouble": trouble?.json,
        ])
    }
}
