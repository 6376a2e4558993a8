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
        try BarcodeScanner(.sparse).check()
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
        var gate: Gate?
        climb: for step in LadderPlan.steps(width: image.width, height: image.height) {
            if !step.isSparse && gate == nil {
                gate = look(image)
                if gate?.isShut == true { break }
            }
            let pictures = pictures(of: image, for: step, gate)
            if pictures.isEmpty { continue }
            for picture in pictures {
                result.budgetSpent = result.workPixels + picture.count > limit
                if result.budgetSpent { break climb }
                result.workPixels += picture.count
                let finds = try BarcodeScanner(step.scan).scan(picture)
                for find in finds { pool.add(Reading(find, on: picture, step: step)) }
            }
            result.stepsRun.append(step.rawValue)
            verdict = rules.judge(pool.readings)
            if LadderPlan.isDone(after: step, verdict) { break }
        }
        let elapsed = Double((uptimeMilliseconds?() ?? 0) - start)
        result.fill(from: verdict, milliseconds: elapsed)
        try result.readAddOns(profile.addOns, of: verdict.accepted, in: image)
        return result
    }

    private struct Gate {
        var regions: [BarRegion]
        var hasPatterns: Bool
        var hasLightPatterns: Bool
        var isShut: Bool { regions.isEmpty && !hasPatterns && !hasLightPatterns }
    }

    private let finder = BarRegionFinder()
    private var runs = PatternGate()

    private func look(_ image: GreyImage) -> Gate {
        runs.clear()
        runs.look(at: image, step: max(image.width, image.height) <= 400 ? 2 : 3)
        return Gate(
            regions: finder.regions(in: image), hasPatterns: runs.isDark,
            hasLightPatterns: runs.isLight)
    }

    private func pictures(of image: GreyImage, for step: LadderStep, _ gate: Gate?) -> [GreyImage] {
        switch step.place {
        case .frame: [image.prepared(for: step)].compactMap(\.self)
        case .regions: gate?.regions.filter { $0.edges >= 16 }.map { image.cut($0, for: step) } ?? []
        case .patterns:
            gate?.hasPatterns == true ? [image.prepared(for: step)].compactMap(\.self) : []
        case .lightPatterns:
            gate?.hasLightPatterns == true ? [image.prepared(for: step)].compactMap(\.self) : []
        }
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
    package init(
        _ find: Find, on image: GreyImage, step: LadderStep, readers: Readers = .zbar
    ) {
        let corners = Self.corners(of: find).map { image.map($0) }
        self.init(
            symbology: find.symbology, bytes: find.bytes, isGS1: find.isGS1, isAIM: find.isAIM,
            votes: find.votes, lines: find.spannedLines,
            quad: Quad(
                topLeft: corners[0], topRight: corners[1], bottomRight: corners[2],
                bottomLeft: corners[3]),
            points: find.points.map { image.map($0) },
            orientation: step.place == .regions ? nil : find.orientation, step: step.rawValue,
            readers: readers)
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
