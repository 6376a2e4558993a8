// The mean of a bundle of rows, taken along the bars. How the bars lean is found from the
// gradients: along a bar nothing changes, so gy + s·gx = 0 with s(x) = s0 + s1·x, least squares.

struct BarProfile {
    /// Middle of the rows, px.
    let row: Float
    /// Columns `start ..< start + values.count`.
    let start: Int
    /// Light from 0 to 255.
    private(set) var values: [Float]
    /// Sums of `values` up to each column; one more than values.
    private var sums: [Float]
    /// Columns to the right for each row down: `lean + twist·(x − middle)`.
    private(set) var lean: Float = 0
    private(set) var twist: Float = 0
    let middle: Float

    private static let steepest: Float = 0.35
    private static let strongestTwist: Float = 0.003

    init(_ bundle: RowBundle, columns: Range<Int>, passes: Int) {
        row = bundle.row
        start = columns.lowerBound
        middle = Float(columns.lowerBound + columns.upperBound - 1) / 2
        values = [Float](repeating: 0, count: columns.count)
        sums = [Float](repeating: 0, count: columns.count + 1)
        for _ in 0..<passes { measureLean(bundle) }
        average(bundle)
        var total: Float = 0
        for index in values.indices {
            total += values[index]
            sums[index + 1] = total
        }
    }

    /// The upper and the lower half of the rows, each shifted by the lean known so far.
    private func halves(_ bundle: RowBundle) -> (upper: [Float], lower: [Float]) {
        var upper = [Float](repeating: 0, count: values.count)
        var lower = upper
        add(bundle, part: 0, to: &upper)
        add(bundle, part: 1, to: &upper)
        add(bundle, part: 2, to: &lower)
        add(bundle, part: 3, to: &lower)
        return (upper, lower)
    }

    private mutating func measureLean(_ bundle: RowBundle) {
        let (upper, lower) = halves(bundle)
        guard values.count > 2 else { return }
        var xx: Float = 0
        var xxu: Float = 0
        var xxuu: Float = 0
        var xy: Float = 0
        var xyu: Float = 0
        for index in 1..<values.count - 1 {
            let gx = (upper[index + 1] + lower[index + 1] - upper[index - 1] - lower[index - 1]) / 8
            // The halves' middles are two parts apart; each is a sum of two.
            let gy = (lower[index] - upper[index]) / (4 * RowBundle.step)
            let u = Float(start + index) - middle
            let square = gx * gx
            let cross = gx * gy
            xx += square
            xxu += square * u
            xxuu += square * u * u
            xy -= cross
            xyu -= cross * u
        }
        // Too little of either: leave it.
        let determinant = xx * xxuu - xxu * xxu
        guard xx > 1, determinant > 0.01 * xx * xxuu else { return }
        lean += (xy * xxuu - xyu * xxu) / determinant
        twist += (xyu * xx - xy * xxu) / determinant
        lean = min(max(lean, -Self.steepest), Self.steepest)
        twist = min(max(twist, -Self.strongestTwist), Self.strongestTwist)
    }

    private mutating func average(_ bundle: RowBundle) {
        var sum = [Float](repeating: 0, count: values.count)
        for part in 0..<RowBundle.parts { add(bundle, part: part, to: &sum) }
        let share = 1 / Float(RowBundle.parts)
        for index in values.indices { values[index] = sum[index] * share }
    }

    private func add(_ bundle: RowBundle, part: Int, to sum: inout [Float]) {
        let down = (Float(part) - Float(RowBundle.parts - 1) / 2) * RowBundle.step
        let last = Float(bundle.width - 1)
        bundle.light.withUnsafeBufferPointer { light in
            guard let line = light.baseAddress?.advanced(by: part * bundle.width) else { return }
            sum.withUnsafeMutableBufferPointer { sum in
                if lean == 0, twist == 0 {
                    for index in 0..<sum.count { sum[index] += line[start &+ index] }
                    return
                }
                for index in 0..<sum.count {
                    let x = Float(start &+ index)
                    let at = min(max(x + down * (lean + twist * (x - middle)), 0), last)
                    let whole = min(Int(at), bundle.width &- 2)
                    let a = line[whole]
                    sum[index] += a + (at - Float(whole)) * (line[whole &+ 1] - a)
                }
            }
        }
    }

    /// Sum of light left of a place; the outermost columns go on beyond the ends.
    @inline(__always)
    func sum(upTo place: Float) -> Float {
        let x = place - Float(start)
        let count = values.count
        if x <= 0 { return x * values[0] }
        if x >= Float(count) { return sums[count] + (x - Float(count)) * values[count - 1] }
        let whole = min(Int(x), count &- 1)
        return sums[whole] + (x - Float(whole)) * values[whole]
    }
}
