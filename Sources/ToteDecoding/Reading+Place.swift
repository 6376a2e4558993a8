// Whether two readings lie on the same place. zbar tells only where scan lines ended; it joins
// equal codes that stand apart, so a box may reach over a neighbour, and it carries half an EAN
// from the last line of one code to the first of the next, so single points stray. The bulk of
// points decides.

import ToteValues

extension Reading {
    /// A tenth of the symbol, for the rows at its rim that were read as one thing or the other.
    private func margin(with other: Reading) -> Double {
        max(4, max(box.longerSide, other.box.longerSide) / 10)
    }

    /// The box without the outermost eighth of points on each side.
    private var core: Box {
        let dropped = points.count / 8
        let x = points.map(\.x).sorted().dropFirst(dropped).dropLast(dropped)
        let y = points.map(\.y).sorted().dropFirst(dropped).dropLast(dropped)
        return Box(around: zip(x, y).map { PicturePoint(x: $0, y: $1) })
    }

    /// Both readings claim the same bars: a quarter of the weaker one's points and some of the
    /// stronger one's lie in the other's core.
    package func overlaps(_ other: Reading) -> Bool {
        if !symbology.isLinear {
            return box.contains(other.box.centre) || other.box.contains(box.centre)
        }
        let (weak, strong) = votes < other.votes ? (self, other) : (other, self)
        let margin = margin(with: other)
        let weakCore = weak.core.grown(by: margin)
        let strongCore = strong.core.grown(by: margin)
        let inside = weak.points.count(where: strongCore.contains)
        return 4 * inside >= weak.points.count && strong.points.contains(where: weakCore.contains)
    }

    /// The same bars, read as two symbologies: a quarter of one's points lies inside the other,
    /// with lines of the other near. Labels stack codes of several kinds with little between them,
    /// so no more than a few px are granted.
    package func sharesBars(with other: Reading) -> Bool {
        guard symbology.isLinear, other.symbology.isLinear else { return false }
        return isPart(of: other) || other.isPart(of: self)
    }

    private func isPart(of whole: Reading) -> Bool {
        let wholeCore = whole.core.grown(by: 4)
        let inside = points.count(where: wholeCore.contains)
        guard 4 * inside >= points.count else { return false }
        let mine = core.grown(by: margin(with: whole))
        let isUpright = whole.orientation.map { $0 % 180 == 90 } ?? false
        return whole.points.contains {
            isUpright
                ? $0.x >= mine.left && $0.x <= mine.right : $0.y >= mine.top && $0.y <= mine.bottom
        }
    }

    /// Some of this reading lies on or right beside the other.
    package func touches(_ other: Reading) -> Bool {
        let theirs = other.box.grown(by: margin(with: other))
        return points.contains(where: theirs.contains)
    }

    /// Same code on the same place, or no more than half a width apart (DEC-8).
    package func isSame(as other: Reading) -> Bool {
        guard symbology == other.symbology, bytes == other.bytes, part == other.part else {
            return false
        }
        if overlaps(other) { return true }
        let reach = max(box.longerSide, other.box.longerSide) / 2
        let mine = box.centre
        let theirs = other.box.centre
        return abs(mine.x - theirs.x) <= reach && abs(mine.y - theirs.y) <= reach
    }
}
