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
    public let aim: SymbologyIdentifier
    public let bytes: [UInt8]
    public let quad: Quad
    public let votes: Int
    /// Votes that would have been enough, also when summed over the frames of a video (VID-1);
    /// `nil` where more of the same would not help.
    public let votesNeeded: Int?
    public let reason: Reason

    public init(
        symbology: Symbology, aim: SymbologyIdentifier, bytes: [UInt8], quad: Quad, votes: Int,
        votesNeeded: Int?, reason: Reason
    ) {
        self.symbology = symbology
        self.aim = aim
        self.bytes = bytes
        self.quad = quad
        self.votes = votes
        self.votesNeeded = votesNeeded
        self.reason = reason
    }
}
