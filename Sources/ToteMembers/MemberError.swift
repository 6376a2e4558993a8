/// Why something about membership failed: a code, impersonal words, and what to do.
public struct MemberError: Error, Hashable, Sendable {
    public struct Code: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The key file holds no key of ours.
        public static let keyMalformed = Code(rawValue: "keyMalformed")
        /// The token file does not read.
        public static let tokenFileMalformed = Code(rawValue: "tokenFileMalformed")
        /// File or folder is open to others, not ours, or a link (KEY-2).
        public static let vaultUnsafe = Code(rawValue: "vaultUnsafe")
        /// File could not be read or written.
        public static let storage = Code(rawValue: "storage")
    }

    public let code: Code
    public let message: String
    public let mend: String

    public init(code: Code, message: String, mend: String) {
        self.code = code
        self.message = message
        self.mend = mend
    }
}
