// Darker places between brighter ones: bars, or what blur has left of them.

/// The darker places of a profile, with two measures of what is a place of its own: faint ripples,
/// and clear bars alone.
struct BarDips {
    struct Dip {
        var left: Float
        var right: Float
        var leftFoot: Float
        var rightFoot: Float
        /// Where it is nearly white again.
        var leftRim: Float
        var rightRim: Float
    }

    let faint: [Dip]
    let clear: [Dip]
    let start: Float
    let end: Float

    /// Dips at least this deep against both neighbours are bars: grey levels, and as a share of
    /// all that differs in the rows.
    private static let leastDepth: Float = 1.5
    private static let faintShare: Float = 0.015
    private static let clearShare: Float = 0.08
    init(_ profile: BarProfile) {
        start = Float(profile.start)
        end = Float(profile.start + profile.values.count)
        let lowest = profile.values.min() ?? 0
        let range = (profile.values.max() ?? 0) - lowest
        faint = profile.dips(max(Self.leastDepth, range * Self.faintShare))
        clear = profile.dips(max(Self.leastDepth, range * Self.clearShare))
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
                rightFoot: crossing(from: at, to: after, 0.93),
                leftRim: crossing(from: at, to: before, 0.8),
                rightRim: crossing(from: at, to: after, 0.8))
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
