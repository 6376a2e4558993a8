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
    /// How the bars look from end to end: mean 0, length 1.
    var look = BarLook()
}

extension BarProfile {
    private struct Dip {
        var left: Float
        var right: Float
        var leftFoot: Float
        var rightFoot: Float
    }

    /// Dips at least this deep against both neighbours are bars: grey levels, and as a share of
    /// all that differs in the rows.
    private static let leastDepth: Float = 1.5
    private static let leastShare: Float = 0.015
    private static let clearShare: Float = 0.08
    /// Least quiet zone, modules. The standard has 7 or more; blur and neighbours take theirs.
    private static let quiet: Float = 3.5
    /// The widest space is 4 modules, the widest bar too; ends found by half are not exact.
    private static let widestGap: Float = 7.5
    private static let leastModule: Float = 0.7
    private static let wholeQuiet: Float = 8
    private static let leastClearness: Float = 0.8
    static let most = 6

    /// The clearest first.
    func spans(for layout: EANLayout) -> [BarSpan] {
        var spans: [BarSpan] = []
        for share in [Self.leastShare, Self.clearShare] {
            for span in self.spans(for: layout, share) {
                let module = (span.right - span.left) / Float(layout.modules)
                let isKnown = spans.contains {
                    abs($0.left - span.left) < module && abs($0.right - span.right) < module
                }
                if !isKnown { spans.append(span) }
            }
        }
        spans.sort { $0.clearness > $1.clearness }
        if spans.count > Self.most { spans.removeSubrange(Self.most...) }
        for index in spans.indices {
            spans[index].look = look(from: spans[index].left, to: spans[index].right)
        }
        return spans
    }

    private func spans(for layout: EANLayout, _ leastShare: Float) -> [BarSpan] {
        let dips = self.dips(leastShare)
        var spans: [BarSpan] = []
        let fewest = layout.bars / 4
        let end = Float(start + values.count)
        for first in dips.indices {
            let before = first > 0 ? dips[first].left - dips[first - 1].right : .infinity
            guard dips[first].left - Float(start) >= 1 else { continue }
            var widest: Float = 0
            for last in (first + 1)..<max(first + 1, min(first + layout.bars, dips.count)) {
                widest = max(widest, dips[last].left - dips[last - 1].right)
                let left = dips[first].left
                let right = dips[last].right
                let module = (right - left) / Float(layout.modules)
                let after = last + 1 < dips.count ? dips[last + 1].left - right : .infinity
                let quiet = min(before, after, Self.wholeQuiet * module)
                guard last - first + 1 >= fewest, module >= Self.leastModule,
                    quiet >= Self.quiet * module, end - right >= 1,
                    widest < Self.widestGap * module, quiet > Self.leastClearness * widest
                else { continue }
                spans.append(
                    BarSpan(
                        left: left, right: right, leftFoot: dips[first].leftFoot,
                        rightFoot: dips[last].rightFoot, clearness: quiet / widest))
            }
        }
        return spans
    }

    /// Darker places between brighter ones, by extremes that differ enough.
    private func dips(_ leastShare: Float) -> [Dip] {
        guard let lowest = values.min(), let highest = values.max() else { return [] }
        let turns = self.turns(max(Self.leastDepth, (highest - lowest) * leastShare))
        // Turns alternate; the first one is a dip.
        return stride(from: 0, to: turns.count, by: 2).map { index in
            let before = index > 0 ? turns[index - 1] : 0
            let after = index + 1 < turns.count ? turns[index + 1] : values.count - 1
            let at = turns[index]
            return Dip(
                left: crossing(from: at, to: before, 0.5),
                right: crossing(from: at, to: after, 0.5),
                leftFoot: crossing(from: at, to: before, 0.93),
                rightFoot: crossing(from: at, to: after, 0.93))
        }
    }

    private func turns(_ least: Float) -> [Int] {
        var turns: [Int] = []
        var isRising = false
        var best = 0
        for index in values.indices {
            let gain = isRising ? values[index] - values[best] : values[best] - values[index]
            if gain >= 0 {
                best = index
            } else if -gain >= least {
                turns.append(best)
                isRising.toggle()
                best = index
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

/// Forty-eight samples of a span.
struct BarLook {
    fileprivate var samples = SIMD64<Float>()
    fileprivate static let count = 48

    /// 1 for the same bars, about 0 for others.
    func likeness(to other: BarLook) -> Float {
        (samples.lowHalf * other.samples.lowHalf).sum()
            + (samples.highHalf * other.samples.highHalf).sum()
    }
}

extension BarProfile {
    fileprivate func look(from left: Float, to right: Float) -> BarLook {
        var look = BarLook()
        let step = (right - left) / Float(BarLook.count)
        let mean = (sum(upTo: right) - sum(upTo: left)) / (right - left)
        var before = sum(upTo: left)
        var squares: Float = 0
        for index in 0..<BarLook.count {
            let next = sum(upTo: left + Float(index + 1) * step)
            let value = (next - before) / step - mean
            look.samples[index] = value
            squares += value * value
            before = next
        }
        if squares > 0 { look.samples *= 1 / squares.squareRoot() }
        return look
    }
}
