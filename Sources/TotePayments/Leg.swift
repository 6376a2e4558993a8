public import ToteValues

/// One tender's part of a settlement. All amounts are minor units of the settlement's currency.
public struct Leg: Hashable, Sendable {
    /// 1…20.
    public let number: Int
    public let tender: TenderKind
    /// Number of the internal balance, or the opaque tender token.
    public let source: String?
    public let planned: Int64
    public internal(set) var authorised: Int64 = 0
    public internal(set) var captured: Int64 = 0
    public internal(set) var refunded: Int64 = 0
    public internal(set) var state: LegState = .planned
    /// 1…; grows only after a definitive refusal, so that a retry keeps its provider key.
    public internal(set) var attempt: Int = 1
    public internal(set) var authorisation: Authorisation?
    public internal(set) var declineReason: DeclineReason?
    /// Where the shopper must act, while `needsShopper`.
    public internal(set) var shopperURL: String?

    public init(number: Int, tender: TenderKind, source: String?, planned: Int64) {
        self.number = number
        self.tender = tender
        self.source = source
        self.planned = planned
    }

    /// Rebuilds a leg from its row.
    package init(
        number: Int, tender: TenderKind, source: String?, planned: Int64, authorised: Int64,
        captured: Int64, refunded: Int64, state: LegState, attempt: Int,
        authorisation: Authorisation?, declineReason: DeclineReason?, shopperURL: String? = nil
    ) {
        self.init(number: number, tender: tender, source: source, planned: planned)
        self.authorised = authorised
        self.captured = captured
        self.refunded = refunded
        self.state = state
        self.attempt = attempt
        self.authorisation = authorisation
        self.declineReason = declineReason
        self.shopperURL = shopperURL
    }

    public var isInternal: Bool { tender.tenderClass == .internalBalance }
    var takesMoneyAtOnce: Bool { tender.tenderClass?.takesMoneyAtOnce ?? false }

    /// Holds or has taken money, or may still do so.
    var isLive: Bool {
        switch state {
        case .declined, .voided, .refusedCapture: false
        default: true
        }
    }

    /// What this leg contributes to the total so far.
    var secured: Int64 {
        switch state {
        case .authorised, .capturing, .captured, .unknownCapture: authorised
        default: 0
        }
    }

    /// The provider operation that awaits its answer, known to be lost or not.
    public var operationInFlight: ProviderOperation? {
        switch state {
        case .sending, .unknownAuthorise: .authorise
        case .capturing, .unknownCapture: .capture
        case .voiding, .unknownVoid: .void
        case .refunding, .unknownRefund: .refund
        default: nil
        }
    }
}

/// `payments.md` section 3, last paragraph.
public enum LegState: String, CaseIterable, Sendable {
    case planned, sending, needsShopper, authorised, declined, unknownAuthorise
    case capturing, captured, refusedCapture, unknownCapture
    case voiding, voided, unknownVoid, refunding, unknownRefund

    var isUnknown: Bool {
        switch self {
        case .unknownAuthorise, .unknownCapture, .unknownVoid, .unknownRefund: true
        default: false
        }
    }
}

/// What a provider granted.
public struct Authorisation: Hashable, Sendable {
    /// Minor units.
    public var amount: Int64
    public var reference: String
    public var expiresAt: Moment?
    /// Lower case: `visa`.
    public var brand: String?
    public var last4: String?

    public init(
        amount: Int64, reference: String, expiresAt: Moment? = nil, brand: String? = nil,
        last4: String? = nil
    ) {
        self.amount = amount
        self.reference = reference
        self.expiresAt = expiresAt
        self.brand = brand
        self.last4 = last4
    }
}

/// Why a tender did not pay (ORD-6).
public enum DeclineReason: String, CaseIterable, Sendable {
    case insufficientFunds, expired, notAllowed, doNotRetry, unknown
}
