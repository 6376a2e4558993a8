public import ToteValues

/// What a code turned out to be. Raw bytes stay with it, so that the store can read it again.
public struct ScannedCode: Hashable, Sendable {
    /// The data as scanned, without identifier.
    public let raw: [UInt8]
    public let aim: SymbologyIdentifier?
    public let symbology: Symbology?
    /// Digits of an EAN-2 or EAN-5 add-on.
    public let addOn: [UInt8]?
    public let source: ScanSource
    /// The one thing this code is for (PUR-1).
    public let purpose: CodePurpose
    public let reading: CodeReading
    /// Readings of lower rank, best first.
    public let alternatives: [CodeReading]
    /// Remarks that do not forbid the reading.
    public let findings: [Finding]

    public init(
        raw: [UInt8], aim: SymbologyIdentifier?, symbology: Symbology?, addOn: [UInt8]? = nil,
        source: ScanSource, purpose: CodePurpose, reading: CodeReading,
        alternatives: [CodeReading] = [], findings: [Finding] = []
    ) {
        self.raw = raw
        self.aim = aim
        self.symbology = symbology
        self.addOn = addOn
        self.source = source
        self.purpose = purpose
        self.reading = reading
        self.alternatives = alternatives
        self.findings = findings
    }

    /// Keys under which a catalogue may list the article, best first; empty if this names none.
    public var lookupKeys: [LookupKey] { reading.lookupKeys }
    /// Weight, price or count that the code itself carries.
    public var measure: EmbeddedMeasure? { reading.article?.measure }

    /// - Throws: `wrongPurpose` naming what the code is and where it belongs (PUR-2).
    public func expecting(_ purposes: Set<CodePurpose>) throws(BarcodeError) -> ScannedCode {
        guard purposes.contains(purpose) else {
            throw .wrongPurpose(expected: purposes, found: purpose)
        }
        return self
    }
}

/// One way to understand a code.
public enum CodeReading: Hashable, Sendable {
    case article(ArticleCode)
    case plu(PLU)
    case coupon(CouponCode)
    case publication(Publication)
    /// SSCC, case content: nothing that is sold as such.
    case logistic(ElementString)
    /// Pass, hand-over, check-in, card: opaque here.
    case token(OpaqueToken)
    /// Nothing Tote knows. Never opened, never run (BAD-031).
    case text(String)

    public var lookupKeys: [LookupKey] {
        switch self {
        case .article(let article): article.lookupKeys
        case .plu(let plu): [plu.lookupKey]
        case .publication(let publication): publication.lookupKeys
        case .coupon, .logistic, .token, .text: []
        }
    }

    public var article: ArticleCode? {
        if case .article(let article) = self { article } else { nil }
    }

    /// In words, for a question or a diagnosis; tokens are redacted (PUR-4).
    public var words: String {
        switch self {
        case .article(let article): article.words
        case .plu(let plu): "PLU \(plu.text)"
        case .coupon: "a coupon"
        case .publication(let publication): publication.words
        case .logistic: "a shipping label"
        case .token(let token): "a card or pass \(token.redacted)"
        case .text: "a text"
        }
    }
}

/// An article, by number, by a store's own label, or by a GS1 element string.
public struct ArticleCode: Hashable, Sendable {
    /// `nil` for a store's own number.
    public let gtin: GTIN14?
    /// Empty where the GTIN is the only key: then a plain scan takes no memory for it.
    private let ownKeys: [LookupKey]
    public let measure: EmbeddedMeasure?
    /// All the elements of a GS1 code: lot, serial, dates.
    public let elements: ElementString?
    /// The store template that read it.
    public let templateID: String?

    public init(
        gtin: GTIN14?, lookupKeys: [LookupKey], measure: EmbeddedMeasure? = nil,
        elements: ElementString? = nil, templateID: String? = nil
    ) {
        self.gtin = gtin
        ownKeys = gtin.map { [$0.lookupKey] } == lookupKeys ? [] : lookupKeys
        self.measure = measure
        self.elements = elements
        self.templateID = templateID
    }

    /// An article that is found by its GTIN.
    public init(gtin: GTIN14, measure: EmbeddedMeasure? = nil, elements: ElementString? = nil) {
        self.gtin = gtin
        ownKeys = []
        self.measure = measure
        self.elements = elements
        templateID = nil
    }

    /// Best first (RCN-4).
    public var lookupKeys: [LookupKey] {
        guard ownKeys.isEmpty, let gtin else { return ownKeys }
        return [gtin.lookupKey]
    }

    var words: String {
        gtin.map { "GTIN \($0.text)" } ?? "store article \(lookupKeys.first?.text ?? "")"
    }
}

/// Weight, price or count in a code: integers only.
public struct EmbeddedMeasure: Hashable, Sendable {
    public let kind: MeasureKind
    /// Reference unit price, minor units of the store's currency.
    public let unitPriceMinor: Int64?

    public init(kind: MeasureKind, unitPriceMinor: Int64? = nil) {
        self.kind = kind
        self.unitPriceMinor = unitPriceMinor
    }
}

/// What an embedded value counts.
public enum MeasureKind: Hashable, Sendable {
    /// Minor units of the store's currency.
    case price(Int64)
    case mass(grams: Int)
    case volume(millilitres: Int)
    case length(millimetres: Int)
    case count(Int)
}
