// Several equal codes in one picture, which zbar tells as one code with the points of all.

import ToteValues

extension Find {
    /// Fewer points are no code but a stray line.
    private static let fewestPoints = 3

    /// Codes side by side must show as many edges each as the shortest retail symbol has, less two
    /// for its rims: half an EAN has fewer.
    private static let fewestEdges = 32

    /// Whether the points can be those of several codes above each other: between two neighbouring
    /// lines is room for half a code.
    private var liesStacked: Bool {
        let (along, across) = places
        let length = (along.last ?? 0) - (along.first ?? 0)
        return length > 0
            && zip(across, across.dropFirst()).contains { one, next in 2 * (next - one) > length }
    }

    /// Whether the points can be those of several codes side by side: they stand in more heaps
    /// along the lines than one code has ends, those of the halves of an EAN among them.
    private var liesSideBySide: Bool {
        let (along, _) = places
        let length = (along.last ?? 0) - (along.first ?? 0)
        let gaps = zip(along, along.dropFirst()).count { one, next in 16 * (next - one) > length }
        return length > 0 && gaps + 1 > (symbology.hasHalves ? 3 : 2)
    }

    var liesApart: Bool { liesStacked || liesSideBySide }

    /// Points along the scan lines and across them, each rising.
    private var places: (along: [Double], across: [Double]) {
        let isUpright = orientation.map { $0 % 180 == 90 } ?? false
        let (x, y) = (points.map(\.x).sorted(), points.map(\.y).sorted())
        return isUpright ? (y, x) : (x, y)
    }

    /// A find for each region that holds some of the points; votes go with the points.
    func parted(by regions: [BarRegion]) -> [Find] {
        let regions = liesStacked ? regions : regions.filter { $0.edges >= Self.fewestEdges }
        var parts = [[PicturePoint]](repeating: [], count: regions.count)
        for point in points {
            let near = regions.indices.min { regions[$0].reach(point) < regions[$1].reach(point) }
            guard let near, regions[near].reach(point) <= 1 else { continue }
            parts[near].append(point)
        }
        // zbar carries half an EAN into the code beside it: those points reach half as far.
        let lengths = zip(regions, parts).map { $0.spread(of: $1) }
        let least = liesStacked ? 0 : (lengths.max() ?? 0) * 3 / 4
        let whole = zip(parts, lengths).filter { points, length in
            points.count >= Self.fewestPoints && length >= least
        }
        guard whole.count > 1 else { return [self] }
        return whole.map { points, _ in
            var part = self
            part.points = points
            part.votes = max(1, votes * points.count / self.points.count)
            return part
        }
    }
}

extension Symbology {
    fileprivate var hasHalves: Bool { [.ean13, .ean8, .upcE].contains(self) }
}

extension BarRegion {
    /// From the first of these points to the last along the scan, px.
    fileprivate func spread(of points: [PicturePoint]) -> Double {
        let along = points.map { ($0.x - centre.x) * acrossX + ($0.y - centre.y) * acrossY }
        return (along.max() ?? 0) - (along.min() ?? 0)
    }

    /// How far out a point lies, as a share of half the region: 1 at its rim.
    fileprivate func reach(_ point: PicturePoint) -> Double {
        let x = point.x - centre.x
        let y = point.y - centre.y
        return 2
            * max(
                abs(x * acrossX + y * acrossY) / length, abs(y * acrossX - x * acrossY) / height)
    }
}
