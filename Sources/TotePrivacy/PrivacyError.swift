/// Why privacy rules refused, without anything personal in it.
public struct PrivacyError: Error, Hashable, Sendable {
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The purpose needs a consent that does not stand (CONS-5).
        public static let consentMissing = Code(rawValue: "consentMissing")
        /// The ledger could not be written, so nothing may leave.
        public static let ledgerUnavailable = Code(rawValue: "ledgerUnavailable")
    }

    public let code: Code
    public let message: String
    /// What a person can do about it.
    public let mend: String

    public init(code: Code, message: String, mend: String) {
        self.code = code
        self.message = message
        self.mend = mend
    }
}
