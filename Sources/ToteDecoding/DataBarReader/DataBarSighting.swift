// What one row shows around one finder pattern, and how often rows said the same.

/// A pair of characters of Omnidirectional, or one character of Expanded, with its finder pattern.
struct DataBarSighting {
    var finder: DataBarFinder
    /// Expanded: the character after the finder pattern, in reading order.
    var isSecond: Bool
    var value: Int
    /// Weighted sum of the widths, modulo 79 or 211.
    var check: Int
    /// Rows that agree.
    var votes: Int
    /// Middle of the finder pattern in the last row, and a module, 64ths of a pixel.
    var centre: Int
    var module: Int
    /// Rims of the pair over all rows, px.
    var left: Int
    var right: Int
    var top: Int
    var bottom: Int

    func says(_ other: DataBarSighting) -> Bool {
        finder == other.finder && isSecond == other.isSecond && value == other.value
            && check == other.check && isNear(other)
    }

    /// Further rows of a symbol lie below it, or aside by the slant of an uneven picture.
    private func isNear(_ other: DataBarSighting) -> Bool {
        let down = abs(other.bottom - bottom) * DataBarRow.unit
        return abs(other.centre - centre) <= 8 * module + down / 4
    }

    /// Whether a module is about as wide here as there.
    func hasSize(of other: DataBarSighting) -> Bool {
        4 * module <= 5 * other.module && 4 * other.module <= 5 * module
    }
}

/// All that the rows of one picture showed.
struct DataBarSightings {
    private(set) var all: [DataBarSighting] = []
    /// A picture full of symbols has no more; what noise adds is left out.
    private static let most = 256

    mutating func add(_ sighting: DataBarSighting) {
        guard let index = all.firstIndex(where: { $0.says(sighting) }) else {
            if all.count < Self.most { all.append(sighting) }
            return
        }
        all[index].votes += 1
        all[index].centre = sighting.centre
        all[index].left = min(all[index].left, sighting.left)
        all[index].right = max(all[index].right, sighting.right)
        all[index].top = min(all[index].top, sighting.top)
        all[index].bottom = max(all[index].bottom, sighting.bottom)
    }
}
