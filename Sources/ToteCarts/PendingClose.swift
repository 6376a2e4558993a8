public import ToteValues

/// A close as the payer confirmed it, written before it is sent (SYNC-56).
public struct PendingClose: Hashable, Sendable {
    public enum State: String, Hashable, Sendable {
        /// Sent, or about to be; the answer is not known.
        case sent
        case closed, refused, settled
    }

    public let closeID: CloseID
    public let cart: CartID
    public let ordinal: Int32
    public let key: SettlementID
    /// What the payer saw.
    public let cursor: Cursor
    public let at: Moment
    public let confirmedSet: [DotUnits]
    /// Minor units.
    public let totalMinor: Int64
    public let currency: Currency
    /// 32 bytes.
    public let quoteHash: [UInt8]
    public var state: State

    /// The key follows from cart and ordinal.
    public init(
        closeID: CloseID, cart: CartID, ordinal: Int32, cursor: Cursor, at: Moment,
        confirmedSet: [DotUnits], totalMinor: Int64, currency: Currency, quoteHash: [UInt8],
        state: State = .sent
    ) {
        self.closeID = closeID
        self.cart = cart
        self.ordinal = ordinal
        self.key = LogHashing.settlement(cart, ordinal: ordinal)
        self.cursor = cursor
        self.at = at
        self.confirmedSet = confirmedSet
        self.totalMinor = totalMinor
        self.currency = currency
        self.quoteHash = quoteHash
        self.state = state
    }
}

/// A verified receipt as it was signed.
public struct StoredReceipt: Hashable, Sendable {
    public let cart: CartID
    public let ordinal: Int32
    public let body: [UInt8]
    public let signature: [UInt8]
    public let verifiedAt: Moment

    package init(
        cart: CartID, ordinal: Int32, body: [UInt8], signature: [UInt8], verifiedAt: Moment
    ) {
        self.cart = cart
        self.ordinal = ordinal
        self.body = body
        self.signature = signature
        self.verifiedAt = verifiedAt
    }
}
