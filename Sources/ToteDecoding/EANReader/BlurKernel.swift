// How a lens out of focus spreads an edge. The spot is a disc; seen along the bars it is a
// semicircle sqrt(r² − x²), softened by pixels and lens. Gauss alone fits badly: it has no zeros,
// and beyond the first zero of a disc narrow bars turn to their negative.
//
// Samples lie on quarter modules between two edges, so sixteen distances are all that is needed.

struct BlurKernel: Sendable {
    /// Modules on either side of an edge that it has an influence on.
    static let reach = 4
    static let count = 2 * reach * EANLayout.density

    /// Share of the light −3.75, −3.25 … 3.75 modules behind an edge.
    let rise: [Float]
    /// The slope of that, per module.
    let spread: [Float]

    private static let steps = 32

    /// - Parameters:
    ///   - radius: of the spot, modules.
    ///   - softness: of pixels and lens, standard deviation in modules.
    init(radius: Float, softness: Float) {
        let weights = Self.weights(radius, softness)
        let sum = weights.reduce(0, +)
        var total: Float = 0
        let whole = weights.map { weight in
            total += weight
            return (total - weight / 2) / sum
        }
        let step = Self.steps / EANLayout.density
        let places = (0..<Self.count).map { step / 2 + step * $0 }
        rise = places.map { whole[$0] }
        spread = places.map { weights[$0] / sum * Float(Self.steps) }
    }

    private static func weights(_ radius: Float, _ softness: Float) -> [Float] {
        let side = steps * reach
        let reach = radius * Float(steps)
        var weights = (-side...side).map { x in
            max(0, reach * reach - Float(x * x)).squareRoot()
        }
        weights[side] = max(weights[side], 1)
        // Three boxes of width w have a deviation of about w / 2.
        let width = max(2, Int(softness * Float(steps)) * 2)
        for _ in 0..<3 { weights = boxed(weights, width) }
        return weights
    }

    /// Mean over a box of even width; its ends count half.
    private static func boxed(_ weights: [Float], _ width: Int) -> [Float] {
        weights.indices.map { index in
            var sum: Float = 0
            for at in max(0, index - width / 2)...min(weights.count - 1, index + width / 2) {
                sum += abs(at - index) == width / 2 ? weights[at] / 2 : weights[at]
            }
            return sum / Float(width)
        }
    }
}
