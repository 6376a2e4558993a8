// What a lens of one blur makes of each digit. Blurred bars add up, so a row is the sum of what its
// digits and guards give, and the squared error of a code splits into a part for each digit and a
// part for each two neighbours. All of it but the picture's share is computed here, once.

struct EANTemplates: Sendable {
    static let radii: [Float] = [0.3, 0.6, 0.9, 1.2, 1.5, 1.8, 2.1, 2.4, 2.7, 3.0]
    static let softnesses: [Float] = [0.2, 0.35, 0.5, 0.65, 0.8]
    /// All radii of the first softness, then of the next.
    static let all = softnesses.flatMap { softness in
        radii.map { EANTemplates(BlurKernel(radius: $0, softness: softness)) }
    }

    /// A sharp lens and one out of focus, to start from: radii 0.9 and 2.1, softness 0.35.
    static let starts = [12, 16]

    let kernel: BlurKernel
    /// Darkness that each alternative gives to the samples it reaches.
    let shares: [Float]
    /// Their squares, summed.
    let norms: [Float]
    /// Twice the product of what neighbours share, `[second][first]`.
    let touching: [Float]
    /// The same over a centre guard.
    let overGuard: [Float]
    /// Darkness that the guards give, for each layout.
    let guards: [[Float]]
    /// Mean and standard deviation of the darkness of digits.
    let mean: Float
    let deviation: Float

    init(_ kernel: BlurKernel) {
        let count = EANPatterns.alternatives
        let reach = EANLayout.reach
        let shares = EANPatterns.digits.flatMap { bits in
            Self.darkness(
                (0..<7).filter { bits >> (6 - $0) & 1 == 1 }, from: -reach / 4, count: reach, kernel
            )
        }
        func product(_ first: Int, _ second: Int, apart: Int) -> Float {
            var sum: Float = 0
            for sample in 0..<(reach / 2 - apart) {
                sum +=
                    shares[first * reach + reach / 2 + apart + sample]
                    * shares[second * reach + sample]
            }
            return 2 * sum
        }
        var touching = [Float](repeating: 0, count: count * count)
        var overGuard = touching
        for second in 0..<count {
            for first in 0..<count where first >= 20 || second < 20 {
                touching[second * count + first] = product(first, second, apart: 0)
            }
            for first in 0..<20 where second >= 20 {
                overGuard[second * count + first] =
                    product(first, second, apart: 5 * EANLayout.density)
            }
        }
        self.kernel = kernel
        self.shares = shares
        self.touching = touching
        self.overGuard = overGuard
        norms = (0..<count).map { digit in
            shares[digit * reach..<(digit + 1) * reach].reduce(0) { $0 + $1 * $1 }
        }
        guards = EANLayout.all.map { layout in
            Self.darkness(
                layout.guardBars, from: -EANLayout.density * EANLayout.quiet, count: layout.samples,
                kernel)
        }
        (mean, deviation) = Self.moments(shares)
    }

    /// Darkness of bars, each one module wide, at samples from a half-module on.
    private static func darkness(
        _ bars: [Int], from start: Int, count: Int, _ kernel: BlurKernel
    ) -> [Float] {
        func rise(_ sample: Int, behind module: Int) -> Float {
            let place = sample - EANLayout.density * module + BlurKernel.count / 2
            return place < 0 ? 0 : (place >= BlurKernel.count ? 1 : kernel.rise[place])
        }
        return (start..<start + count).map { sample in
            bars.reduce(0) { $0 + rise(sample, behind: $1) - rise(sample, behind: $1 + 1) }
        }
    }

    /// Over all pairs of neighbours in the left half.
    private static func moments(_ shares: [Float]) -> (Float, Float) {
        let reach = EANLayout.reach
        var sum: Float = 0
        var squares: Float = 0
        for first in 0..<20 {
            for second in 0..<20 {
                for sample in 0..<reach / 2 {
                    let value =
                        shares[first * reach + reach / 2 + sample]
                        + shares[second * reach + sample]
                    sum += value
                    squares += value * value
                }
            }
        }
        let number = Float(400 * reach / 2)
        let mean = sum / number
        return (mean, max(0.01, squares / number - mean * mean).squareRoot())
    }
}
