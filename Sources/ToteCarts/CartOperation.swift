public import ToteValues

/// One thing that happened to a cart, named by its dot for ever (`cart-sync.md` section 2).
public struct CartOperation: Hashable, Sendable {
    public let dot: Dot
    public let body: CartOperationBody
    /// The body as received, when it holds members that this version does not know: it is what
    /// the hash covers. `nil` when `body` says it all.
    public let received: JSONValue?

    public init(dot: Dot, body: CartOperationBody, received: JSONValue? = nil) {
        self.dot = dot
        self.body = body
        self.received = received
    }

    /// `{"scan": {…}}`: one member, the kind (SYNC-4).
    public var bodyJSON: JSONValue { received ?? body.json }

    /// What hash, wire and file hold: RFC 8785 bytes of the body (SYNC-4).
    public var canonicalBody: [UInt8] { bodyJSON.canonical }

    /// The operation's hash (SYNC-5). The cart takes no part in it.
    public var hash: LogHash { LogHashing.operation(dot, canonicalBody: canonicalBody) }
}

/// What an operation says. Enums from the wire have an `unknown` case: an old phone outlives a
/// new store, and hashes what it does not understand.
public enum CartOperationBody: Hashable, Sendable {
    case scan(ScanBody)
    /// Removes observed units; 1…200 targets.
    case void(targets: [VoidTarget], reason: String)
    /// Adds an offer or coupon by its key (OFF-110).
    case clip(key: String)
    /// Stops an offer (OFF-93).
    case decline(key: String)
    /// Undoes the clip or decline of that dot, and no other.
    case unclip(Dot)
    /// Binds a guest cart to the member of the credential.
    case attach
    case attr(dot: Dot, key: String, value: String)
    /// Clears the hold of that dot.
    case release(Dot)
    /// Fills a sequence whose operation could not be sent (SYNC-26).
    case skip(reason: String)
    case hold(dot: Dot, reason: String)
    case reject(dot: Dot, reason: String)
    /// The price lock of these dots has ended (SYNC-55).
    case price(dots: [Dot], book: BookVersion)
    case join(from: CartID)
    case inherit(InheritBody)
    case close(CloseBody)
    case reopened(ordinal: Int32, reason: String)
    case settled(SettledBody)
    case unknown(kind: String, JSONValue)
}

/// One reading of a code that goes into the bag.
public struct ScanBody: Hashable, Sendable {
    /// `ScannedCode.cartCode` (SYNC-10), at most 512 bytes.
    public var code: String
    public var symbology: String
    /// SKU of the article that was chosen where several have the code (PLU-2); else absent.
    public var article: String?
    /// 1…999.
    public var units: Int
    /// 1…99,999 grams, when a scale or the code weighed it.
    public var weightGrams: Int?
    /// Minor units, when the code carries its price.
    public var embeddedPriceMinor: Int64?
    /// The price book that was shown; the store may grant it as price lock (SYNC-55).
    public var book: BookVersion
    /// The price that was shown in minor units; a claim for display, never trusted.
    public var shown: Int64
    /// The device's clock; a claim for display, in no order, rule or price (SYNC-10).
    public var at: Moment

    public init(
        code: String, symbology: String, units: Int, weightGrams: Int? = nil,
        embeddedPriceMinor: Int64? = nil, book: BookVersion, shown: Int64, at: Moment,
        article: String? = nil
    ) {
        self.code = code
        self.symbology = symbology
        self.article = article
        self.units = units
        self.weightGrams = weightGrams
        self.embeddedPriceMinor = embeddedPriceMinor
        self.book = book
        self.shown = shown
        self.at = at
    }

    /// Weighed and price-embedded goods are lines of their own (`cart-sync.md` section 2.2).
    public var isMeasured: Bool { weightGrams != nil || embeddedPriceMinor != nil }
}

/// So many units of the scan that this dot names.
public struct DotUnits: Hashable, Sendable {
    public let dot: Dot
    public let units: Int

    public init(dot: Dot, units: Int) {
        self.dot = dot
        self.units = units
    }
}

/// What a `void` removes.
public typealias VoidTarget = DotUnits

/// Dots that come in from a cart that was settled without them (SYNC-57).
public struct InheritBody: Hashable, Sendable {
    public let from: CartID
    public let dots: [InheritedDot]

    public init(from: CartID, dots: [InheritedDot]) {
        self.from = from
        self.dots = dots
    }
}

public struct InheritedDot: Hashable, Sendable {
    public let dot: Dot
    /// 1…999: how many of the scan's units come in.
    public let units: Int
    public let scan: ScanBody
    /// 0 for none.
    public let priceLock: BookVersion

    public init(dot: Dot, units: Int, scan: ScanBody, priceLock: BookVersion) {
        self.dot = dot
        self.units = units
        self.scan = scan
        self.priceLock = priceLock
    }
}

/// Freezes the set that will be paid (SYNC-56).
public struct CloseBody: Hashable, Sendable {
    public let ordinal: Int32
    public let closeID: CloseID
    public let setHash: LogHash
    /// Minor units.
    public let totalMinor: Int64
    public let currency: Currency
    /// 32 bytes.
    public let quoteHash: [UInt8]
    /// A partial close freezes these dots only (merge table row 18); `nil` freezes all.
    public let only: [Dot]?
    /// Removed units that a provider charges all the same, after a restore (SYNC-61): they are in
    /// the set again, and are asked back once it is paid.
    public let restored: [DotUnits]

    public init(
        ordinal: Int32, closeID: CloseID, setHash: LogHash, totalMinor: Int64, currency: Currency,
        quoteHash: [UInt8], only: [Dot]? = nil, restored: [DotUnits] = []
    ) {
        self.restored = restored
        self.ordinal = ordinal
        self.closeID = closeID
        self.setHash = setHash
        self.totalMinor = totalMinor
        self.currency = currency
        self.quoteHash = quoteHash
        self.only = only
    }
}

/// Ends *closing* with the money captured.
public struct SettledBody: Hashable, Sendable {
    public let ordinal: Int32
    /// The receipt's identifier, as `TotePayments` gives it.
    public let receipt: String
    public let carried: [DotUnits]
    public let refunds: [DotUnits]

    public init(ordinal: Int32, receipt: String, carried: [DotUnits], refunds: [DotUnits]) {
        self.ordinal = ordinal
        self.receipt = receipt
        self.carried = carried
        self.refunds = refunds
    }
}
