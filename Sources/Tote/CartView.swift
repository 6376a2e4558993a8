public import ToteValues

/// An offer's share of one line.
public struct AppliedOffer: Hashable, Sendable, JSONWritable {
    public let promotion: String
    /// The offer's title for shoppers, or its id.
    public let title: String
    /// Minor units saved, > 0.
    public let discountMinor: Int64

    public init(promotion: String, title: String, discountMinor: Int64) {
        self.promotion = promotion
        self.title = title
        self.discountMinor = discountMinor
    }

    public var json: JSONValue {
        .object([
            "promotion": .string(promotion), "title": .string(title),
            "discount": .integer(discountMinor),
        ])
    }
}

/// One line of the cart as a shopper sees it. Amounts are minor units of the cart's currency.
public struct LineView: Hashable, Sendable, JSONWritable {
    /// 1, 2, 3 … in the order of first scan.
    public let number: Int
    public let sku: String
    public let name: String
    /// Pieces; 1 for a weighed or price-labelled item.
    public let pieces: Int
    /// Grams of a weighed item.
    public let grams: Int?
    /// Per piece, or per kilogram when `grams` is given; `nil` for a price-labelled item.
    public let unitPriceMinor: Int64?
    public let grossMinor: Int64
    public let discountMinor: Int64
    public let netMinor: Int64
    public let depositMinor: Int64
    public let minimumAge: Int
    public let offers: [AppliedOffer]
    /// Some of its scans have not reached the store yet.
    public let unsent: Bool
    public let dots: [Dot]

    public init(
        number: Int, sku: String, name: String, pieces: Int, grams: Int?, unitPriceMinor: Int64?,
        grossMinor: Int64, discountMinor: Int64, netMinor: Int64, depositMinor: Int64,
        minimumAge: Int, offers: [AppliedOffer], unsent: Bool, dots: [Dot]
    ) {
        self.number = number
        self.sku = sku
        self.name = name
        self.pieces = pieces
        self.grams = grams
        self.unitPriceMinor = unitPriceMinor
        self.grossMinor = grossMinor
        self.discountMinor = discountMinor
        self.netMinor = netMinor
        self.depositMinor = depositMinor
        self.minimumAge = minimumAge
        self.offers = offers
        self.unsent = unsent
        self.dots = dots
    }

    public var json: JSONValue {
        .object([
            "number": .integer(Int64(number)), "sku": .string(sku), "name": .string(name),
            "pieces": .integer(Int64(pieces)), "grams": grams.map { .integer(Int64($0)) },
            "unitPrice": unitPriceMinor.map { .integer($0) }, "gross": .integer(grossMinor),
            "discount": .integer(discountMinor), "net": .integer(netMinor),
            "deposit": .integer(depositMinor), "minimumAge": .integer(Int64(minimumAge)),
            "offers": .array(offers.map(\.json)), "unsent": .bool(unsent),
            "dots": .strings(dots.map(\.text)),
        ])
    }
}

/// An offer that touches this cart and does not apply, and why.
public struct MissedOffer: Hashable, Sendable, JSONWritable {
    public let promotion: String
    public let title: String
    /// A stable word: `needMore`, `thresholdNotReached`, `membersOnly` …
    public let reason: String
    /// The reason in words.
    public let text: String

    public init(promotion: String, title: String, reason: String, text: String) {
        self.promotion = promotion
        self.title = title
        self.reason = reason
        self.text = text
    }

    public var json: JSONValue {
        .object([
            "promotion": .string(promotion), "title": .string(title), "reason": .string(reason),
            "text": .string(text),
        ])
    }
}

/// A piece that would make the cart cheaper than its price (OFF-91); always true when done.
public struct HintView: Hashable, Sendable, JSONWritable {
    public let sku: String
    public let name: String
    public let totalThenMinor: Int64
    public let savesMinor: Int64

    public init(sku: String, name: String, totalThenMinor: Int64, savesMinor: Int64) {
        self.sku = sku
        self.name = name
        self.totalThenMinor = totalThenMinor
        self.savesMinor = savesMinor
    }

    public var json: JSONValue {
        .object([
            "sku": .string(sku), "name": .string(name), "totalThen": .integer(totalThenMinor),
            "saves": .integer(savesMinor),
        ])
    }
}

/// The cart and its true total at this moment. Amounts are minor units of `currency`.
public struct CartView: Hashable, Sendable, JSONWritable {
    public let cart: CartID
    /// `open`, `closing`, `paid` …
    public let state: String
    public let currency: Currency
    public let lines: [LineView]
    /// Scans that cannot be priced with the catalogue at hand, as their code; they block paying.
    public let waiting: [String]
    public let grossMinor: Int64
    public let savedMinor: Int64
    public let depositMinor: Int64
    /// Tax by category.
    public let tax: [String: Int64]
    public let totalMinor: Int64
    public let notApplied: [MissedOffer]
    public let hints: [HintView]
    /// The offers chosen are proven to be the best.
    public let provenBest: Bool
    /// Operations that have not reached the store yet.
    public let unsent: Int
    /// The store could not be reached at the last try.
    public let offline: Bool
    public let member: Bool
    public let book: BookVersion
    /// 64 hexadecimal digits.
    public let quoteHash: String

    public init(
        cart: CartID, state: String, currency: Currency, lines: [LineView], waiting: [String],
        grossMinor: Int64, savedMinor: Int64, depositMinor: Int64, tax: [String: Int64],
        totalMinor: Int64, notApplied: [MissedOffer], hints: [HintView], provenBest: Bool,
        unsent: Int, offline: Bool, member: Bool, book: BookVersion, quoteHash: String
    ) {
        self.cart = cart
        self.state = state
        self.currency = currency
        self.lines = lines
        self.waiting = waiting
        self.grossMinor = grossMinor
        self.savedMinor = savedMinor
        self.depositMinor = depositMinor
        self.tax = tax
        self.totalMinor = totalMinor
        self.notApplied = notApplied
        self.hints = hints
        self.provenBest = provenBest
        self.unsent = unsent
        self.offline = offline
        self.member = member
        self.book = book
        self.quoteHash = quoteHash
    }

    public func money(_ minor: Int64) -> Money { Money(minor: minor, currency: currency) }

    public var json: JSONValue {
        .object([
            "cart": .string(cart.text), "state": .string(state),
            "currency": .string(currency.code), "lines": .array(lines.map(\.json)),
            "waiting": .strings(waiting), "gross": .integer(grossMinor),
            "saved": .integer(savedMinor), "deposit": .integer(depositMinor),
            "tax": .object(
                tax.sorted { $0.key < $1.key }.map { JSONMember($0.key, .integer($0.value)) }),
            "total": .integer(totalMinor), "notApplied": .array(notApplied.map(\.json)),
            "hints": .array(hints.map(\.json)), "provenBest": .bool(provenBest),
            "unsent": .integer(Int64(unsent)), "offline": .bool(offline), "member": .bool(member),
            "book": .integer(book), "quoteHash": .string(quoteHash),
        ])
    }
}
