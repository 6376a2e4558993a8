// Several equal codes in one picture, which zbar tells as one code with the points of all.

import ToteValues

extension Find {
    /// Fewer points are no code but a stray line.
    private static let fewestPoints = 3

    /// Whether the points can be those of several codes above each other: between two neighbouring
    /// lines is room for half a code. Equal codes side by side stay one: the points of a single
    /// EAN, which also tell the ends of its halves, look the same.
    var liesApart: Bool {
        let isUpright = orientation.map { $0 % 180 == 90 } ?? false
        let lines = points.map { isUpright ? $0.x : $0.y }.sorted()
        let along = points.map { isUpright ? $0.y : $0.x }
        let length = (along.max() ?? 0) - (along.min() ?? 0)
        return length > 0
            && zip(lines, lines.dropFirst()).contains { one, next in 2 * (next - one) > length }
    }

    /// A find for each region that holds some of the points; votes go with the points.
    func parted(by regions: [BarRegion]) -> [Find] {
        var parts = [[PicturePoint]](repeating: [], count: regions.count)
        for point in points {
            let near = regions.indices.min { regions[$0].reach(point) < regions[$1].reach(point) }
            guard let near, regions[near].reach(point) <= 1 else { continue }
            parts[near].append(point)
        }
        parts.removeAll { $0.count < Self.fewestPoints }
        guard parts.count > 1 else { return [self] }
        return parts.map { points in
            var part = self
            part.points = points
            part.votes = max(1, votes * points.count / self.points.count)
            return part
        }
    }
}

extension BarRegion {
    /// How far out a point lies, as a share of half the region: 1 at its rim.
    fileprivate func reach(_ point: PicturePoint) -> Double {
        let x = point.x - centre.x
        let y = point.y - centre.y
        return 2
            * max(
                abs(x * acrossX + y * acrossY) / length, abs(y * acrossX - x * acrossY) / height)
    }
}
