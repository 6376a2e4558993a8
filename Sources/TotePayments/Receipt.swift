public import ToteValues

/// What was bought and how it was paid (`payments.md` section 15). Never changes (RCP-5).
/// Amounts are minor units of `currency`.
public struct Receipt: Hashable, Sendable {
    public static let version = 1
    public static let maximumLines = 300

    public var store: UInt32
    /// 1, 2, 3 … without gaps per store (RCP-3).
    public var sequence: Int64
    /// `receiptId` of the receipt before, 32 bytes; zeros for the first.
    public var previous: [UInt8]
    public var issuedAt: Moment
    /// Number of the receipt key.
    public var key: Int
    public var body: ReceiptBody
    public var tenders: [ReceiptTender]
    /// A national fiscal block, or `nil`.
    public var fiscal: JSONValue?

    public init(
        store: UInt32, sequence: Int64, previous: [UInt8], issuedAt: Moment, key: Int,
        body: ReceiptBody, tenders: [ReceiptTender], fiscal: JSONValue? = nil
    ) {
        self.store = store
        self.sequence = sequence
        self.previous = previous
        self.issuedAt = issuedAt
        self.key = key
        self.body = body
        self.tenders = tenders
        self.fiscal = fiscal
    }

    /// The hash that the exit pass carries.
    public var basket: BasketHash { body.basket }

    /// What leaves the store; weighed goods count 1 piece each.
    public var pieces: Int { body.lines.reduce(0) { $0 + $1.pieces } }
}

/// The part of a receipt that is known when the cart is frozen, before any tender.
public struct ReceiptBody: Hashable, Sendable {
    public var cart: CartID
    public var ordinal: Int32
    public var setHash: LogHash
    public var settlement: SettlementID
    public var currency: Currency
    public var taxMode: ReceiptTaxMode
    public var priceBook: BookVersion
    /// Version of the offer engine.
    public var engine: String
    public var lines: [ReceiptLine]
    public var taxes: [ReceiptTax]
    public var totals: ReceiptTotals

    public init(
        cart: CartID, ordinal: Int32, setHash: LogHash, settlement: SettlementID,
        currency: Currency, taxMode: ReceiptTaxMode, priceBook: BookVersion, engine: String,
        lines: [ReceiptLine], taxes: [ReceiptTax], totals: ReceiptTotals
    ) {
        self.cart = cart
        self.ordinal = ordinal
        self.setHash = setHash
        self.settlement = settlement
        self.currency = currency
        self.taxMode = taxMode
        self.priceBook = priceBook
        self.engine = engine
        self.lines = lines
        self.taxes = taxes
        self.totals = totals
    }

    public var basket: BasketHash { BasketHash(lines.map(\.basketLine)) }
}

/// Whether prices contain the tax or the tax comes on top.
public enum ReceiptTaxMode: String, Sendable {
    case inclusive, exclusive
}

/// One line of goods.
public struct ReceiptLine: Hashable, Sendable {
    /// 1, 2, 3 …
    public var line: Int
    public var article: String
    public var name: String
    public var pieces: Int
    /// Grams; 0 for goods sold by the piece.
    public var weightGrams: Int
    public var gross: Int64
    public var discount: Int64
    public var net: Int64
    public var deposit: Int64
    public var taxCategory: String
    public var offers: [ReceiptOffer]
    /// Net of each unit, for refunds (OFF-130).
    public var unitNets: [UnitNet]

    public init(
        line: Int, article: String, name: String, pieces: Int, weightGrams: Int, gross: Int64,
        discount: Int64, net: Int64, deposit: Int64, taxCategory: String, offers: [ReceiptOffer],
        unitNets: [UnitNet]
    ) {
        self.line = line
        self.article = article
        self.name = name
        self.pieces = pieces
        self.weightGrams = weightGrams
        self.gross = gross
        self.discount = discount
        self.net = net
        self.deposit = deposit
        self.taxCategory = taxCategory
        self.offers = offers
        self.unitNets = unitNets
    }

    public var basketLine: BasketLine {
        BasketLine(article: article, pieces: pieces, weightGrams: weightGrams, net: net)
    }
}

/// What one offer took off one line.
public struct ReceiptOffer: Hashable, Sendable {
    public var offer: String
    public var discount: Int64

    public init(offer: String, discount: Int64) {
        self.offer = offer
        self.discount = discount
    }
}

/// `count` units of a line that cost `net` each.
public struct UnitNet: Hashable, Sendable {
    public var net: Int64
    public var count: Int64

    public init(net: Int64, count: Int64) {
        self.net = net
        self.count = count
    }
}

/// Tax of one category.
public struct ReceiptTax: Hashable, Sendable {
    public var category: String
    public var basisPoints: Int64
    public var gross: Int64
    public var net: Int64
    public var tax: Int64

    public init(category: String, basisPoints: Int64, gross: Int64, net: Int64, tax: Int64) {
        self.category = category
        self.basisPoints = basisPoints
        self.gross = gross
        self.net = net
        self.tax = tax
    }
}

/// The sums of a receipt.
public struct ReceiptTotals: Hashable, Sendable {
    public var gross: Int64
    public var discount: Int64
    public var deposit: Int64
    public var tax: Int64
    public var total: Int64
    public var cashRounding: Int64

    public init(
        gross: Int64, discount: Int64, deposit: Int64, tax: Int64, total: Int64,
        cashRounding: Int64 = 0
    ) {
        self.gross = gross
        self.discount = discount
        self.deposit = deposit
        self.tax = tax
        self.total = total
        self.cashRounding = cashRounding
    }
}

/// What one tender paid.
public struct ReceiptTender: Hashable, Sendable {
    public var leg: Int
    public var kind: TenderKind
    public var amount: Int64
    public var reference: String
    public var brand: String?
    public var last4: String?

    public init(
        leg: Int, kind: TenderKind, amount: Int64, reference: String, brand: String? = nil,
        last4: String? = nil
    ) {
        self.leg = leg
        self.kind = kind
        self.amount = amount
        self.reference = reference
        self.brand = brand
        self.last4 = last4
    }
}
