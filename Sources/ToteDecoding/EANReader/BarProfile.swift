// The mean of some neighbouring rows, taken along the bars. How the bars lean is found from the
// gradients: along a bar nothing changes, so gy + s·gx = 0 with s(x) = s0 + s1·x, least squares.
// Cost: two passes over the rows.

struct BarProfile {
    /// Middle of the rows, px.
    var row: Float
    /// Columns `start ..< start + values.count`.
    var start: Int
    /// Brightness.
    var values: [Float]
    /// Sums of `values` up to each column; one more than values.
    var sums: [Float]
    /// Columns to the right for each row down: `lean + twist·(x − middle)`.
    var lean: Float
    var twist: Float
    var middle: Float

    private static let steepest: Float = 0.3
    private static let strongestTwist: Float = 0.003

    /// `nil` where there is nothing but one grey.
    init?(_ image: GreyImage, rows: Range<Int>, columns: Range<Int>) {
        row = Float(rows.lowerBound + rows.upperBound - 1) / 2
        start = columns.lowerBound
        middle = Float(columns.lowerBound + columns.upperBound) / 2
        lean = 0
        twist = 0
        values = [Float](repeating: 0, count: columns.count)
        sums = [Float](repeating: 0, count: columns.count + 1)
        image.pixels.withUnsafeBufferPointer { pixels in
            guard let base = pixels.baseAddress else { return }
            measureLean(base, image, rows, columns)
            average(base, image, rows, columns)
        }
        var total: Float = 0
        for index in values.indices {
            total += values[index]
            sums[index + 1] = total
        }
    }

    private mutating func measureLean(
        _ base: UnsafePointer<UInt8>, _ image: GreyImage, _ rows: Range<Int>, _ columns: Range<Int>
    ) {
        let width = image.width
        let left = max(columns.lowerBound, 1)
        let right = min(columns.upperBound, width - 1)
        let top = max(rows.lowerBound, 1)
        let bottom = min(rows.upperBound, image.height - 1)
        guard left < right, top < bottom else { return }
        var xx: Float = 0
        var xxu: Float = 0
        var xxuu: Float = 0
        var xy: Float = 0
        var xyu: Float = 0
        for x in left..<right {
            var square: Float = 0
            var cross: Float = 0
            for y in top..<bottom {
                let at = base + (y * width + x)
                let a = Int(at[-width - 1])
                let b = Int(at[-width])
                let c = Int(at[-width + 1])
                let d = Int(at[-1])
                let e = Int(at[1])
                let f = Int(at[width - 1])
                let g = Int(at[width])
                let h = Int(at[width + 1])
                let gx = Float(c + 2 * e + h - a - 2 * d - f)
                let gy = Float(f + 2 * g + h - a - 2 * b - c)
                square += gx * gx
                cross -= gx * gy
            }
            let u = Float(x) - middle
            xx += square
            xxu += square * u
            xxuu += square * u * u
            xy += cross
            xyu += cross * u
        }
        guard xx > 0 else { return }
        lean = xy / xx
        let determinant = xx * xxuu - xxu * xxu
        if determinant > 0.01 * xx * xxuu {
            lean = (xy * xxuu - xyu * xxu) / determinant
            twist = (xyu * xx - xy * xxu) / determinant
        }
        lean = min(max(lean, -Self.steepest), Self.steepest)
        twist = min(max(twist, -Self.strongestTwist), Self.strongestTwist)
    }

    private mutating func average(
        _ base: UnsafePointer<UInt8>, _ image: GreyImage, _ rows: Range<Int>, _ columns: Range<Int>
    ) {
        let last = image.width - 1
        for y in rows {
            let line = base + y * image.width
            let down = Float(y) - row
            for index in values.indices {
                let x = Float(start + index)
                let at = x + down * (lean + twist * (x - middle))
                let clamped = min(max(at, 0), Float(last))
                let whole = Int(clamped)
                let part = clamped - Float(whole)
                let a = Float(line[whole]) * Float(line[whole])
                let next = Float(line[min(whole + 1, last)])
                let b = next * next
                values[index] += a + part * (b - a)
            }
        }
        let share = 1 / (255 * Float(rows.count))
        for index in values.indices { values[index] *= share }
    }

    /// Sum of brightness left of a place; the outermost columns go on beyond the ends.
    @inline(__always)
    func sum(upTo place: Float) -> Float {
        let x = place - Float(start)
        let count = values.count
        if x <= 0 { return x * values[0] }
        if x >= Float(count) { return sums[count] + (x - Float(count)) * values[count - 1] }
        let whole = Int(x)
        if whole >= count { return sums[count] }
        return sums[whole] + (x - Float(whole)) * values[whole]
    }
}
