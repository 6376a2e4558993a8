// The best digits for a row, by Viterbi over the error shares of `EANTemplates`.

enum EANTrellis {
    /// Free choice: any set, any check digit.
    static func best(
        _ single: UnsafeMutablePointer<Float>, _ layout: EANLayout, _ templates: EANTemplates
    ) -> [Int] {
        let count = layout.digitStarts.count
        let width = EANPatterns.alternatives
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * width) { costs in
            withUnsafeTemporaryAllocation(of: Int8.self, capacity: count * width) { from in
                for a in layout.choices[0] { costs[a] = single[a] }
                for digit in 1..<count {
                    let old = digit & 1 == 1 ? 0 : width
                    let new = width - old
                    let table =
                        digit == layout.leftDigits ? templates.overGuard : templates.touching
                    let firsts = layout.choices[digit - 1]
                    table.withUnsafeBufferPointer { table in
                        for b in layout.choices[digit] {
                            var least = Float.infinity
                            var which = 0
                            for a in firsts {
                                let cost = costs[old + a] + table[b * width + a]
                                which = cost < least ? a : which
                                least = min(cost, least)
                            }
                            costs[new + b] = least + single[digit * width + b]
                            from[digit * width + b] = Int8(truncatingIfNeeded: which)
                        }
                    }
                }
                let last = count & 1 == 1 ? 0 : width
                var end = layout.choices[count - 1].lowerBound
                for a in layout.choices[count - 1] where costs[last + a] < costs[last + end] {
                    end = a
                }
                var digits = [Int](repeating: 0, count: count)
                for digit in stride(from: count - 1, through: 0, by: -1) {
                    digits[digit] = end
                    if digit > 0 { end = Int(from[digit * width + end]) }
                }
                return digits
            }
        }
    }
}
