/// Something to know about a code.
public struct Finding: Hashable, Sendable {
    public enum Severity: String, Hashable, Sendable {
        /// No sale.
        case stop
        /// The shopper or staff must choose.
        case ask
        case note
    }

    /// What was found; the same names as errors, and those that only warn.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case empty, tooLong, invalidCharacter, length, checkDigit, unknownAI, element, association
        case digitalLink, couponMalformed, template, ambiguous, ambiguousTemplate
        case unknownInStoreCode, priceEmbeddedInvalid, wrongPurpose, reservedPLU, partOf
        case notListed, unknownPLU, notASaleUnit, unknownCode
        case separatorRecovered, higherPriorityTemplate, verifierMismatch, measureMissing
        case expired, sellByPassed, bestBeforePassed, implausibleDate, recalled, checkLot
        case alreadyInCart, serialSold, alreadyApplied, pendingValidation, legacyCouponNeedsStore
        case couponExpired, couponNotYetValid, severalCodes, nothingAccepted
    }

    public let kind: Kind
    public let severity: Severity
    /// The bytes of the input it is about.
    public let range: Range<Int>?
    /// Never applied; at most three (DIAG-1).
    public let repairs: [Repair]
    /// One plain sentence, without personal data.
    public let message: String

    public init(
        kind: Kind, severity: Severity, range: Range<Int>? = nil, repairs: [Repair] = [],
        message: String
    ) {
        self.kind = kind
        self.severity = severity
        self.range = range
        self.repairs = repairs
        self.message = message
    }
}

/// A number that may have been meant. Choosing it is a new, typed entry.
public struct Repair: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        /// One digit replaced.
        case substitution
        /// Two neighbours swapped.
        case transposition
    }

    public let kind: Kind
    /// The whole number as it would be typed.
    public let text: String
    /// Whether the store sells it.
    public let isListed: Bool

    public init(kind: Kind, text: String, isListed: Bool) {
        self.kind = kind
        self.text = text
        self.isListed = isListed
    }
}
