public import ToteValues

/// Finds barcodes in grey frames: zbar behind a ladder of preprocessing, believed only by votes
/// and checks (barcodes-decoding 1.2 to 1.4). A wrong code is worse than no code.
///
/// Not `Sendable`: one for each worker (DEC-5). A frame of 0.3 megapixels takes a few milliseconds
/// where the code is plain.
public final class SymbolDecoder {
    private let uptimeMilliseconds: (() -> Int64)?
    private let bench = LadderBench()
    private let further: [any SymbolReader]

    /// - Parameter world: its clock fills `ReadQuality.milliseconds`, which stays 0 without it.
    /// - Throws: `scannerUnavailable`, if libzbar cannot make a scanner.
    public convenience init(world: World? = nil) throws(DecodingError) {
        try self.init(world: world, further: [])
    }

    /// - Parameter further: readers asked, in order, about frames in which nothing is accepted.
    package init(world: World?, further: [any SymbolReader]) throws(DecodingError) {
        try BarcodeScanner(.sparse).check()
        uptimeMilliseconds = world?.uptimeMilliseconds
        self.further = further
    }

    /// `zbar 0.23.92`.
    public static var decoderVersion: String { "zbar \(BarcodeScanner.version)" }

    /// The codes in a frame; none found is an empty result. The same frame, profile and budget
    /// always give the same result, milliseconds apart, if there is no deadline.
    ///
    /// - Parameter deadlineMilliseconds: no step begins later than this after the call, by the
    ///   clock of the decoder's `World`; what is accepted until then is returned, with
    ///   `budgetSpent`. Without a `World` there is no deadline.
    /// - Throws: `badFrame`, `scannerUnavailable`.
    public func decode(
        _ frame: Frame, profile: DecodingProfile = .retail, budget: WorkBudget = .still,
        deadlineMilliseconds: Int64? = nil
    ) throws(DecodingError) -> DecodeResult {
        try climb(LadderStep.allCases, frame, profile, budget, deadlineMilliseconds)
    }

    /// As `decode`, for one frame of many: the first steps, and of the others one, in rotation by
    /// `frame.origin.sequence` (VID-5).
    ///
    /// - Throws: `badFrame`, `scannerUnavailable`.
    public func decodeVideo(
        _ frame: Frame, profile: DecodingProfile = .retail, budget: WorkBudget = .video,
        deadlineMilliseconds: Int64? = nil
    ) throws(DecodingError) -> DecodeResult {
        let steps = LadderPlan.videoSteps(sequence: frame.origin.sequence)
        return try climb(steps, frame, profile, budget, deadlineMilliseconds)
    }

    private func climb(
        _ steps: [LadderStep], _ frame: Frame, _ profile: DecodingProfile, _ budget: WorkBudget,
        _ deadline: Int64?
    ) throws(DecodingError) -> DecodeResult {
        let start = uptimeMilliseconds?() ?? 0
        let uptime = uptimeMilliseconds
        var climb = LadderClimb(
            image: GreyImage(frame), rules: AcceptanceRules(profile: profile), bench: bench,
            limit: budget.pixels(for: frame),
            isLate: {
                guard let deadline, let uptime else { return false }
                return uptime() - start >= deadline
            })
        try climb.climb(steps)
        climb.ask(further)
        var result = climb.result
        let elapsed = Double((uptimeMilliseconds?() ?? 0) - start)
        result.fill(from: climb.verdict, milliseconds: elapsed)
        try result.readAddOns(profile.addOns, of: climb.verdict.accepted, in: climb.image)
        return result
    }
}

extension DecodeResult {
    fileprivate mutating func fill(
        from verdict: AcceptanceRules.Verdict, milliseconds: Double
    ) {
        let kept = verdict.accepted.prefix(AcceptanceRules.largestSymbolCount)
        symbols = SymbolParts.joined(
            kept.map { Symbol($0, passes: stepsRun.count, milliseconds: milliseconds) })
        rejected = verdict.rejected
        limitReached = verdict.accepted.count > kept.count
    }
}
