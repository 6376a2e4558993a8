// The perspective map from modules to pixels, fitted to places known of it by least squares: each
// place gives equations that are linear in the eight coefficients once they are multiplied by the
// denominator. Eight unknowns, one small elimination.

struct QRPlane: Sendable {
    /// Modules are mapped to −1 ... 1 and pixels to about that first, which keeps the sums small.
    fileprivate struct Scale: Sendable {
        var half: Double
        var x: Double
        var y: Double
        var pixels: Double
    }

    fileprivate let scale: Scale
    /// x = (a·u + b·v + c) / (g·u + h·v + 1), y = (d·u + e·v + f) / the same.
    fileprivate let across: (Double, Double, Double)
    fileprivate let down: (Double, Double, Double)
    fileprivate let depth: (Double, Double)

    /// `nil` where the plane of the symbol runs off to infinity.
    @inline(__always)
    func callAsFunction(_ u: Double, _ v: Double) -> (x: Double, y: Double)? {
        let u = u / scale.half - 1
        let v = v / scale.half - 1
        let depth = depth.0 * u + depth.1 * v + 1
        // A symbol seen so flat that depths differ tenfold cannot be read anyway.
        guard depth > 0.1 else { return nil }
        let x = (across.0 * u + across.1 * v + across.2) / depth
        let y = (down.0 * u + down.1 * v + down.2) / depth
        return (scale.x + scale.pixels * x, scale.y + scale.pixels * y)
    }
}

struct QRPlaneFit {
    private let scale: QRPlane.Scale
    private var sums = [Double](repeating: 0, count: 8 * 9)

    /// - Parameters:
    ///   - dimension: modules on a side.
    ///   - x: px of a place near the middle of the symbol.
    ///   - y: px of the same.
    ///   - size: px of about half a side.
    init(dimension: Int, x: Double, y: Double, size: Double) {
        scale = QRPlane.Scale(half: Double(dimension) / 2, x: x, y: y, pixels: max(size, 1))
    }

    /// A place of the symbol, in modules, is seen at a pixel.
    mutating func add(_ u: Double, _ v: Double, at x: Double, _ y: Double, weight: Double = 1) {
        let u = u / scale.half - 1
        let v = v / scale.half - 1
        let x = (x - scale.x) / scale.pixels
        let y = (y - scale.y) / scale.pixels
        add([u, v, 1, 0, 0, 0, -u * x, -v * x, x], weight)
        add([0, 0, 0, u, v, 1, -u * y, -v * y, y], weight)
    }

    private mutating func add(_ row: [Double], _ weight: Double) {
        for i in 0..<8 {
            let factor = weight * row[i]
            if factor == 0 { continue }
            for j in 0..<9 { sums[9 * i + j] += factor * row[j] }
        }
    }

    /// `nil` if the places do not determine a plane.
    func plane() -> QRPlane? {
        var sums = sums
        for pivot in 0..<8 {
            let best = (pivot..<8).max { abs(sums[9 * $0 + pivot]) < abs(sums[9 * $1 + pivot]) }
            guard let best, abs(sums[9 * best + pivot]) > 1e-9 else { return nil }
            if best != pivot { for j in 0..<9 { sums.swapAt(9 * best + j, 9 * pivot + j) } }
            for row in 0..<8 where row != pivot {
                let factor = sums[9 * row + pivot] / sums[9 * pivot + pivot]
                if factor == 0 { continue }
                for j in pivot..<9 { sums[9 * row + j] -= factor * sums[9 * pivot + j] }
            }
        }
        let terms = (0..<8).map { sums[9 * $0 + 8] / sums[9 * $0 + $0] }
        return QRPlane(
            scale: scale, across: (terms[0], terms[1], terms[2]),
            down: (terms[3], terms[4], terms[5]), depth: (terms[6], terms[7]))
    }
}
