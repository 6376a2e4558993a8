// Where a symbol may begin and end in a profile: dark bars side by side, with a quiet zone on
// either side. A blurred guard is one dip or a mere shoulder, a blurred narrow bar may be nothing,
// so bars are counted loosely and each end has two places: half way down the outermost dip, and
// the foot, where it leaves the quiet zone.

struct BarSpan {
    /// Half way down the outermost dips, px.
    var left: Float
    var right: Float
    /// Where brightness leaves the quiet zones, px.
    var leftFoot: Float
    var rightFoot: Float
    /// The narrower quiet zone against the widest space within; what is a symbol has 1 or more.
    var clearness: Float
}

/// The darker places of a profile, with two measures of what is a place of its own: faint ripples,
/// and clear bars alone.
struct BarDips {
    struct Dip {
        var left: Float
        var right: Float
        var leftFoot: Float
        var rightFoot: Float
    }

    private let faint: [Dip]
    private let clear: [Dip]
    private let start: Float
    private let end: Float

    /// Dips at least this deep against both neighbours are bars: grey levels, and as a share of
    /// all that differs in the rows.
    private static let leastDepth: Float = 1.5
    private static let faintShare: Float = 0.015
    private static let clearShare: Float = 0.08
    /// Least quiet zone, modules. The standard has 7 or more; blur and neighbours take theirs.
    private static let quiet: Float = 3.5
    private static let wholeQuiet: Float = 8
    /// The widest space is 4 modules, the widest bar too; blur hides bars in between.
    private static let widestGap: Float = 7.5
    private static let leastModule: Float = 0.7
    private static let leastClearness: Float = 0.8
    private static let most = 6

    init(_ profile: BarProfile) {
        start = Float(profile.start)
        end = Float(profile.start + profile.values.count)
        let lowest = profile.values.min() ?? 0
        let range = (profile.values.max() ?? 0) - lowest
        faint = profile.dips(max(Self.leastDepth, range * Self.faintShare))
        clear = profile.dips(max(Self.leastDepth, range * Self.clearShare))
    }

    /// The clearest first.
    func spans(for layout: EANLayout) -> [BarSpan] {
        var spans: [BarSpan] = []
        collect(faint, layout, into: &spans)
        collect(clear, layout, into: &spans)
        spans.sort { $0.clearness > $1.clearness }
        if spans.count > Self.most { spans.removeSubrange(Self.most...) }
        return spans
    }

    private func collect(_ dips: [Dip], _ layout: EANLayout, into spans: inout [BarSpan]) {
        let fewest = layout.bars / 4
        guard dips.count >= fewest else { return }
        let modules = Float(layout.modules)
        for first in 0...dips.count - fewest {
            let left = dips[first].left
            let before = first > 0 ? left - dips[first - 1].right : .infinity
            guard left - start >= 1 else { continue }
            // A longer symbol has wider modules: what is too narrow a quiet zone stays so.
            guard before >= Self.quiet * Self.leastModule else { continue }
            var widest: Float = 0
            for last in (first + 1)..<max(first + 2, min(first + layout.bars, dips.count)) {
                guard last < dips.count else { break }
                widest = max(widest, dips[last].left - dips[last - 1].right)
                let right = dips[last].right
                let module = (right - left) / modules
                if before < Self.quiet * module { break }
                guard last - first + 1 >= fewest, module >= Self.leastModule,
                    widest < Self.widestGap * module, end - right >= 1
                else { continue }
                let after = last + 1 < dips.count ? dips[last + 1].left - right : .infinity
                let quiet = min(before, after, Self.wholeQuiet * module)
                guard quiet >= Self.quiet * module, quiet > Self.leastClearness * widest,
                    !spans.contains(where: {
                        abs($0.left - left) < module && abs($0.right - right) < module
                    })
                else { continue }
                spans.append(
                    BarSpan(
                        left: left, right: right, leftFoot: dips[first].leftFoot,
                        rightFoot: dips[last].rightFoot, clearness: quiet / max(widest, 0.1)))
            }
        }
    }
}

extension BarProfile {
    /// Darker places between brighter ones, by extremes that differ enough.
    fileprivate func dips(_ least: Float) -> [BarDips.Dip] {
        let turns = self.turns(least)
        // Turns alternate; the first one is a dip.
        return stride(from: 0, to: turns.count, by: 2).map { index in
            let before = index > 0 ? turns[index - 1] : 0
            let after = index + 1 < turns.count ? turns[index + 1] : values.count - 1
            let at = turns[index]
            return BarDips.Dip(
                left: crossing(from: at, to: before, 0.5),
                right: crossing(from: at, to: after, 0.5),
                leftFoot: crossing(from: at, to: before, 0.93),
                rightFoot: crossing(from: at, to: after, 0.93))
        }
    }

    private func turns(_ least: Float) -> [Int] {
        var turns: [Int] = []
        turns.reserveCapacity(64)
        var isRising = false
        var best = 0
        var extreme = values[0]
        for index in values.indices {
            let value = values[index]
            let gain = isRising ? value - extreme : extreme - value
            if gain >= 0 {
                best = index
                extreme = value
            } else if -gain >= least {
                turns.append(best)
                isRising.toggle()
                best = index
                extreme = value
            }
        }
        return turns
    }

    /// Where brightness is part of the way from a dip to a peak, walking from the dip; a pixel's
    /// middle is half a column in.
    private func crossing(from dip: Int, to peak: Int, _ part: Float) -> Float {
        let level = values[dip] + (values[peak] - values[dip]) * part
        let step = peak < dip ? -1 : 1
        var at = dip
        while at != peak, values[at + step] < level { at += step }
        guard at != peak else { return Float(start + at) + 0.5 }
        let rise = values[at + step] - values[at]
        let share = rise > 0 ? (level - values[at]) / rise : 0
        return Float(start + at) + 0.5 + Float(step) * share
    }
}
