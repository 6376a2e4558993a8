// Levels, place and ink of a row for given bars, all at once.

extension EANWorkspace {
    /// A little weight against tilts, steps, bends and ink that the row does not bear out, as a
    /// share of the weight that contrast has.
    private static let ridge: SIMD8<Float> = [0, 0, 0, 0.02, 0.01, 0.01, 0.02, 0.02]
    private static let leastPivot: Float = 0.001

    /// Least squares of `values` over white, contrast, their tilts, place, stretch, bend and ink.
    func solve(_ layout: EANLayout, _ kernel: BlurKernel) -> Solution? {
        let count = layout.samples
        fillModel(layout, kernel)
        let scale = 2 / Float(count)
        var mean: Float = 0
        for index in 0..<count { mean += values[index] }
        mean /= Float(count)
        var total: Float = 0
        var (a, b, c, d) = (SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>())
        var (e, f, g, h) = (a, a, a, a)
        var right = SIMD8<Float>()
        for index in 0..<count {
            let t = (Float(index) + 0.5) * scale - 1
            let m = dark[index]
            let s = slope[index]
            let y = values[index] - mean
            let row = SIMD8<Float>(1, t, m, m * t, s, s * t, s * t * t, inks[index])
            a += row
            b += row * t
            c += row * m
            d += row * (m * t)
            e += row * s
            f += row * (s * t)
            g += row * (s * t * t)
            h += row * inks[index]
            right += row * y
            total += y * y
        }
        let ridge = Self.ridge * c[2]
        a[0] += ridge[0]
        b[1] += ridge[1]
        c[2] += ridge[2]
        d[3] += ridge[3]
        e[4] += ridge[4]
        f[5] += ridge[5]
        g[6] += ridge[6]
        h[7] += ridge[7]
        guard let x = Self.solution([a, b, c, d, e, f, g, h], right) else { return nil }
        let rest = max(0, total - (x * right).sum())
        return Solution(
            levels: [x[0] + mean, x[1], x[2], x[3]], steps: [x[4], x[5], x[6], x[7]],
            error: rest / max(1, total), rest: rest / Float(count))
    }

    /// Gauss and Jordan; the matrix is positive definite but for a dead row.
    private static func solution(_ rows: [SIMD8<Float>], _ right: SIMD8<Float>) -> SIMD8<Float>? {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 72) { matrix -> SIMD8<Float>? in
            for i in 0..<8 {
                for j in 0..<8 { matrix[9 * i + j] = rows[i][j] }
                matrix[9 * i + 8] = right[i]
            }
            for i in 0..<8 {
                let pivot = matrix[9 * i + i]
                guard pivot > leastPivot else { return nil }
                for j in i + 1..<8 {
                    let factor = matrix[9 * j + i] / pivot
                    for k in i..<9 { matrix[9 * j + k] -= factor * matrix[9 * i + k] }
                }
            }
            var x = SIMD8<Float>()
            for i in stride(from: 7, through: 0, by: -1) {
                var sum = matrix[9 * i + 8]
                for j in i + 1..<8 { sum -= matrix[9 * i + j] * x[j] }
                x[i] = sum / matrix[9 * i + i]
            }
            return x
        }
    }
}
