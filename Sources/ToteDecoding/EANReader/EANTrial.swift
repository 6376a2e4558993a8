// One track of bars put to the test.

import ToteValues

struct EANTrial {
    struct Row {
        var profile: BarProfile
        var fit: EANFit
    }

    let bundles: [RowBundle]
    let track: EANTrack
    let work: EANWorkspace

    /// Worse than this, after a few rounds, is no symbol.
    private static let hopeless: Float = 0.3
    /// A row that is worse does not count.
    private static let worst: Float = 0.2
    /// A start that comes this near needs no other.
    private static let near: Float = 0.05
    private static let valid: Float = 0.15
    /// A start without a bend that is worse than this is no symbol with a bend either.
    private static let farthest: Float = 0.5
    private static let mostRows = 12
    private static let fewestRows = 3
    private static let enough = 5

    var stat = ""

    mutating func run(log: inout [String]?) -> Find? {
        let count = track.steps.count
        var rows: [Row] = []
        for at in [count / 2, count / 4] {
            let step = track.steps[at]
            if let row = search(step.bundle, step.span, log: &log) {
                rows = follow(from: row, at: step.bundle)
                break
            }
            guard work.budget > 0 else { break }
        }
        guard rows.count >= Self.fewestRows else { return nil }
        if log != nil {
            for row in rows {
                log?.append(
                    "  row \(row.profile.row) err \(row.fit.error) blur \(row.fit.blur) ink \(row.fit.ink) dark \(row.fit.levels[2]) c \(row.fit.c/row.fit.module) rev \(row.fit.b < 0) \(row.fit.digits.map { "\($0 % 10)" }.joined()) \(EANText.text(row.fit.digits, track.layout).map { String(decoding: $0, as: UTF8.self) } ?? "-")"
                )
            }
        }
        return verdict(rows)
    }

    private func columns(_ span: BarSpan) -> Range<Int> {
        let margin = (span.right - span.left) / 12
        let left = max(0, Int(span.leftFoot - margin))
        return left..<max(left + 1, min(bundles[0].width, Int(span.rightFoot + margin) + 1))
    }

    private func search(_ bundle: Int, _ span: BarSpan, log: inout [String]?) -> Row? {
        let profile = BarProfile(bundles[bundle], columns: columns(span), passes: 2)
        let module = (span.right - span.left) / Float(track.layout.modules)
        var starts: [(Float, Float)] = [(span.left, span.right)]
        let left = span.leftFoot + 1.5 * module
        let right = span.rightFoot - 1.5 * module
        if abs(left - span.left) > module { starts.append((left, span.right)) }
        if abs(right - span.right) > module { starts.append((span.left, right)) }
        if starts.count == 3 { starts.append((left, right)) }
        var best: EANFit?
        var trace: [(Float, Float, Bool)] = []
        let before = work.budget
        for bend in [0, 2, -2] as [Float] {
            for isReversed in [false, true] {
                for blur in [12, 16] {
                    for (left, right) in starts {
                        var fit = EANFit(
                            track.layout, left: left, right: right, isReversed: isReversed,
                            blur: blur, bend: bend)
                        guard fit.run(profile, work, rounds: 3) else { continue }
                        if fit.error < best?.error ?? 2 { best = fit }
                    }
                }
            }
            trace.append((bend, best?.error ?? 9, best?.b ?? 0 < 0))
            guard let best, best.error < Self.farthest else { return nil }
            if best.error < (best.isValid ? Self.valid : Self.near) { break }
        }
        guard var fit = best else { return nil }
        let mid = work.budget
        guard fit.error < Self.hopeless + 0.2, fit.again(profile, work, rounds: 6, choosingBlur: true) else {
            return nil
        }
        log?.append(
            "  search row \(profile.row) err \(fit.error) lean \(profile.lean) starts \(starts.count) used \(before - mid) \(mid - work.budget) trace \(trace)"
        )
        guard fit.error < Self.hopeless else { return nil }
        return Row(profile: profile, fit: fit)
    }

    /// Up and down from a row that fits, from one to the next.
    private func follow(from row: Row, at bundle: Int) -> [Row] {
        var rows = [row]
        var valid = row.fit.isValid ? 1 : 0
        let first = track.steps[0].bundle
        let last = track.steps[track.steps.count - 1].bundle
        let stride = max(1, (last - first) / Self.mostRows)
        for way in [-stride, stride] {
            var known = row
            var next = bundle + way
            var misses = 0
            while bundles.indices.contains(next), misses < 3 {
                if let found = self.row(next, from: known) {
                    rows.append(found)
                    valid += found.fit.isValid ? 1 : 0
                    // A symbol gives its code in most rows.
                    if rows.count >= Self.enough, valid == 0 { return [] }
                    known = found
                    misses = 0
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
        let down = bundles[bundle].row - known.profile.row
        fit.a += down * (known.profile.lean + known.profile.twist * (fit.a - known.profile.middle))
        fit.b += down * known.profile.twist * fit.b
        let reach = abs(fit.b) * 1.05
        let left = max(0, Int(fit.a - reach))
        let right = min(bundles[bundle].width, Int(fit.a + reach) + 1)
        guard right - left > 20 else { return nil }
        let profile = BarProfile(bundles[bundle], columns: left..<right, passes: 2)
        guard fit.again(profile, work, rounds: 5, choosingBlur: false), fit.error < Self.worst
        else { return nil }
        return Row(profile: profile, fit: fit)
    }

    private mutating func verdict(_ rows: [Row]) -> Find? {
        let layout = track.layout
        var costs = EANCosts(layout)
        for row in rows {
            row.fit.prepare(row.profile, work)
            costs.add(row.fit, work)
        }
        let paths = costs.best()
        guard paths.count == 2, let text = EANText.text(paths[0].digits, layout) else { return nil }
        var good: Float = 0
        var bad: Float = 0
        var agreeing: [Row] = []
        for row in rows {
            var one = row.fit
            var two = row.fit
            if one.digits != paths[0].digits {
                guard one.settle(row.profile, work, digits: paths[0].digits, rounds: 3),
                    one.decode(work) == paths[0].digits
                else { continue }
            }
            agreeing.append(Row(profile: row.profile, fit: one))
            guard two.settle(row.profile, work, digits: paths[1].digits, rounds: 3) else { continue }
            good += one.error
            bad += two.error
        }
        let votes = agreeing.count
        guard votes > 0 else { return nil }
        let ratio = 1 + (paths[1].cost - paths[0].cost) / costs.samples
        let mean = good / Float(votes)
        stat = "\(layout.kind) \(String(decoding: text, as: UTF8.self)) votes \(votes) of \(rows.count) err \(mean) ratio \(ratio) refit \(bad / good)"
        let isEAN13 = layout.kind == .ean13
        guard votes >= (isEAN13 ? 3 : 5), ratio >= (isEAN13 ? 1.3 : 1.6),
            bad >= (isEAN13 ? 1.2 : 1.5) * good, mean <= (isEAN13 ? 0.15 : 0.1)
        else { return nil }
        return Find(
            symbology: layout.symbology, bytes: text, votes: votes,
            points: agreeing.flatMap { ends(of: $0) })
    }

    private func ends(of row: Row) -> [PicturePoint] {
        let y = Double(row.profile.row)
        let half = abs(row.fit.b) * Float(track.layout.modules)
            / Float(track.layout.modules + 2 * EANLayout.quiet)
        return [row.fit.a - half, row.fit.a + half].map { PicturePoint(x: Double($0), y: y) }
    }
}
