// Reads the GS1 DataBar family by ISO/IEC 24724: Omnidirectional, Truncated, Stacked, Stacked
// Omnidirectional, Expanded and Expanded Stacked. Rows are looked at over the height, first far
// apart, then between those, as long as finder patterns with their characters show up and are not
// all explained by what was read. Each row gives characters, known by their finder patterns; rows
// vote on each. Cost: linear in the pixels; a twentieth of them where nothing is found.

import ToteValues

package struct DataBarReader: Sendable {
    /// Rows of the first look at least, and the widest gap between them, a power of two: a row of
    /// Expanded Stacked is 34 modules high, of the smallest stacked symbols five.
    private static let firstLooks = 40
    private static let widestGap = 16
    /// Where a symbol can stand beside what was seen of it, modules.
    private static let surroundings = 120

    package init() {}

    /// - Parameter image: bars about upright, within 10°.
    package func read(_ image: GreyImage) -> [Find] {
        // The narrowest symbol, half of a stacked one, is 50 modules wide.
        guard image.width >= 50, image.height >= 2 else { return [] }
        var looks = DataBarLooks(image)
        let firstGap = Self.firstGap(image.height)
        var gap = firstGap
        looks.look(at: stride(from: 0, to: image.height, by: gap))
        guard looks.sightings.hasPair else { return [] }
        var finds = read(looks.sightings)
        while gap > 1, !looks.areEnough, !looks.sightings.areExplained(by: finds) {
            // By now a symbol would have shown where it begins.
            if 4 * gap <= firstGap && !looks.sightings.hasBeginning { break }
            let rows = looks.sightings.surroundings(modules: Self.surroundings)
            let half = gap / 2
            looks.look(
                at: stride(from: half, to: image.height, by: gap).lazy.filter(rows.contains))
            gap = half
            finds = read(looks.sightings)
        }
        return finds
    }

    private static func firstGap(_ height: Int) -> Int {
        var gap = widestGap
        while gap > 1 && gap * firstLooks > height { gap /= 2 }
        return gap
    }

    private func read(_ sightings: DataBarSightings) -> [Find] {
        let clear = sightings.clear
        return DataBarPair.finds(clear) + ExpandedSequence.finds(clear)
    }
}

/// Looks at one row after the other.
struct DataBarLooks {
    /// Rows averaged.
    private static let bundle = 3
    /// What swings less than a sixth of the row's contrast is noise in a coarse, sharp picture, and
    /// less than a sixteenth in a blurred one; rows are taken for the one and the other in turn.
    private static let noiseShares = [6, 16]
    /// Looks at rows in all, whatever shows up.
    private static let most = 1200

    private let image: GreyImage
    private var row: DataBarRow
    private(set) var sightings = DataBarSightings()
    private var count = 0

    var areEnough: Bool { count >= Self.most }

    init(_ image: GreyImage) {
        self.image = image
        row = DataBarRow(width: image.width)
    }

    mutating func look(at tops: some Sequence<Int>) {
        let rows = min(Self.bundle, image.height)
        for top in tops where top + rows <= image.height && !areEnough {
            let share = Self.noiseShares[count % Self.noiseShares.count]
            row.load(image, top: top, rows: rows, noiseShare: share)
            row.findPairs(top: top, bottom: top + rows - 1, into: &sightings)
            count += 1
        }
    }
}

extension DataBarSighting {
    /// Corners of the box around all, clockwise from the top left.
    static func corners(of sightings: [DataBarSighting]) -> [PicturePoint] {
        let left = Double(sightings.map(\.left).min() ?? 0)
        let right = Double(sightings.map(\.right).max() ?? 0)
        let top = Double(sightings.map(\.top).min() ?? 0)
        let bottom = Double(sightings.map(\.bottom).max() ?? 0)
        return [
            PicturePoint(x: left, y: top), PicturePoint(x: right, y: top),
            PicturePoint(x: right, y: bottom), PicturePoint(x: left, y: bottom),
        ]
    }
}
