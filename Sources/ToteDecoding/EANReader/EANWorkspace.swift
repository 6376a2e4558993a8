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
    let dark: UnsafeMutablePointer<Float>
    let slope: UnsafeMutablePointer<Float>
    private let full: UnsafeMutablePointer<Float>
    let inks: UnsafeMutablePointer<Float>
    private var edges: [Int] = []

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
    func fillModel(_ layout: EANLayout, _ kernel: BlurKernel) {
        let count = layout.samples
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
}
