public import ToteValues

/// What was found in one frame, and what it took.
public struct DecodeResult: Sendable {
    /// Accepted symbols, most votes first.
    public var symbols: [Symbol]
    /// Refused readings, for diagnosis only (DEC-17).
    public var rejected: [Candidate]
    /// Names of the ladder steps that ran, in order; `quarter.` or `half.` before them tells the
    /// scale of a still picture.
    public var stepsRun: [String]
    /// Pixels handed to zbar, summed.
    public var workPixels: Int
    /// The work budget ended the search (DEC-10).
    public var budgetSpent: Bool
    /// More than 64 symbols were found; those with the most votes are returned (DEC-8).
    public var limitReached: Bool

    public init(
        symbols: [Symbol] = [], rejected: [Candidate] = [], stepsRun: [String] = [],
        workPixels: Int = 0, budgetSpent: Bool = false, limitReached: Bool = false
    ) {
        self.symbols = symbols
        self.rejected = rejected
        self.stepsRun = stepsRun
        self.workPixels = workPixels
        self.budgetSpent = budgetSpent
        self.limitReached = limitReached
    }
}

/// A reading that was not accepted.
public struct Candidate: Hashable, Sendable {
    public enum Reason: String, Sendable {
        case votes, checkDigit, length, contradiction, content
    }

    public let symbology: Symbology
    public let bytes: [UInt8]
    public let quad: Quad
    public let votes: Int
    public let reason: Reason

    public init(symbology: Symbology, bytes: [UInt8], quad: Quad, votes: Int, reason: Reason) {
        self.symbology = symbology
        self.bytes = bytes
        self.quad = quad
        self.votes = votes
        self.reason = reason
    }
}
