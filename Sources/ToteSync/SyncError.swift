/// Why a sync did not come through. Nothing is lost: what is unsent stays queued.
public struct SyncError: Error, Hashable, Sendable {
    public enum Code: String, Hashable, Sendable {
        case unreachable
        /// An answer of no known schema; a network failure for all purposes (SYNC-52).
        case nonsense
        /// 429, 503 or 507; `retryAfterSeconds` says when.
        case busy
        case unauthorised
        /// The store does not know the cart: it is to be created there.
        case unknownCart
        /// The cart was joined to another.
        case moved
        /// 403 or 409 that a shopper must see.
        case refused
        /// This device's own file could not be read or written.
        case storage
    }

    public let code: Code
    /// The store's own word, such as `wrongStore`.
    public let detail: String
    public let message: String
    public let mend: String
    public let retryAfterSeconds: Int?

    public init(
        _ code: Code, detail: String = "", message: String, mend: String,
        retryAfterSeconds: Int? = nil
    ) {
        self.code = code
        self.detail = detail
        self.message = message
        self.mend = mend
        self.retryAfterSeconds = retryAfterSeconds
    }
}

extension SyncError {
    static let unreachable = SyncError(
        .unreachable, message: "The store does not answer.",
        mend: "Scanning goes on; it is sent as soon as the store is in reach.")
    static let nonsense = SyncError(
        .nonsense, message: "The store's answer makes no sense.",
        mend: "Check the store's address; nothing was changed.")
    static let unauthorised = SyncError(
        .unauthorised, message: "The store does not accept this device's sign-in.",
        mend: "Sign in again: tote login. Everything scanned is kept.")
}
