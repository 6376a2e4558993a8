public import TotePayments
public import ToteValues

/// Who moves money outside the store (`payments.md` section 12). Every call carries a key of ours;
/// a provider must answer a repeated key as it did the first time.
public protocol PaymentProvider: Sendable {
    /// Such as `sandbox`; part of ledger accounts.
    var identifier: String { get }

    func authorise(
        _ request: AuthorisationRequest
    ) async throws(PaymentProviderError) -> ProviderOutcome
    func capture(_ request: CaptureRequest) async throws(PaymentProviderError) -> ProviderOutcome
    func void(_ request: VoidRequest) async throws(PaymentProviderError) -> ProviderOutcome
    func refund(_ request: RefundRequest) async throws(PaymentProviderError) -> ProviderOutcome

    /// What became of the call with this key (SET-3).
    func status(of key: ProviderKey) async throws(PaymentProviderError) -> ProviderTruth

    /// Everything that is set aside or captured for a cart: what a restored store asks (SYNC-61).
    func charges(of cart: CartID) async throws(PaymentProviderError) -> [ProviderCharge]
}

extension PaymentProvider {
    /// A provider that cannot look up carts keeps a restored store's carts from being closed; that
    /// is safe, and an operator's case.
    public func charges(
        of cart: CartID
    ) async throws(PaymentProviderError) -> [ProviderCharge] { throw .noAnswer }
}

/// Money that a provider holds or has taken for one leg of a cart's settlement, with what it was
/// told when it was asked for it (SYNC-56).
public struct ProviderCharge: Hashable, Sendable {
    public var ordinal: Int32
    public var leg: Int
    public var kind: TenderKind
    public var setHash: LogHash?
    /// Of the whole settlement, minor units.
    public var totalMinor: Int64
    /// Minor units, less what was given back.
    public var capturedMinor: Int64
    /// Minor units set aside and neither captured nor freed.
    public var openMinor: Int64
    public var authorisation: Authorisation

    public init(
        ordinal: Int32, leg: Int, kind: TenderKind, setHash: LogHash?, totalMinor: Int64,
        capturedMinor: Int64, openMinor: Int64, authorisation: Authorisation
    ) {
        self.ordinal = ordinal
        self.leg = leg
        self.kind = kind
        self.setHash = setHash
        self.totalMinor = totalMinor
        self.capturedMinor = capturedMinor
        self.openMinor = openMinor
        self.authorisation = authorisation
    }
}

/// Of these only `noAnswer` leads to `unknown` (PRV-2).
public enum PaymentProviderError: Error, Hashable, Sendable {
    /// Timeout, broken connection or a 5xx: it may have happened.
    case noAnswer
    /// A 4xx other than a decline: our defect. It did not happen.
    case refusedRequest(String)
}

/// Asks to set money aside.
public struct AuthorisationRequest: Hashable, Sendable {
    public var key: ProviderKey
    /// Opaque; never logged.
    public var token: String
    public var amount: Money
    public var kind: TenderKind
    /// For reconciliation at the provider.
    public var cart: CartID
    public var ordinal: Int32
    public var leg: Int
    /// The set that is paid for, and its total in minor units.
    public var setHash: LogHash?
    public var totalMinor: Int64

    public init(
        key: ProviderKey, token: String, amount: Money, kind: TenderKind, cart: CartID,
        ordinal: Int32, leg: Int = 1, setHash: LogHash? = nil, totalMinor: Int64 = 0
    ) {
        self.leg = leg
        self.setHash = setHash
        self.totalMinor = totalMinor
        self.key = key
        self.token = token
        self.amount = amount
        self.kind = kind
        self.cart = cart
        self.ordinal = ordinal
    }
}

/// Takes money that was set aside.
public struct CaptureRequest: Hashable, Sendable {
    public var key: ProviderKey
    /// The key under which it was authorised.
    public var authorisation: ProviderKey
    public var amount: Money

    public init(key: ProviderKey, authorisation: ProviderKey, amount: Money) {
        self.key = key
        self.authorisation = authorisation
        self.amount = amount
    }
}

/// Frees money that was set aside, or ends a question to the shopper.
public struct VoidRequest: Hashable, Sendable {
    public var key: ProviderKey
    public var authorisation: ProviderKey

    public init(key: ProviderKey, authorisation: ProviderKey) {
        self.key = key
        self.authorisation = authorisation
    }
}

/// Gives captured money back.
public struct RefundRequest: Hashable, Sendable {
    public var key: ProviderKey
    public var authorisation: ProviderKey
    public var amount: Money

    public init(key: ProviderKey, authorisation: ProviderKey, amount: Money) {
        self.key = key
        self.authorisation = authorisation
        self.amount = amount
    }
}
