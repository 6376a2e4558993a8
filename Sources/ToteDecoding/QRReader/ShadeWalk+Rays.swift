extension ShadeWalk {
    /// A step of a ray, px.
    private static let step = 0.5

    /// Px of a module of a finder along a unit vector.
    func module(of finder: QRFinder, _ x: Double, _ y: Double) -> Double? {
        guard let ahead = ray(from: finder, x, y), let back = ray(from: finder, -x, -y) else {
            return nil
        }
        return (ahead + back) / 7
    }

    /// Px from the centre of a finder to its outer edge.
    func ray(from finder: QRFinder, _ x: Double, _ y: Double) -> Double? {
        rings(from: finder, x, y)?.outer
    }

    /// Px from the centre of a finder to the edge of its core, of the ring and of all.
    private func rings(
        from finder: QRFinder, _ x: Double, _ y: Double
    ) -> (core: Double, ring: Double, outer: Double)? {
        // Half a pattern is at most this long, even along a diagonal and well tilted.
        let limit = Int(1.5 * max(finder.width, finder.height) / Self.step)
        // Places in 65536ths of a pixel.
        var place = (x: Int(finder.x * 65_536), y: Int(finder.y * 65_536))
        let way = (x: Int(x * Self.step * 65_536), y: Int(y * Self.step * 65_536))
        var shade: UInt8 = finder.isInverted ? 0 : 1
        var ends = (core: 0.0, ring: 0.0, outer: 0.0)
        var steps = 0
        for ring in 0..<3 {
            while at(place.x >> 16, place.y >> 16) == shade {
                place.x &+= way.x
                place.y &+= way.y
                steps &+= 1
                if steps > limit { return nil }
            }
            shade ^= 1
            let end = (Double(steps) - 0.5) * Self.step
            switch ring {
            case 0: ends.core = end
            case 1: ends.ring = end
            default: ends.outer = end
            }
        }
        return ends
    }

    /// Rays that must cross the rings where they should; print and dirt spoil some.
    static let leastRays = 11

    /// Of 16 rays, those that cross the rings within half a module of where they should; stops
    /// when they cannot be enough.
    func rings(around finder: QRFinder) -> Int {
        var good = 0
        for (index, way) in Self.directions.enumerated() {
            if let ends = rings(from: finder, way.x, way.y) {
                let slack = ends.outer / 7 + 0.5
                if abs(ends.core - ends.outer * 3 / 7) <= slack
                    && abs(ends.ring - ends.outer * 5 / 7) <= slack
                {
                    good += 1
                }
            }
            if good + Self.directions.count - 1 - index < Self.leastRays { break }
        }
        return good
    }

    private static let directions: [(x: Double, y: Double)] = {
        let places = [(4, 0), (4, 2), (4, 4), (2, 4), (0, 4), (-2, 4), (-4, 4), (-4, 2)]
        return (places + places.map { (-$0.0, -$0.1) }).map { x, y in
            let length = Double(x * x + y * y).squareRoot()
            return (Double(x) / length, Double(y) / length)
        }
    }()

    @inline(__always)
    func at(_ x: Double, _ y: Double) -> UInt8 {
        guard x >= 0, y >= 0, x < Double(width), y < Double(height) else { return 2 }
        return dark[Int(y) &* stride &+ Int(x)]
    }
}
