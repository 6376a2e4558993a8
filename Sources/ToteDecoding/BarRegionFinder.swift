// Where bars stand side by side, and at which angle (DEC-11): the picture is shrunk until its
// longest side is at most 320 px, each block of 8 × 8 px tells by its structure tensor whether grey
// values change in one direction only, and joined blocks of like direction make a region, whose
// angle is then measured in the picture before the last shrinking. A frame of 0.3 megapixels costs
// less than a sixth of one look by zbar.

import ToteValues

package struct BarRegionFinder {
    /// Longest side of the picture that is searched, px.
    package static let longestSide = 320
    /// Regions that are worth a look; more are texture.
    package static let mostRegions = 6
    /// Groups that may turn out to have no edges.
    private static let mostGroups = 10
    /// The shortest retail symbol has 34 edges; out of focus a third of them is left.
    package static let fewestEdges = 10
    /// Enough lines to tell edges.
    private static let middle = Rectification(scale: 1, lines: 16, samples: 1)
    /// Least length across the bars, px of the shrunk picture: a single edge is no bar code.
    private static let shortest = 20.0
    /// Share of the strongest part that still belongs to the bars, across and along them. Strength
    /// goes with the square of the contrast: out of focus the thin bars of the guard patterns keep
    /// a sixth of that of the wide ones, and a code without its ends is lost.
    private static let leastAcross = 0.03
    private static let leastAlong = 0.2
    /// At each end, px of the shrunk picture, for what the blur took away; and the wider quiet zone
    /// of an EAN-13, 11 of its 95 modules, as a divisor.
    private static let margin = 8.0
    private static let quietZone = 8.0
    /// Above and below together, px of the shrunk picture. More would let in digits and frames.
    private static let rim = 4.0

    private let scratch = Scratch()

    private final class Scratch {
        var cells = BarRegionCells()
        var blocks = BarRegionBlocks()
        var groups = BarRegionGroups()
        var direction = BarRegionDirection()
        var cut = GreyImage(pixels: [], width: 0, height: 0)
        var along = Profile()
        var up = Profile()
    }

    package init() {}

    /// Regions looked for when equal codes stand in one picture.
    package static let mostEqual = 64

    /// The strongest first.
    package func regions(
        in image: GreyImage, atMost most: Int = BarRegionFinder.mostRegions
    ) -> [BarRegion] {
        var small = image
        var larger = image
        var scale = 1.0
        while max(small.width, small.height) > Self.longestSide, let half = small.halved() {
            larger = small
            small = half
            scale *= 2
        }
        scratch.cells.measure(small)
        scratch.blocks.measure(scratch.cells)
        let groups = scratch.groups.groups(of: scratch.blocks)
            .sorted { $0.strength > $1.strength }
        var regions: [BarRegion] = []
        for group in groups.prefix(most + Self.mostGroups) {
            guard var region = region(of: group, in: larger, scale: scale) else { continue }
            image.rectify(region, Self.middle, into: &scratch.cut)
            region.edges = scratch.cut.edges()
            if region.edges >= Self.fewestEdges { regions.append(region) }
            if regions.count == most { break }
        }
        return regions
    }

    private func region(
        of group: BarRegionGroups.Group, in larger: GreyImage, scale: Double
    ) -> BarRegion? {
        let width = scratch.blocks.width
        let found = scratch.direction.measure(
            group, columns: width, in: larger, scale: scale > 1 ? 2 : 1)
        guard let across = found else { return nil }
        scratch.along.clear()
        scratch.up.clear()
        for block in group.blocks {
            let x = Double(Int(block) % width * BarRegionCells.side + 5)
            let y = Double(Int(block) / width * BarRegionCells.side + 5)
            let strength = scratch.blocks.strength(Int(block))
            scratch.along.add(strength, at: x * across.x + y * across.y)
            scratch.up.add(strength, at: y * across.x - x * across.y)
        }
        let (left, right) = scratch.along.span(share: Self.leastAcross)
        let (top, bottom) = scratch.up.span(share: Self.leastAlong)
        guard right - left >= Self.shortest else { return nil }
        let middle = (left + right) / 2
        let level = (top + bottom) / 2
        let margin = Self.margin + (right - left) / Self.quietZone
        return BarRegion(
            centre: PicturePoint(
                x: scale * (middle * across.x - level * across.y),
                y: scale * (middle * across.y + level * across.x)),
            acrossX: across.x, acrossY: across.y,
            length: scale * (right - left + 2 * margin), height: scale * (bottom - top + Self.rim))
    }
}

extension BarRegion {
    /// The unit vector of half the angle, by square root alone; it points right, or down if
    /// upright.
    static func direction(doubledX x: Double, doubledY y: Double) -> (x: Double, y: Double) {
        let length = (x * x + y * y).squareRoot()
        guard length > 0 else { return (1, 0) }
        let cosine = ((1 + x / length) / 2).squareRoot()
        let sine = (max(0, 1 - x / length) / 2).squareRoot()
        return (cosine, y < 0 ? -sine : sine)
    }
}

extension GreyImage {
    /// Changes between dark and light along the mean of the middle third of the lines. A change is
    /// one of at least a seventh of the contrast: less is grain or a ripple of the paper.
    package func edges() -> Int {
        let rows = height / 3..<height - height / 3
        var sums = [Int](repeating: 0, count: width)
        for row in rows {
            for x in 0..<width { sums[x] &+= Int(pixels[row &* width &+ x]) }
        }
        let contrast = (sums.max() ?? 0) - (sums.min() ?? 0)
        let least = max(contrast / 7, 4 * rows.count)
        var edges = 0
        var isRising = true
        var extreme = sums.first ?? 0
        for sum in sums {
            if isRising ? sum > extreme : sum < extreme {
                extreme = sum
            } else if abs(sum - extreme) > least {
                edges += 1
                isRising.toggle()
                extreme = sum
            }
        }
        return edges
    }
}

/// How strong a group is along one axis, in bins of 4 px.
private struct Profile {
    private static let bin = 4.0
    /// Positions run from −320 to 640.
    private static let zero = 128
    private var bins = [Double](repeating: 0, count: 384)

    mutating func clear() {
        for index in bins.indices { bins[index] = 0 }
    }

    mutating func add(_ strength: Double, at position: Double) {
        let bin = Int((position / Self.bin).rounded(.down)) + Self.zero
        bins[min(max(bin, 0), bins.count - 1)] += strength
    }

    /// From the first to the last bin with a share of the strongest: tails are no part of it.
    func span(share: Double) -> (Double, Double) {
        let least = share * (bins.max() ?? 0)
        let first = bins.firstIndex { $0 >= least } ?? 0
        let last = bins.lastIndex { $0 >= least } ?? 0
        return (Double(first - Self.zero) * Self.bin, Double(last + 1 - Self.zero) * Self.bin)
    }
}
