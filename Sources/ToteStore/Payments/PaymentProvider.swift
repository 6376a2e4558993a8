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

    public init(
        key: ProviderKey, token: String, amount: Money, kind: TenderKind, cart: CartID,
        ordinal: Int32
    ) {
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
