public import ToteCarts
public import ToteValues

/// The payment of one frozen cart (`payments.md` section 1). Changed only by `SettlementRules`.
public struct Settlement: Hashable, Sendable {
    /// What a close froze; what is paid for, and nothing else (INV-13).
    public let frozen: FrozenCart
    public internal(set) var state: SettlementState = .frozen
    public internal(set) var legs: [Leg] = []
    /// +1 for each event.
    public internal(set) var revision: Int64 = 0
    /// When `.timer` is due (INV-9).
    public internal(set) var deadline: Moment?
    /// Where `unknown` goes back to.
    public internal(set) var stateBefore: SettlementState?
    /// Status questions asked since the last noAnswer.
    public internal(set) var statusTries = 0

    public init(frozen: FrozenCart) { self.frozen = frozen }

    /// Rebuilds a settlement from its rows.
    package init(
        frozen: FrozenCart, state: SettlementState, legs: [Leg], revision: Int64,
        deadline: Moment?, stateBefore: SettlementState?, statusTries: Int
    ) {
        self.init(frozen: frozen)
        self.state = state
        self.legs = legs
        self.revision = revision
        self.deadline = deadline
        self.stateBefore = stateBefore
        self.statusTries = statusTries
    }

    /// Derived from cart and ordinal (IDM-1).
    public var id: SettlementID { frozen.key }
    public var cart: CartID { frozen.cart }
    public var ordinal: Int32 { frozen.ordinal }
    /// SHA-256 of the quote that the shopper confirmed.
    public var quoteHash: [UInt8] { frozen.quoteHash }
    public var total: Money { Money(minor: frozen.totalMinor, currency: frozen.currency) }

    /// Minor units that no authorised or still waiting leg covers.
    public var open: Int64 {
        guard state != .voided else { return 0 }
        let waiting = legs.filter { $0.state == .planned || $0.operationInFlight == .authorise }
        return total.minor - secured - waiting.reduce(0) { $0 + $1.planned }
    }

    /// Minor units captured and not given back.
    public var captured: Int64 { legs.reduce(0) { $0 + $1.captured - $1.refunded } }

    var secured: Int64 { legs.reduce(0) { $0 + $1.secured } }
    var hasTakenMoney: Bool { legs.contains { $0.captured > $0.refunded } }

    /// The leg whose operation awaits its answer; operations go one at a time.
    public var legInFlight: Leg? { legs.first { $0.operationInFlight != nil } }

    /// The provider key of a leg's operation.
    public func key(_ leg: Leg, _ operation: ProviderOperation) -> ProviderKey {
        ProviderKey(
            settlement: id, leg: leg.number, operation: operation, attempt: leg.attempt)
    }
}

/// `payments.md` section 3. `frozen` is the table's "–": closed, nothing planned yet.
public enum SettlementState: String, CaseIterable, Sendable {
    case frozen, authorising, requiresAction, partiallyAuthorised, authorised
    case capturing, captured, compensating, voiding, voided, unknown
    case offlineAccepted, forwarding, declinedAfterRelease
    case transferred, settledAtTill, transferExpired

    /// SET-2.
    public var isTerminal: Bool {
        switch self {
        case .voided, .captured, .settledAtTill, .transferExpired, .declinedAfterRelease: true
        default: false
        }
    }

    /// The ways out that the shopper always has (INV-15).
    public var actions: [SettlementAction] {
        switch self {
        case .frozen: [.pay, .giveUp]
        case .authorising, .capturing, .voiding, .unknown, .offlineAccepted, .forwarding: [.retry]
        case .requiresAction: [.shopperDone, .giveUp]
        case .partiallyAuthorised, .compensating: [.otherTender, .giveUp]
        case .authorised: [.capture, .giveUp]
        case .transferred: [.till]
        default: []
        }
    }
}

/// What a shopper can do next, by its name on the wire.
public enum SettlementAction: String, CaseIterable, Sendable {
    case pay, retry, shopperDone, otherTender, capture, giveUp, till
}
