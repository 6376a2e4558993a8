/// Why a code cannot be used. It has a code, a plain sentence and a mend, and never the content
/// of a token.
public struct BarcodeError: Error, Hashable, Sendable {
    /// Stable names, printed by `--json`.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        case empty, tooLong, invalidCharacter, length, checkDigit, unknownAI, element, association
        case digitalLink, couponMalformed, template, ambiguous, ambiguousTemplate
        case unknownInStoreCode, priceEmbeddedInvalid, wrongPurpose
    }

    /// How an element's value breaks its rule (AI-2, AI-4).
    public enum ElementFailure: String, Hashable, Sendable {
        case emptyValue, tooShort, tooLong, invalidCharacter, checkDigit, impossibleDate
        case impossibleTime, unknownCurrency, foreignCurrency, fraction, tooManyElements
        case excluded, required, repeated
    }

    public let code: Code
    /// First byte concerned.
    public let offset: Int?
    /// What would have been right: a digit, the lengths possible, a purpose.
    public let expected: String?
    public let found: String?
    /// Application identifiers concerned.
    public let identifiers: [String]
    public let failure: ElementFailure?
    /// The readings that tie, for `ambiguous`.
    public let readings: [CodeReading]
    /// One plain sentence.
    public let message: String
    /// What to do next.
    public let mend: String

    public init(
        code: Code, offset: Int? = nil, expected: String? = nil, found: String? = nil,
        identifiers: [String] = [], failure: ElementFailure? = nil,
        readings: [CodeReading] = [], message: String, mend: String
    ) {
        self.code = code
        self.offset = offset
        self.expected = expected
        self.found = found
        self.identifiers = identifiers
        self.failure = failure
        self.readings = readings
        self.message = message
        self.mend = mend
    }

    /// The same as a finding that stops, or asks where a choice is left.
    public var finding: Finding {
        Finding(
            kind: Finding.Kind(rawValue: code.rawValue) ?? .unknownCode,
            severity: code == .ambiguous || code == .ambiguousTemplate ? .ask : .stop,
            range: offset.map { $0..<$0 + 1 }, message: message)
    }
}
