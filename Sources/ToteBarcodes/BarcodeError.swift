/// Why a code cannot be used. It has a code, a plain sentence and a mend, and never the content
/// of a token.
public struct BarcodeError: Error, Hashable, Sendable {
    /// Stable names, printed by `--json`.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        case empty, tooLong, invalidCharacter, length, checkDigit, unknownAI, element, association
        case digitalLink, couponMalformed, template, ambiguous, ambiguousTemplate
        case unknownInStoreCode, priceEmbeddedInvalid, wrongPurpose
        /// 8 and a produce number (PLU-1).
        case reservedPLU
        /// One of several symbols that carry one message together (PUR-5).
        case partOf
    }

    /// How an element's value breaks its rule (AI-2, AI-4).
    public enum ElementFailure: String, Hashable, Sendable {
        case emptyValue, tooShort, tooLong, invalidCharacter, checkDigit, impossibleDate
        case impossibleTime, unknownCurrency, foreignCurrency, fraction, tooManyElements
        /// Not in its code list, or not of its grammar; `flaw` tells more.
        case content
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
    /// What a test of the standard found (AI-2), and the bytes of the input it found it in.
    public let flaw: ElementFlaw?
    public let range: Range<Int>?
    /// The readings that tie, for `ambiguous`.
    public let readings: [CodeReading]
    /// One plain sentence.
    public let message: String
    /// What to do next.
    public let mend: String

    public init(
        code: Code, offset: Int? = nil, expected: String? = nil, found: String? = nil,
        identifiers: [String] = [], failure: ElementFailure? = nil, flaw: ElementFlaw? = nil,
        range: Range<Int>? = nil,
        readings: [CodeReading] = [], message: String, mend: String
    ) {
        self.code = code
        self.offset = offset
        self.expected = expected
        self.found = found
        self.identifiers = identifiers
        self.failure = failure
        self.flaw = flaw
        self.range = range
        self.readings = readings
        self.message = message
        self.mend = mend
    }

    /// The same as a finding that stops, or asks where a choice is left.
    public var finding: Finding {
        Finding(
            kind: Finding.Kind(rawValue: code.rawValue) ?? .unknownCode,
            severity: code == .ambiguous || code == .ambiguousTemplate ? .ask : .stop,
            range: range ?? offset.map { $0..<$0 + 1 }, message: message)
    }

    /// The same, of bytes that stand further on in the input.
    func shifted(by count: Int) -> BarcodeError {
        BarcodeError(
            code: code, offset: offset.map { $0 + count }, expected: expected, found: found,
            identifiers: identifiers, failure: failure, flaw: flaw,
            range: range.map { $0.lowerBound + count..<$0.upperBound + count },
            readings: readings, message: message, mend: mend)
    }

    /// The same, blamed on `range`.
    func within(_ range: Range<Int>) -> BarcodeError {
        BarcodeError(
            code: code, offset: range.lowerBound, expected: expected, found: found,
            identifiers: identifiers, failure: failure, flaw: flaw, range: range,
            readings: readings, message: message, mend: mend)
    }
}
