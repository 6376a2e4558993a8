public import ToteValues

/// What a cart costs and why: the answer of `OfferEngine.price`. All amounts are minor units of
/// `currency`. Equal inputs give equal quotes, byte for byte, on every machine.
public struct Quote: Hashable, Sendable {
    public var inputs: QuoteInputs
    public var currency: Currency
    /// In cart order.
    public var lines: [QuoteLine]
    /// Layers in order; in a packing layer by first unit, in the basket in order of application.
    public var applications: [Application]
    /// Before discounts, without deposits.
    public var gross: Int64
    public var discount: Int64
    public var deposit: Int64
    /// By tax category of the cart's lines, also at 0.
    public var tax: [String: Int64]
    public var total: Int64
    /// Reason text by promotion, for those stopped by OFF-16.
    public var notApplied: [String: String]
    /// Promotions left out for a lower total; `nil` unless the objective is joint.
    public var declined: [String]?
    public var tenders: TenderSplit
    /// Forecast; `nil` without a member or a points rule (OFF-121).
    public var points: Int64?
    public var stamps: StampCard?
    /// By line id, runs of equal unit nets in canonical order (for refunds, section 12).
    public var unitNets: [String: [UnitNetRun]]
    public var proof: PromotionProof
    public var trail: [TrailEntry]
    public var hints: [Hint] = []
    public var pendingCoupons: [String] = []
}

/// What a quote was computed from, for comparing two of them (`DESIGN.md`, "What the store and the
/// device agree on").
public struct QuoteInputs: Hashable, Sendable, JSONReadable, JSONWritable {
    /// Hash of the cart's log prefix (SYNC-6).
    public var logPrefix: LogHash?
    public var priceBookVersion: BookVersion
    /// Set by the engine.
    public var engineVersion: String
    /// Version of the member's usage counts.
    public var usageVersion: Int64
    /// Local time of the store, `YYYY-MM-DDTHH:MM`; set by the engine from the context.
    public var at: String

    public init(
        logPrefix: LogHash? = nil, priceBookVersion: BookVersion = 0, usageVersion: Int64 = 0
    ) {
        self.logPrefix = logPrefix
        self.priceBookVersion = priceBookVersion
        self.engineVersion = OfferEngine.version
        self.usageVersion = usageVersion
        self.at = ""
    }

    public init(json field: JSONField) throws(JSONReadError) {
        var reader = try field.object()
        self.init(
            logPrefix: try reader.optional("logPrefix").map { (field) throws(JSONReadError) in
                try field.parsed { LogHash(text: $0) }
            },
            priceBookVersion: try reader.required("priceBookVersion").integer(),
            usageVersion: try reader.required("usageVersion").integer())
        engineVersion = try reader.required("engineVersion").string()
        at = try reader.required("at").string()
        try reader.finish()
    }

    public var json: JSONValue {
        .object([
            "logPrefix": logPrefix.map { .string($0.text) },
            "priceBookVersion": .integer(priceBookVersion),
            "engineVersion": .string(engineVersion), "usageVersion": .integer(usageVersion),
            "at": .string(at),
        ])
    }
}

/// One line of a quote, in minor units.
public struct QuoteLine: Hashable, Sendable {
    public var id: String
    public var gross: Int64
    public var discount: Int64
    public var net: Int64
    public var taxCategory: String
    public var deposit: Int64
    /// Base of the tax after OFF-51 and OFF-52.
    public var taxable: Int64
    /// `taxable` is part of the result (exclusive tax, or deposits taxed).
    public var showsTaxable: Bool
    /// `nil` unless the line may be paid with SNAP.
    public var snapPaid: Int64?
}

/// One application of one promotion.
public struct Application: Hashable, Sendable {
    public var promotion: String
    public var layer: Layer
    public var discount: Int64
    /// Share by line id, without zeros.
    public var lines: [String: Int64]
    /// Units taking part by line id; `nil` in the basket layer.
    public var uses: [String: Int64]?
}

/// So many units of a line at one net.
public struct UnitNetRun: Hashable, Sendable {
    public var net: Int64
    public var count: Int64

    public init(net: Int64, count: Int64) {
        self.net = net
        self.count = count
    }
}

/// How the total is met, as far as the context says (OFF-52…OFF-57); `nil` where it does not.
public struct TenderSplit: Hashable, Sendable {
    public var snapPaid: Int64?
    public var giftCardPaid: Int64?
    /// Left for other tenders after SNAP and gift card.
    public var otherTender: Int64?
    /// What cash would pay, and its difference from what is due.
    public var cashDue: Int64?
    public var cashRounding: Int64?
}

/// A stamp card after this trip (OFF-61).
public struct StampCard: Hashable, Sendable {
    public var earned: Int64
    public var balance: Int64
    public var cardsCompleted: Int64
}
