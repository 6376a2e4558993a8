import ToteValues

/// One frame's way up the ladder.
struct LadderClimb {
    /// An EAN-13 that zbar read in the cut of a region.
    private struct Claim {
        let region: Int
        let reading: Reading
        /// Where its lines lie, as `step` cuts it.
        let place: BarRegion
        let step: LadderStep
        var isHeard = false
    }

    let image: GreyImage
    let rules: AcceptanceRules
    let bench: LadderBench
    /// Most work, in pixels looked at (DEC-10).
    let limit: Int
    /// Whether time has run out; asked between steps only.
    let isLate: () -> Bool

    private var pool = ReadingPool()
    private var regions: [BarRegion]?
    private var claims: [Claim] = []
    private(set) var result = DecodeResult()
    private(set) var verdict = AcceptanceRules.Verdict()

    init(
        image: GreyImage, rules: AcceptanceRules, bench: LadderBench, limit: Int,
        isLate: @escaping () -> Bool
    ) {
        self.image = image
        self.rules = rules
        self.bench = bench
        self.limit = limit
        self.isLate = isLate
    }

    mutating func climb(_ steps: [LadderStep]) throws(DecodingError) {
        for step in steps {
            result.budgetSpent = isLate()
            if result.budgetSpent { return }
            guard
                LadderPlan.isWorth(step, width: image.width, height: image.height, verdict)
            else { continue }
            var hasLooked = false
            if step.looksAtFrame { hasLooked = try look(at: step) }
            if step.looksAtRegions, try lookAtRegions(step) { hasLooked = true }
            if result.budgetSpent { return }
            guard hasLooked else { continue }
            result.stepsRun.append(step.rawValue)
            verdict = rules.judge(pool.readings)
            if verdict.accepted.contains(where: \.reading.wantsWitness), hearWitness() {
                verdict = rules.judge(pool.readings)
            }
            if LadderPlan.isDone(after: step, verdict) { return }
        }
    }

    /// Readers of other modules, about what nobody could read.
    mutating func ask(_ readers: [any SymbolReader]) {
        for reader in readers where verdict.accepted.isEmpty && !result.budgetSpent {
            let (finds, work) = reader.read(image, limit: limit - result.workPixels)
            result.workPixels += work
            result.stepsRun.append(reader.step)
            for reading in finds.compactMap({ Reading($0, on: image, step: reader.step) }) {
                pool.add(reading)
            }
            verdict = rules.judge(pool.readings)
        }
    }

    private mutating func look(at step: LadderStep) throws(DecodingError) -> Bool {
        guard take(image.count) else { return false }
        let picture = step == .adaptive ? image.thresholded(window: 31, offset: 5) : image
        for reading in try bench.read(picture, at: step, isCut: false) { pool.add(reading) }
        return true
    }

    /// All regions, before anything is judged: one code must not hide another.
    private mutating func lookAtRegions(_ step: LadderStep) throws(DecodingError) -> Bool {
        let known = regions ?? bench.regions(in: image)
        regions = known
        var hasLooked = false
        let worthy = known.indices.lazy.filter { step.edges.contains(known[$0].edges) }
        for index in worthy.prefix(step.mostRegions) {
            let cut = image.cut(known[index], for: step)
            guard take(cut.count) else { return false }
            for reading in try bench.read(cut, at: step, isCut: true) {
                pool.add(reading)
                if reading.wantsWitness { claim(reading, in: index, at: step) }
            }
            hasLooked = true
        }
        return hasLooked
    }

    /// The lines of one cut err together: what bends or shades the bars does so in all of them. So
    /// what zbar reads there as EAN-13 is shown to the reader that looks at the picture as a whole.
    private mutating func hearWitness() -> Bool {
        var isNew = false
        for index in claims.indices where !claims[index].isHeard {
            let claim = claims[index]
            let cut = image.cut(claim.place, for: claim.step)
            guard take(cut.count) else { return isNew }
            switch bench.testimony(on: cut, of: claim.reading.bytes) {
            case .code(let find): pool.add(Reading(find, on: cut, step: .ean, isCut: true))
            case .denial: pool.deny(claim.reading)
            case .silence: break
            }
            claims[index].isHeard = true
            isNew = true
        }
        return isNew
    }

    private mutating func claim(_ reading: Reading, in region: Int, at step: LadderStep) {
        guard let whole = regions?[region],
            !claims.contains(where: { $0.region == region && $0.reading.bytes == reading.bytes })
        else { return }
        claims.append(
            Claim(
                region: region, reading: reading, place: whole.part(around: reading.points),
                step: step == .cropInverted ? step : .ean))
    }

    private mutating func take(_ pixels: Int) -> Bool {
        result.budgetSpent = result.workPixels + pixels > limit
        guard !result.budgetSpent else { return false }
        result.workPixels += pixels
        return true
    }
}
