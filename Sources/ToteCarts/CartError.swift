/// Why a cart did not do what was asked. Nothing was stored.
public struct CartError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// Pieces other than 1…999, grams other than 1…99,999.
        case quantityOutOfRange
        /// A code of more than 512 bytes, an empty one, or one with a zero byte.
        case codeTooLong
        case textTooLong
        /// 2,000 units, 300 lines or 10,000 entries.
        case cartFull
        /// Paid, moved or abandoned.
        case notOpen
        case lineNotFound
        /// A coupon that the cart has already (OFF-110).
        case alreadyApplied
        case unknownCart
        case storageFull
        case storageReadOnly
        /// Another process has the file.
        case busy
        case schemaTooNew
        case damaged
        case storage
    }

    public let code: Code
    public let message: String
    /// What the shopper or operator can do.
    public let mend: String

    public init(_ code: Code, _ message: String, mend: String) {
        self.code = code
        self.message = message
        self.mend = mend
    }

    public var description: String { "\(code.rawValue): \(message) \(mend)" }
}
