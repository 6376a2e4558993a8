// Finder patterns: concentric squares whose runs are 1:1:3:1:1 on every straight line through the
// centre, whatever the tilt (ISO/IEC 18004 clause 6.3.3). Rows are searched for such runs; each is
// checked along its column and along 16 rays.

struct QRFinder: Sendable {
    var x: Double
    var y: Double
    /// Dark on light is the usual.
    let isInverted: Bool
    /// Runs of the whole pattern along its row and its column, px.
    var width: Double
    var height: Double
    /// Rows that saw it.
    var rows: Int
    /// Of 16 rays from the centre, those that cross the rings where they should.
    var rays = 0

    /// Better seen first; the place settles ties, so that a picture always gives the same.
    func stands(before other: QRFinder) -> Bool {
        (rays, rows, other.y, other.x) > (other.rays, other.rows, y, x)
    }
}

/// Five runs, the middle one of the centre.
struct FinderRuns {
    var outerLeft: Int
    var innerLeft: Int
    var centre: Int
    var innerRight: Int
    var outerRight: Int

    init(_ a: Int, _ b: Int, _ c: Int, _ d: Int, _ e: Int) {
        outerLeft = a
        innerLeft = b
        centre = c
        innerRight = d
        outerRight = e
    }

    var sum: Int { outerLeft + innerLeft + centre + innerRight + outerRight }

    /// Every run within half a module of what it should be, the centre within one, and half a pixel
    /// more for the raster.
    var areFinder: Bool {
        let sum = sum
        guard sum >= 7 else { return false }
        // In fourteenths of the whole: a module is 2 sum.
        let slack = sum + 7
        func fits(_ run: Int) -> Bool { abs(14 * run - 2 * sum) <= slack }
        return abs(14 * centre - 6 * sum) <= 2 * slack
            && fits(outerLeft) && fits(innerLeft) && fits(innerRight) && fits(outerRight)
    }
}
