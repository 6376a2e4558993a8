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
    /// The narrower quiet zone against the widest space within, both as far as they are white;
    /// what is a symbol has 1 or more.
    var clearness: Float
}

extension BarSpan {
    /// Where a blurred edge lies within its foot, modules.
    private static let slope: Float = 1.5

    /// Places where the symbol may begin and end.
    func ends(_ layout: EANLayout) -> [(Float, Float)] {
        let module = (right - left) / Float(layout.modules)
        let inner = (left: leftFoot + Self.slope * module, right: rightFoot - Self.slope * module)
        let lefts = abs(inner.left - left) > module ? [left, inner.left] : [left]
        let rights = abs(inner.right - right) > module ? [right, inner.right] : [right]
        return lefts.flatMap { left in rights.map { (left, $0) } }
    }
}

extension BarDips {
    /// Least quiet zone, modules. The standard has 7 or more; blur and neighbours take theirs.
    private static let quiet: Float = 3.5
    private static let wholeQuiet: Float = 8
    /// The widest space is 4 modules, the widest bar too; blur hides bars in between.
    private static let widestGap: Float = 7.5
    private static let leastModule: Float = 0.7
    private static let leastClearness: Float = 0.8
    private static let most = 6

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
            guard left - start >= 1, before >= Self.quiet * Self.leastModule else { continue }
            let whiteBefore =
                first > 0 ? dips[first].leftRim - dips[first - 1].rightRim : .infinity
            var widest: Float = 0
            var widestWhite: Float = 0
            for last in (first + 1)..<max(first + 2, min(first + layout.bars, dips.count)) {
                guard last < dips.count else { break }
                widest = max(widest, dips[last].left - dips[last - 1].right)
                widestWhite = max(widestWhite, dips[last].leftRim - dips[last - 1].rightRim)
                let right = dips[last].right
                let module = (right - left) / modules
                // Modules only grow from here.
                if before < Self.quiet * module { break }
                guard last - first + 1 >= fewest, module >= Self.leastModule,
                    widest < Self.widestGap * module, end - right >= 1
                else { continue }
                let after = last + 1 < dips.count ? dips[last + 1].left - right : .infinity
                let quiet = min(before, after, Self.wholeQuiet * module)
                let whiteAfter =
                    last + 1 < dips.count ? dips[last + 1].leftRim - dips[last].rightRim : .infinity
                let white = min(whiteBefore, whiteAfter, Self.wholeQuiet * module)
                guard quiet >= Self.quiet * module, white > Self.leastClearness * widestWhite,
                    !spans.contains(where: {
                        abs($0.left - left) < module && abs($0.right - right) < module
                    })
                else { continue }
                spans.append(
                    BarSpan(
                        left: left, right: right, leftFoot: dips[first].leftFoot,
                        rightFoot: dips[last].rightFoot, clearness: white / max(widestWhite, module)
                    ))
            }
        }
    }
}
