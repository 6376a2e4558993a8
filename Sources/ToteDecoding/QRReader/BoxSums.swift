/// Sums of a square table over windows around a place, cut at the rim.
struct BoxSums {
    private let side: Int
    private var sums: [Double]

    init(_ values: [Double], _ side: Int) {
        self.side = side
        sums = [Double](repeating: 0, count: (side + 1) * (side + 1))
        for v in 0..<side {
            var line = 0.0
            for u in 0..<side {
                line += values[v * side + u]
                sums[(v + 1) * (side + 1) + u + 1] = sums[v * (side + 1) + u + 1] + line
            }
        }
    }

    func sum(_ u: Int, _ v: Int, _ reach: Int) -> Double {
        let left = max(u - reach, 0)
        let right = min(u + reach + 1, side)
        let top = max(v - reach, 0) * (side + 1)
        let bottom = min(v + reach + 1, side) * (side + 1)
        return sums[bottom + right] - sums[bottom + left] - sums[top + right] + sums[top + left]
    }
}
