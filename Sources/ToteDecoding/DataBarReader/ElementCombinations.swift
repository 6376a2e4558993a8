// Where a set of four element widths stands among all sets of the same sum (ISO/IEC 24724 annex B):
// the sets in order of their first width, then the second and so on, numbered from 0. What stands
// before a set is counted, not listed: a few dozen additions.

enum ElementCombinations {
    /// The number of the set, or `nil` if a width is not in 1…`widest`.
    ///
    /// - Parameter needsNarrow: only sets with an element of one module are counted.
    static func rank(_ widths: SIMD4<Int32>, widest: Int, needsNarrow: Bool) -> Int? {
        var left = 0
        for index in 0..<4 {
            guard (1...widest).contains(Int(widths[index])) else { return nil }
            left += Int(widths[index])
        }
        var rank = 0
        var hasNarrow = !needsNarrow
        for index in 0..<3 {
            let width = Int(widths[index])
            let parts = 3 - index
            for smaller in 1..<max(width, 1) {
                let rest = left - smaller
                rank += count(rest, parts: parts, widest: widest)
                if !hasNarrow && smaller > 1 {
                    // Those whose further widths all are two or more: one less each, of one less.
                    rank -= count(rest - parts, parts: parts, widest: widest - 1)
                }
            }
            hasNarrow = hasNarrow || width == 1
            left -= width
        }
        return hasNarrow || left == 1 ? rank : nil
    }

    /// In how many ways `parts` (1…3) widths in 1…`widest` sum up to `sum`: all ways, less those
    /// with one part too wide, plus those with two.
    private static func count(_ sum: Int, parts: Int, widest: Int) -> Int {
        guard widest > 0 else { return 0 }
        let one = ways(sum - widest, parts)
        let two = ways(sum - 2 * widest, parts)
        let three = ways(sum - 3 * widest, parts)
        switch parts {
        case 1: return ways(sum, 1) - one
        case 2: return ways(sum, 2) - 2 * one + two
        default: return ways(sum, 3) - 3 * one + 3 * two - three
        }
    }

    /// In how many ways `parts` positive widths sum up to `sum`: (sum − 1) over (parts − 1).
    private static func ways(_ sum: Int, _ parts: Int) -> Int {
        guard sum >= parts else { return 0 }
        switch parts {
        case 1: return 1
        case 2: return sum - 1
        default: return (sum - 1) * (sum - 2) / 2
        }
    }
}
