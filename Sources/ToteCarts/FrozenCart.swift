public import ToteValues

/// The set that a close froze, as it goes to `TotePayments` (SYNC-58).
public struct FrozenCart: Hashable, Sendable {
    public let cart: CartID
    public let ordinal: Int32
    /// The cursor that the payer confirmed: before the close entry.
    public let cursor: Cursor
    /// In byte order of the dots.
    public let dots: [DotUnits]
    public let setHash: LogHash
    /// Minor units.
    public let totalMinor: Int64
    public let currency: Currency
    /// The moment of the confirmed quote.
    public let at: Moment
    /// 32 bytes.
    public let quoteHash: [UInt8]
    public let book: BookVersion
    public let engine: String
    /// The settlement's id, which provider keys derive from.
    public let key: SettlementID

    /// Set hash and key follow from the other fields.
    public init(
        cart: CartID, ordinal: Int32, cursor: Cursor, dots: [DotUnits], totalMinor: Int64,
        currency: Currency, at: Moment, quoteHash: [UInt8], book: BookVersion, engine: String
    ) {
        self.cart = cart
        self.ordinal = ordinal
        self.cursor = cursor
        self.dots = dots.sorted { $0.dot < $1.dot }
        self.setHash = LogHashing.set(dots)
        self.totalMinor = totalMinor
        self.currency = currency
        self.at = at
        self.quoteHash = quoteHash
        self.book = book
        self.engine = engine
        self.key = LogHashing.settlement(cart, ordinal: ordinal)
    }
}

extension FrozenCart: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "cart": .string(cart.text), "ordinal": .integer(Int64(ordinal)),
            "cursor": .string(cursor.text), "dots": .array(dots.map(\.json)),
            "setHash": .string(setHash.text), "totalMinor": .integer(totalMinor),
            "currency": .string(currency.code), "at": .string(at.text),
            "quoteHash": .string(Hex.encode(quoteHash)), "book": .integer(book),
            "engine": .string(engine), "key": .string(key.text),
        ])
    }

    /// - Throws: `invalid` also when set hash or key do not follow from the rest.
    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        self.init(
            cart: try reader.required("cart").parsed { CartID(text: $0) },
            ordinal: try reader.ordinal(),
            cursor: try reader.required("cursor").parsed { Cursor(text: $0) },
            dots: try reader.required("dots").readArray(DotUnits.self),
            totalMinor: try reader.required("totalMinor").integer(),
            currency: try reader.required("currency").parsed { Currency(code: $0) },
            at: try reader.required("at").parsed { Moment(text: $0) },
            quoteHash: try reader.required("quoteHash").parsed { Hex.decode($0) },
            book: try reader.required("book").integer(),
            engine: try reader.required("engine").string())
        let setField = try reader.required("setHash")
        guard try setField.string() == setHash.text else { throw setField.failure(.invalid) }
        let keyField = try reader.required("key")
        guard try keyField.string() == key.text else { throw keyField.failure(.invalid) }
    }
}
