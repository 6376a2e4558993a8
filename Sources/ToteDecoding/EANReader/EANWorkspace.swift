// Buffers and inner loops of a fit; one for each read.

final class EANWorkspace {
    struct Solution {
        var levels: SIMD4<Float>
        /// Place, stretch, bend and ink, times contrast.
        var steps: SIMD4<Float>
        /// Squared error as a share of the variance.
        var error: Float
        /// Mean squared error.
        var rest: Float
    }

    /// Rounds of fitting that are left.
    var budget: Int
    /// Brightness of half modules.
    let values: UnsafeMutablePointer<Float>
    /// Cost of each alternative of each digit.
    let single: UnsafeMutablePointer<Float>
    private let normal: UnsafeMutablePointer<Float>
    private let dark: UnsafeMutablePointer<Float>
    private let slope: UnsafeMutablePointer<Float>
    private let full: UnsafeMutablePointer<Float>
    private let inks: UnsafeMutablePointer<Float>
    private var edges: [Int] = []

    /// A little weight against tilts, steps, bends and ink that the row does not bear out, as a
    /// share of the weight that contrast has.
    private static let ridge: SIMD8<Float> = [0, 0, 0, 0.02, 0.01, 0.01, 0.02, 0.02]
    private static let leastPivot: Float = 0.001

    init(budget: Int) {
        self.budget = budget
        let most = EANLayout.ean13.samples
        func buffer(_ count: Int) -> UnsafeMutablePointer<Float> {
            let buffer = UnsafeMutablePointer<Float>.allocate(capacity: count)
            buffer.initialize(repeating: 0, count: count)
            return buffer
        }
        values = buffer(most)
        normal = buffer(most)
        dark = buffer(most)
        slope = buffer(most)
        full = buffer(most)
        inks = buffer(most)
        single = buffer(EANLayout.ean13.digitStarts.count * EANPatterns.alternatives)
    }

    deinit {
        for buffer in [values, normal, dark, slope, full, inks, single] { buffer.deallocate() }
    }

    /// Costs of digits against `values`, by the fit's levels. The sum of squares comes back.
    @discardableResult
    func fillSingle(_ fit: EANFit, _ templates: EANTemplates) -> Float {
        let layout = fit.layout
        let count = layout.samples
        let scale = 2 / Float(count)
        let ink = fit.digits.isEmpty ? 0 : fit.ink
        var squares: Float = 0
        let levels = fit.levels
        templates.guards[layout.kind.rawValue].withUnsafeBufferPointer { guards in
            for index in 0..<count {
                let t = (Float(index) + 0.5) * scale - 1
                let level =
                    (values[index] - levels[0] - levels[1] * t)
                    / min(levels[2] + levels[3] * t, -0.01)
                let value = level - guards[index] - ink * inks[index]
                normal[index] = value
                squares += value * value
            }
        }
        let width = EANPatterns.alternatives
        let reach = EANLayout.reach
        templates.shares.withUnsafeBufferPointer { shares in
            for digit in layout.digitStarts.indices {
                let at = UnsafeRawPointer(normal + layout.firstSample(digit))
                for choice in layout.choices[digit] {
                    let share = UnsafeRawPointer(
                        shares.baseAddress.unsafelyUnwrapped + choice * reach)
                    var sum = SIMD4<Float>()
                    var k = 0
                    while k < 4 * reach {
                        sum +=
                            at.loadUnaligned(fromByteOffset: k, as: SIMD4<Float>.self)
                            * share.loadUnaligned(fromByteOffset: k, as: SIMD4<Float>.self)
                        k &+= 16
                    }
                    let product = (sum[0] + sum[2]) + (sum[1] + sum[3])
                    single[digit * width + choice] = templates.norms[choice] - 2 * product
                }
            }
        }
        return squares
    }

    /// Edges of the bars of these digits; even ones lead from white to black.
    func fillEdges(_ layout: EANLayout, _ digits: [Int]) {
        edges.removeAll(keepingCapacity: true)
        var digit = 0
        var next = 0
        var isBar = false
        var module = 0
        func step(to bar: Bool) {
            if bar != isBar { edges.append(module) }
            isBar = bar
            module += 1
        }
        while module < layout.modules {
            if digit < digits.count, layout.digitStarts[digit] == module {
                let bits = EANPatterns.digits[digits[digit]]
                for place in 0..<7 { step(to: bits >> (6 - place) & 1 == 1) }
                digit += 1
            } else {
                let isGuard = next < layout.guardBars.count && layout.guardBars[next] == module
                if isGuard { next += 1 }
                step(to: isGuard)
            }
        }
        step(to: false)
    }

    /// Darkness, its slope and what wider bars would add, for the present edges.
    private func fillModel(_ count: Int, _ kernel: BlurKernel) {
        dark.update(repeating: 0, count: count)
        slope.update(repeating: 0, count: count)
        inks.update(repeating: 0, count: count)
        full.update(repeating: 0, count: count)
        let near = BlurKernel.count / 2
        var sign: Float = 1
        kernel.rise.withUnsafeBufferPointer { rise in
            kernel.spread.withUnsafeBufferPointer { spread in
                for edge in edges {
                    let first = EANLayout.density * (edge + EANLayout.quiet) - near
                    for index in 0..<BlurKernel.count {
                        dark[first + index] += sign * rise[index]
                        slope[first + index] += sign * spread[index]
                        inks[first + index] += spread[index]
                    }
                    if first + 2 * near < count { full[first + 2 * near] += sign }
                    sign = -sign
                }
            }
        }
        var sum: Float = 0
        for index in 0..<count {
            sum += full[index]
            dark[index] += sum
        }
    }

    /// Least squares of `values` over white, contrast, their tilts, place, stretch, bend and ink.
    func solve(_ layout: EANLayout, _ kernel: BlurKernel) -> Solution? {
        let count = layout.samples
        fillModel(count, kernel)
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
