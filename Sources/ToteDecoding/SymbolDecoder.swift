public import ToteValues

/// Finds barcodes in grey frames: zbar behind a ladder of preprocessing, believed only by votes
/// and checks (barcodes-decoding 1.2 to 1.4). A wrong code is worse than no code.
///
/// Not `Sendable`: one for each worker (DEC-5). A frame of 0.3 megapixels takes a few milliseconds
/// where the code is plain.
public final class SymbolDecoder {
    private let uptimeMilliseconds: (() -> Int64)?

    /// - Parameter world: its clock fills `ReadQuality.milliseconds`, which stays 0 without it.
    /// - Throws: `scannerUnavailable`, if libzbar cannot make a scanner.
    public init(world: World? = nil) throws(DecodingError) {
        try BarcodeScanner(isSparse: true).check()
        uptimeMilliseconds = world?.uptimeMilliseconds
    }

    /// `zbar 0.23.92`.
    public static var decoderVersion: String { "zbar \(BarcodeScanner.version)" }

    /// The codes in a frame; none found is an empty result. The same frame, profile and budget
    /// always give the same result, milliseconds apart.
    ///
    /// - Throws: `badFrame`, `scannerUnavailable`.
    public func decode(
        _ frame: Frame, profile: DecodingProfile = .retail, budget: WorkBudget = .still
    ) throws(DecodingError) -> DecodeResult {
        let image = GreyImage(frame)
        let rules = AcceptanceRules(profile: profile)
        let limit = budget.pixels(for: frame)
        let start = uptimeMilliseconds?() ?? 0
        var pool = ReadingPool()
        var result = DecodeResult()
        var verdict = AcceptanceRules.Verdict()
        for step in LadderPlan.steps(width: image.width, height: image.height) {
            let work = image.workPixels(for: step)
            result.budgetSpent = result.workPixels + work > limit
            if result.budgetSpent { break }
            guard let prepared = image.prepared(for: step) else { continue }
            result.workPixels += work
            result.stepsRun.append(step.rawValue)
            for reading in try look(at: prepared, step) { pool.add(reading) }
            verdict = rules.judge(pool.readings)
            if LadderPlan.isDone(after: step, verdict) { break }
        }
        let elapsed = Double((uptimeMilliseconds?() ?? 0) - start)
        result.fill(from: verdict, milliseconds: elapsed)
        return result
    }

    private func look(
        at image: GreyImage, _ step: LadderStep
    ) throws(DecodingError) -> [Reading] {
        let scanner = BarcodeScanner(isSparse: step.isSparse)
        return try scanner.scan(image).map { Reading($0, on: image, step: step) }
    }
}

extension DecodeResult {
    fileprivate mutating func fill(
        from verdict: AcceptanceRules.Verdict, milliseconds: Double
    ) {
        let kept = verdict.accepted.prefix(AcceptanceRules.largestSymbolCount)
        symbols = kept.map { Symbol($0, passes: stepsRun.count, milliseconds: milliseconds) }
        rejected = verdict.rejected
        limitReached = verdict.accepted.count > kept.count
    }
}

extension Reading {
    /// zbar's points, mapped from the prepared picture to the source picture.
    init(_ find: Find, on image: GreyImage, step: LadderStep) {
        let corners = Self.corners(of: find).map { image.map($0) }
        self.init(
            symbology: find.symbology, bytes: find.bytes, isGS1: find.isGS1, isAIM: find.isAIM,
            votes: find.votes,
            quad: Quad(
                topLeft: corners[0], topRight: corners[1], bottomRight: corners[2],
                bottomLeft: corners[3]),
            points: find.points.map { image.map($0) },
            orientation: step == .turned45 ? nil : find.orientation, step: step.rawValue)
    }

    /// Four corners clockwise from the symbol's own top left. QR: as zbar found them. Linear codes:
    /// the box of all scan line ends, begun at the corner that the orientation names.
    private static func corners(of find: Find) -> [PicturePoint] {
        if find.symbology == .qr, find.points.count == 4 {
            return [find.points[0], find.points[3], find.points[2], find.points[1]]
        }
        let box = Box(around: find.points)
        let upright = [
            PicturePoint(x: box.left, y: box.top), PicturePoint(x: box.right, y: box.top),
            PicturePoint(x: box.right, y: box.bottom), PicturePoint(x: box.left, y: box.bottom),
        ]
        let quarters = (find.orientation ?? 0) / 90
        return (0..<4).map { upright[($0 + quarters) % 4] }
    }
}
