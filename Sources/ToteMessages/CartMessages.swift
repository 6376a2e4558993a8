import ToteCarts
public import ToteValues

/// `POST /v1/carts`: makes a cart at the store, or finds it again.
public struct CreateCartRequest: Hashable, Sendable {
    /// The device's own identifier for a cart that was born offline.
    public let cart: CartID?
    /// Store number.
    public let store: UInt32
    public let device: DeviceID
    /// The trip's Ed25519 public key, 32 bytes as base64url: a guest's grant is bound to it.
    public let key: String

    public init(cart: CartID?, store: UInt32, device: DeviceID, key: String) {
        self.cart = cart
        self.store = store
        self.device = device
        self.key = key
    }
}

extension CreateCartRequest: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "cart": cart.map { .string($0.text) }, "store": .integer(Int64(store)),
            "device": .string(device.text), "key": .string(key),
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        self.init(
            cart: try reader.optional("cart")?.parsed { CartID(text: $0) },
            store: UInt32(try reader.required("store").integer(in: 0...Int64(UInt32.max))),
            device: try reader.required("device").parsed { DeviceID(text: $0) },
            key: try reader.required("key").string(maxBytes: 64))
        try reader.finish()
    }
}

public struct CreateCartAnswer: Hashable, Sendable {
    public let cart: CartID
    public let cursor: Cursor
    /// What a guest's device presents from now on; `nil` for a member, who has a credential.
    public let grant: String?

    public init(cart: CartID, cursor: Cursor, grant: String?) {
        self.cart = cart
        self.cursor = cursor
        self.grant = grant
    }
}

extension CreateCartAnswer: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "cart": .string(cart.text), "cursor": .string(cursor.text),
            "grant": grant.map { .string($0) },
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        self.init(
            cart: try reader.required("cart").parsed { CartID(text: $0) },
            cursor: try reader.required("cursor").parsed { Cursor(text: $0) },
            grant: try reader.optional("grant")?.string())
    }
}

/// `POST /v1/carts/{id}/close` (SYNC-56), with the confirmed cursor as `If-Match`.
public struct CloseRequest: Hashable, Sendable {
    public let closeID: CloseID
    /// The moment of the confirmed quote.
    public let at: Moment
    /// 32 bytes.
    public let quoteHash: [UInt8]
    /// Minor units.
    public let totalMinor: Int64
    public let currency: Currency
    /// Closes these dots only; `nil` closes all.
    public let only: [Dot]?

    public init(
        closeID: CloseID, at: Moment, quoteHash: [UInt8], totalMinor: Int64, currency: Currency,
        only: [Dot]? = nil
    ) {
        self.closeID = closeID
        self.at = at
        self.quoteHash = quoteHash
        self.totalMinor = totalMinor
        self.currency = currency
        self.only = only
    }
}

extension CloseRequest: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "closeId": .string(closeID.text), "at": .string(at.text),
            "quoteHash": .string(Hex.encode(quoteHash)), "totalMinor": .integer(totalMinor),
            "currency": .string(currency.code), "only": only.map { .strings($0.map(\.text)) },
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        var only: [Dot]?
        if let field = reader.optional("only") {
            only = try field.array(maxCount: Int(CartLimits.logEntries))
                .map { (field) throws(JSONReadError) in try field.parsed { Dot(text: $0) } }
        }
        self.init(
            closeID: try reader.required("closeId").parsed { CloseID(text: $0) },
            at: try reader.required("at").parsed { Moment(text: $0) },
            quoteHash: try reader.required("quoteHash").parsed {
                Hex.decode($0).flatMap { $0.count == 32 ? $0 : nil }
            },
            totalMinor: try reader.required("totalMinor").integer(),
            currency: try reader.required("currency").parsed { Currency(code: $0) }, only: only)
        try reader.finish()
    }
}

public struct CloseAnswer: Hashable, Sendable {
    /// After the close entry.
    public let cursor: Cursor
    public let ordinal: Int32
    /// The settlement's id.
    public let key: SettlementID

    public init(cursor: Cursor, ordinal: Int32, key: SettlementID) {
        self.cursor = cursor
        self.ordinal = ordinal
        self.key = key
    }
}

extension CloseAnswer: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "cursor": .string(cursor.text), "ordinal": .integer(Int64(ordinal)),
            "key": .string(key.text),
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        self.init(
            cursor: try reader.required("cursor").parsed { Cursor(text: $0) },
            ordinal: Int32(try reader.required("ordinal").integer(in: 1...Int64(Int32.max))),
            key: try reader.required("key").parsed { SettlementID(text: $0) })
    }
}

/// `GET /v1/carts/{id}/quote`: the store's own quote, which binds.
public struct QuoteAnswer: Hashable, Sendable {
    public let cursor: Cursor
    public let at: Moment
    /// Minor units.
    public let totalMinor: Int64
    public let currency: Currency
    /// 32 bytes.
    public let quoteHash: [UInt8]
    public let book: BookVersion
    public let engine: String
    /// Scans that the store cannot price; they block a close.
    public let waiting: [Dot]
    /// The quote's result as `offers.md` section 2 writes it.
    public let quote: JSONValue

    public init(
        cursor: Cursor, at: Moment, totalMinor: Int64, currency: Currency, quoteHash: [UInt8],
        book: BookVersion, engine: String, waiting: [Dot], quote: JSONValue
    ) {
        self.cursor = cursor
        self.at = at
        self.totalMinor = totalMinor
        self.currency = currency
        self.quoteHash = quoteHash
        self.book = book
        self.engine = engine
        self.waiting = waiting
        self.quote = quote
    }
}

extension QuoteAnswer: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "cursor": .string(cursor.text), "at": .string(at.text),
            "totalMinor": .integer(totalMinor), "currency": .string(currency.code),
            "quoteHash": .string(Hex.encode(quoteHash)), "book": .integer(book),
            "engine": .string(engine), "waiting": .strings(waiting.map(\.text)), "quote": quote,
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        self.init(
            cursor: try reader.required("cursor").parsed { Cursor(text: $0) },
            at: try reader.required("at").parsed { Moment(text: $0) },
            totalMinor: try reader.required("totalMinor").integer(),
            currency: try reader.required("currency").parsed { Currency(code: $0) },
            quoteHash: try reader.required("quoteHash").parsed { Hex.decode($0) },
            book: try reader.required("book").integer(),
            engine: try reader.required("engine").string(),
            waiting: try reader.required("waiting").array().map { (field) throws(JSONReadError) in
                try field.parsed { Dot(text: $0) }
            },
            quote: try reader.required("quote").value)
    }
}
