// The four sides of a finder pattern: rays from its centre end on its rim, a straight line is laid
// through the ends on each side, and the lines meet in the corners. Three patterns give twelve
// corners, enough to know the tilt of the whole symbol even if nothing else of it is plain.

/// A way in the picture, px.
struct Way: Hashable, Sendable {
    var x: Double
    var y: Double

    var length: Double { (x * x + y * y).squareRoot() }
}

/// The corners of one finder, clockwise from the top left of the symbol, px.
struct QROutline: Sendable {
    let corners: [(x: Double, y: Double)]

    /// Sides whose rays end on a straight line that runs about along the rows or columns.
    let straightSides: Int

    private static let raysPerQuarter = 12

    /// - Parameters:
    ///   - right: px of a module along the rows of the symbol.
    ///   - down: px of a module along its columns.
    init(
        _ finder: QRFinder, right: Way, down: Way, _ walk: ShadeWalk
    ) {
        let turn = right.x * down.y - right.y * down.x
        var sides = [Side](repeating: Side(), count: 4)
        for (x, y) in Self.directions {
            // The direction in modules decides the side.
            let wayX = x * right.x + y * down.x
            let wayY = x * right.y + y * down.y
            let length = (wayX * wayX + wayY * wayY).squareRoot()
            guard length > 0, turn != 0,
                let end = walk.ray(from: finder, wayX / length, wayY / length)
            else { continue }
            let u = end / length * x
            let v = end / length * y
            switch (abs(u) > abs(v), u > 0, v > 0) {
            case (true, true, _): sides[1].add(along: v, u)
            case (true, false, _): sides[3].add(along: v, u)
            case (false, _, true): sides[2].add(along: u, v)
            case (false, _, false): sides[0].add(along: u, v)
            }
        }
        straightSides = sides.count { $0.isStraight }
        let top = sides[0].line ?? (-3.5, 0)
        let rightSide = sides[1].line ?? (3.5, 0)
        let bottom = sides[2].line ?? (3.5, 0)
        let left = sides[3].line ?? (-3.5, 0)
        corners = [(left, top), (rightSide, top), (rightSide, bottom), (left, bottom)].map {
            let (u, v) = Self.meet($0.0, $0.1)
            return (
                finder.x + u * right.x + v * down.x, finder.y + u * right.y + v * down.y
            )
        }
    }

    /// u = a + b·v and v = c + d·u.
    private static func meet(
        _ upright: (Double, Double), _ flat: (Double, Double)
    ) -> (Double, Double) {
        let u = (upright.0 + upright.1 * flat.0) / (1 - upright.1 * flat.1)
        return (u, flat.0 + flat.1 * u)
    }

    /// Around a square, without its corners, which print and blur make round.
    private static let directions: [(Double, Double)] = {
        let steps = (0..<raysPerQuarter).map {
            (Double(2 * $0 + 1) / Double(raysPerQuarter) - 1) * 0.8
        }
        return steps.map { ($0, -1) } + steps.map { (1, $0) } + steps.map { ($0, 1) }
            + steps.map { (-1, $0) }
    }()

    /// A straight line through the ends of rays on one side.
    private struct Side {
        private var count = 0.0
        private var along = 0.0
        private var out = 0.0
        private var square = 0.0
        private var product = 0.0
        private var outSquare = 0.0

        mutating func add(along place: Double, _ distance: Double) {
            count += 1
            along += place
            out += distance
            square += place * place
            product += place * distance
            outSquare += distance * distance
        }

        /// Ends lie within a third of a module of the line, in the mean.
        var isStraight: Bool {
            guard let (start, slope) = line, abs(slope) < 0.36 else { return false }
            let rest = outSquare - start * out - slope * product
            return rest < count / 9
        }

        /// Where it crosses the axis, and its slope; less than one in two, or it is no side.
        var line: (Double, Double)? {
            let spread = count * square - along * along
            guard count >= 6, spread > 0 else { return nil }
            let slope = (count * product - along * out) / spread
            guard abs(slope) < 0.5 else { return nil }
            return ((out - slope * along) / count, slope)
        }
    }
}
