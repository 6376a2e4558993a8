// Whether two readings lie on the same place. zbar tells only where scan lines ended, and joins
// equal codes that stand apart, so a box may reach over a neighbour: the points decide.

import ToteValues

extension Reading {
    /// A tenth of the symbol, for the rows at its rim that were read as one thing or the other.
    private func margin(with other: Reading) -> Double {
        max(4, max(box.longerSide, other.box.longerSide) / 10)
    }

    /// Both readings claim the same bars: each has points in the other's box.
    package func overlaps(_ other: Reading) -> Bool {
        if symbology == .qr {
            return box.contains(other.box.centre) || other.box.contains(box.centre)
        }
        let margin = margin(with: other)
        let mine = box.grown(by: margin)
        let theirs = other.box.grown(by: margin)
        return points.contains(where: theirs.contains)
            && other.points.contains(where: mine.contains)
    }

    /// Some of this reading lies on or right beside the other.
    package func touches(_ other: Reading) -> Bool {
        let theirs = other.box.grown(by: margin(with: other))
        return points.contains(where: theirs.contains)
    }

    /// Same code on the same place, or no more than half a width apart (DEC-8).
    package func isSame(as other: Reading) -> Bool {
        guard symbology == other.symbology, bytes == other.bytes else { return false }
        if overlaps(other) { return true }
        let reach = max(box.longerSide, other.box.longerSide) / 2
        let mine = box.centre
        let theirs = other.box.centre
        return abs(mine.x - theirs.x) <= reach && abs(mine.y - theirs.y) <= reach
    }
}
