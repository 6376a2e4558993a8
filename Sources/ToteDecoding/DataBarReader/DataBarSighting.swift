// What one row shows around one finder pattern, and how often rows said the same.

import ToteValues

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

    fileprivate var middle: PicturePoint {
        PicturePoint(x: Double(left + right) / 2, y: Double(top + bottom) / 2)
    }

    /// The first character of Expanded, before finder pattern A.
    var isCheckCharacter: Bool {
        finder.family == .expanded && finder.number == 0 && !finder.isMirrored && !isSecond
    }

    /// Whether half of the shorter one's rows show the other too. Rows of a stacked symbol touch.
    func sharesRows(with other: DataBarSighting) -> Bool {
        let shared = min(bottom, other.bottom) - max(top, other.top) + 1
        return 2 * shared > min(bottom - top, other.bottom - other.top)
    }

    /// Whether a module is about as wide here as there.
    func hasSize(of other: DataBarSighting) -> Bool {
        4 * module <= 5 * other.module && 4 * other.module <= 5 * module
    }
}

extension DataBarSighting {
    /// Whether both tell of the same five elements, but not the same.
    fileprivate func isRival(of other: DataBarSighting) -> Bool {
        finder.family == other.finder.family && isSecond == other.isSecond
            && finder.isMirrored == other.finder.isMirrored
            && abs(centre - other.centre) <= module && sharesRows(with: other)
    }
}

/// All that the rows of one picture showed.
struct DataBarSightings {
    private(set) var all: [DataBarSighting] = []
    /// A picture full of symbols has no more; what noise adds is left out.
    private static let most = 256
    /// Rows of many symbols show a few hundred sightings each, hostile pictures more.
    private static let mostAdded = 50_000
    private var added = 0

    mutating func add(_ sighting: DataBarSighting) {
        added += 1
        guard added <= Self.mostAdded else { return }
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

    /// A finder pattern with a character on both sides was seen.
    var hasPair: Bool {
        all.contains { one in
            one.finder.family == .omnidirectional
                || all.contains { $0.finder == one.finder && $0.isSecond != one.isSecond }
        }
    }

    /// Rows agree on both halves of a symbol, or on the first character of Expanded.
    var hasBeginning: Bool {
        let clear = clear
        let halves = clear.filter { $0.finder.family == .omnidirectional }
        return clear.contains(where: \.isCheckCharacter)
            || halves.contains(where: \.finder.isMirrored)
                && halves.contains { !$0.finder.isMirrored }
    }

    /// Rows that must agree.
    private static let leastVotes = 2
    /// How many times the votes of a rival a sighting needs.
    private static let clearMajority = 2

    /// What enough rows agree on, and far more than on anything else at its place.
    var clear: [DataBarSighting] {
        all.filter { one in
            one.votes >= Self.leastVotes
                && all.allSatisfy { other in
                    one.says(other) || !one.isRival(of: other)
                        || one.votes >= Self.clearMajority * other.votes
                }
        }
    }

    /// Whether all that more than a few rows agree on lies where something was read.
    func areExplained(by finds: [Find]) -> Bool {
        guard let weakest = finds.map(\.votes).min(), weakest > Self.leastVotes else {
            return false
        }
        let boxes = finds.map { Box(around: $0.points) }
        return all.allSatisfy { one in
            one.votes <= Self.leastVotes || boxes.contains { $0.contains(one.middle) }
        }
    }

    /// Rows in which symbols may stand that were seen in part.
    func surroundings(modules: Int) -> ClosedRange<Int> {
        var top = Int.max
        var bottom = 0
        for one in all {
            let margin = modules * one.module / DataBarRow.unit
            top = min(top, one.top - margin)
            bottom = max(bottom, one.bottom + margin)
        }
        return min(top, bottom)...bottom
    }
}
