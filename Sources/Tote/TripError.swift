/// What kind of failure it is; the raw value is the exit code of every command line of Tote
/// (`members-privacy.md` section 16).
public enum FailureKind: Int32, Sendable {
    /// The call itself is wrong: unknown option, value out of range.
    case usage = 64
    /// Understood and refused: bad code, no code in a picture, a rule refuses.
    case data = 65
    /// An input file is absent, not regular or unreadable.
    case noInput = 66
    /// The store is not reachable and this cannot work offline.
    case unreachable = 69
    /// A defect of ours.
    case internalDefect = 70
    case cannotCreate = 73
    /// Read or write failed, disk full.
    case io = 74
    /// Busy, rate-limited, timed out, outcome unknown.
    case tryLater = 75
    /// Not signed in, forbidden, unsafe file modes.
    case permission = 77
    /// Bad store address or home folder.
    case configuration = 78
}

/// Why a step of the trip did not happen. The cart is as it was. Holds no personal data.
public struct TripError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A stable word: `unknownCode`, `quantityOutOfRange`, `unreachable` …
    public let code: String
    public let kind: FailureKind
    /// One sentence that says what is wrong.
    public let message: String
    /// One sentence that says what to do.
    public let mend: String

    public init(code: String, kind: FailureKind, message: String, mend: String) {
        self.code = code
        self.kind = kind
        self.message = message
        self.mend = mend
    }

    public var description: String { "\(message) (\(code)) \(mend)" }
}
