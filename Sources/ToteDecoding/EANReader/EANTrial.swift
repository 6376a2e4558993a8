// One track of bars put to the test: a row in the middle is fitted from several starts, then its
// neighbours from what is known.

import ToteValues

struct EANTrial {
    struct Row {
        var profile: BarProfile
        var fit: EANFit
    }

    let bundles: [RowBundle]
    let track: EANTrack
    let bends: [Float]
    let work: EANWorkspace
    let rule: EANRule

    /// Shares of the variance left unexplained: a start that is worse than `farthest` is no symbol
    /// with a bend either, nor is a fit worse than `hopeless`; a row worse than `worst` does not
    /// count. A start below `near`, or valid and below `nearValid`, needs no other.
    private static let farthest: Float = 0.5
    private static let hopeless: Float = 0.3
    private static let worst: Float = 0.2
    private static let near: Float = 0.05
    private static let nearValid: Float = 0.15
    private static let mostRows = 12
    private static let mostMisses = 3
    /// A symbol gives its code in most rows.
    static let enough = 5

    /// - Parameter bends: to begin with, modules in the middle.
    init(
        bundles: [RowBundle], track: EANTrack, bends: [Float] = [0, 2, -2], work: EANWorkspace
    ) {
        self.bundles = bundles
        self.track = track
        self.bends = bends.filter { abs($0) <= EANRule.of(track.layout).bend }
        self.work = work
        rule = .of(track.layout)
    }

    func run() -> Find? {
        let rows = self.rows()
        guard rows.count < Self.enough || rows.contains(where: \.fit.isValid) else { return nil }
        return verdict(rows)
    }

    /// The code, or whether the bars are not what they were taken for.
    func testify(of claim: [UInt8]) -> EANReader.Testimony {
        let rows = self.rows()
        if let find = verdict(rows) { return .code(find) }
        return deny(EANText.digits(ean13: claim), rows) ? .denial : .silence
    }

    private func rows() -> [Row] {
        let count = track.steps.count
        for place in [count / 2, count / 4] where work.budget > 0 {
            let step = track.steps[place]
            guard let row = search(step.bundle, step.span) else { continue }
            return follow(from: row, at: step.bundle)
        }
        return []
    }

    private func search(_ bundle: Int, _ span: BarSpan) -> Row? {
        let profile = BarProfile(bundles[bundle], columns: columns(span), passes: 2)
        guard var fit = start(profile, span),
            fit.again(profile, work, rounds: 6, choosingBlur: true),
            fit.error < Self.hopeless, rule.allows(fit)
        else { return nil }
        return Row(profile: profile, fit: fit)
    }

    /// The best of all starts.
    private func start(_ profile: BarProfile, _ span: BarSpan) -> EANFit? {
        var best: EANFit?
        for bend in bends {
            for isReversed in [false, true] {
                for (left, right) in span.ends(track.layout) {
                    for blur in EANTemplates.starts {
                        var fit = EANFit(
                            track.layout, left: left, right: right, isReversed: isReversed,
                            blur: blur, bend: bend)
                        guard fit.run(profile, work, rounds: 3) else { continue }
                        if fit.error < best?.error ?? .infinity { best = fit }
                    }
                }
            }
            guard let best, best.error < Self.farthest else { return nil }
            if best.error < (best.isValid ? Self.nearValid : Self.near) { break }
        }
        return best
    }

    private func columns(_ span: BarSpan) -> Range<Int> {
        let margin = (span.right - span.left) / 12
        let left = max(0, Int(span.leftFoot - margin))
        return left..<max(left + 1, min(bundles[0].width, Int(span.rightFoot + margin) + 1))
    }

    /// Up and down from a row that fits, from one to the next.
    private func follow(from row: Row, at bundle: Int) -> [Row] {
        var rows = [row]
        let height = track.steps[track.steps.count - 1].bundle - track.steps[0].bundle
        let stride = max(1, height / Self.mostRows)
        for way in [-stride, stride] {
            var known = row
            var next = bundle + way
            var misses = 0
            while bundles.indices.contains(next), misses < Self.mostMisses {
                if let found = self.row(next, from: known) {
                    rows.append(found)
                    known = found
                    misses = 0
                    if rows.count == Self.enough, !rows.contains(where: \.fit.isValid) {
                        return rows
                    }
                } else {
                    misses += 1
                }
                next += way
            }
        }
        return rows
    }

    private func row(_ bundle: Int, from known: Row) -> Row? {
        var fit = known.fit
        fit.go(down: bundles[bundle].row - known.profile.row, along: known.profile)
        let reach = abs(fit.b) * 1.05
        let left = max(0, Int(fit.a - reach))
        let right = min(bundles[bundle].width, Int(fit.a + reach) + 1)
        guard right - left > track.layout.modules / 2 else { return nil }
        let profile = BarProfile(bundles[bundle], columns: left..<right, passes: 2)
        guard fit.again(profile, work, rounds: 5, choosingBlur: false), fit.error < Self.worst,
            rule.allows(fit)
        else { return nil }
        return Row(profile: profile, fit: fit)
    }
}
