/// What can happen to a settlement. Leg events carry the leg's number.
public enum SettlementEvent: Hashable, Sendable {
    /// Rows 1: legs of `TenderPlan`, and the store's own hash of the quote as it is now.
    case begin([Leg], quoteHash: [UInt8])
    case legNeedsShopper(Int, url: String)
    case shopperDone
    case legAuthorised(Int, Authorisation)
    case legDeclined(Int, DeclineReason)
    case addLegs([Leg])
    case noAnswer(Int, ProviderOperation)
    case statusKnown(Int, ProviderTruth)
    case giveUp
    case quoteChanged
    case timer
    case capture(quoteHash: [UInt8])
    /// Minor units.
    case legCaptured(Int, Int64)
    case captureRefused(Int, DeclineReason)
    /// A void, a refund or the release of a reservation is done.
    case legReleased(Int)
    /// The provider refused a void or a refund for good.
    case releaseRefused(Int, DeclineReason)

    /// The case's name, for the event log and for errors.
    public var name: String {
        switch self {
        case .begin: "begin"
        case .legNeedsShopper: "legNeedsShopper"
        case .shopperDone: "shopperDone"
        case .legAuthorised: "legAuthorised"
        case .legDeclined: "legDeclined"
        case .addLegs: "addLegs"
        case .noAnswer: "noAnswer"
        case .statusKnown: "statusKnown"
        case .giveUp: "giveUp"
        case .quoteChanged: "quoteChanged"
        case .timer: "timer"
        case .capture: "capture"
        case .legCaptured: "legCaptured"
        case .captureRefused: "captureRefused"
        case .legReleased: "legReleased"
        case .releaseRefused: "releaseRefused"
        }
    }

    /// The leg it is about, if it is about one.
    public var leg: Int? {
        switch self {
        case .legNeedsShopper(let leg, _), .legAuthorised(let leg, _), .legDeclined(let leg, _),
            .noAnswer(let leg, _), .statusKnown(let leg, _), .legCaptured(let leg, _),
            .captureRefused(let leg, _), .legReleased(let leg), .releaseRefused(let leg, _):
            leg
        default: nil
        }
    }
}

/// What the shell has to do after an event; at most one call to a provider at a time.
public enum SettlementEffect: Hashable, Sendable {
    /// Set an internal balance aside; answer with `legAuthorised` or `legDeclined`.
    case reserve(leg: Int)
    /// Free an internal balance; answer with `legReleased`.
    case release(leg: Int)
    /// Call the provider under this key.
    case call(ProviderCall)
    /// Ask the provider what became of the call (SET-3).
    case askStatus(ProviderCall)
    /// The shopper must act at this address.
    case tellShopper(url: String)
    /// Minor units that still need a tender.
    case tellOpen(Int64)
    /// Balances posted, receipt, `settled`: in the transaction of this very event (row 12).
    case finalise
    /// The cart opens again, in the transaction of this very event (row 10).
    case reopen
}

/// One call to a provider.
public struct ProviderCall: Hashable, Sendable {
    public let leg: Int
    public let operation: ProviderOperation
    public let key: ProviderKey
    /// Minor units; 0 for a void.
    public let amount: Int64

    public init(leg: Int, operation: ProviderOperation, key: ProviderKey, amount: Int64) {
        self.leg = leg
        self.operation = operation
        self.key = key
        self.amount = amount
    }
}
