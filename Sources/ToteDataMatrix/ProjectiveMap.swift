import ToteValues

/// `x' = (a·x + b·y + c) / (g·x + h·y + i)`, `y' = (d·x + e·y + f) / (g·x + h·y + i)`.
struct ProjectiveMap {
    /// a, b, c, d, e, f, g, h, i.
    var factors: [Double]

    /// From the unit square to a rectangle's corners: origin, and the ends of its two sides.
    init(origin: PicturePoint, right: PicturePoint, down: PicturePoint) {
        factors = [
            right.x - origin.x, down.x - origin.x, origin.x,
            right.y - origin.y, down.y - origin.y, origin.y, 0, 0, 1,
        ]
    }

    init(factors: [Double]) { self.factors = factors }

    /// `nil` where it leads to infinity.
    func callAsFunction(_ x: Double, _ y: Double) -> PicturePoint? {
        let below = factors[6] * x + factors[7] * y + factors[8]
        let point = PicturePoint(
            x: (factors[0] * x + factors[1] * y + factors[2]) / below,
            y: (factors[3] * x + factors[4] * y + factors[5]) / below)
        return point.x.isFinite && point.y.isFinite ? point : nil
    }
}
