// Reads the GS1 DataBar family by ISO/IEC 24724: Omnidirectional, Truncated, Stacked, Stacked
// Omnidirectional, Expanded and Expanded Stacked. Bundles of rows are taken over the height, first
// far apart; only where a finder pattern with a character beside it shows up, all rows are looked
// at. Each row gives characters, known by their finder patterns; rows vote on each.
// Cost: linear in the pixels; a tenth of them where nothing is found.

import ToteValues

package struct DataBarReader: Sendable {
    /// Rows averaged, and bundles of the first look.
    private static let bundle = 3
    private static let firstLooks = 40
    /// Bundles of the second look at most.
    private static let mostLooks = 600

    package init() {}

    /// - Parameter image: bars about upright, within 10°.
    package func read(_ image: GreyImage) -> [Find] {
        // The narrowest symbol, half of a stacked one, is 50 modules wide.
        guard image.width >= 50, image.height >= 2 else { return [] }
        var row = DataBarRow(width: image.width)
        let first = sightings(image, &row, looks: Self.firstLooks)
        guard !first.all.isEmpty else { return [] }
        let all = sightings(image, &row, looks: Self.mostLooks).all
        return DataBarPair.finds(all) + ExpandedSequence.finds(all)
    }

    private func sightings(
        _ image: GreyImage, _ row: inout DataBarRow, looks: Int
    ) -> DataBarSightings {
        var sightings = DataBarSightings()
        let step = max(1, image.height / looks)
        let rows = min(Self.bundle, image.height)
        for top in stride(from: 0, through: image.height - rows, by: step) {
            row.load(image, top: top, rows: rows)
            row.findPairs(top: top, bottom: top + rows - 1, into: &sightings)
        }
        return sightings
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
