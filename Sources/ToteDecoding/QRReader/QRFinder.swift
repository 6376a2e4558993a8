// Finder patterns: concentric squares whose runs are 1:1:3:1:1 on every straight line through the
// centre, whatever the tilt (ISO/IEC 18004 clause 6.3.3). Rows are searched for such runs; each is
// checked along its column and both diagonals. Light on dark is searched at the same time: it is
// the same runs, begun one later. Cost: some nanoseconds a change of shade.

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

struct QRFinderSearch {
    /// Patterns kept while searching; the worse half goes when there are more.
    private static let most = 100
    /// Rows searched at least, if there are so many.
    private static let leastRows = 480

    private let shades: QRShades
    private(set) var finders: [QRFinder] = []

    init(_ shades: QRShades) {
        self.shades = shades
        let step = max(1, shades.height / Self.leastRows)
        shades.dark.withUnsafeBufferPointer { dark in
            guard let dark = dark.baseAddress else { return }
            let walk = ShadeWalk(dark: dark, shades)
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: shades.width + 2) { changes in
                guard let changes = changes.baseAddress else { return }
                var y = step / 2
                while y < shades.height {
                    let count = Self.changes(in: dark + y * shades.stride, shades.width, changes)
                    search(changes, count, y, walk)
                    y += step
                }
            }
        }
    }

    /// Places where the shade changes, the first where it turns dark; eight pixels at a time.
    private static func changes(
        in line: UnsafePointer<UInt8>, _ width: Int, _ changes: UnsafeMutablePointer<Int32>
    ) -> Int {
        let bytes = UnsafeRawPointer(line)
        var count = 0
        var before: UInt64 = 0
        var x = 0
        while x <= width {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: x, as: UInt64.self))
            var change = word ^ (word << 8 | before)
            before = word >> 56
            while change != 0 {
                changes[count] = Int32(truncatingIfNeeded: x &+ change.trailingZeroBitCount >> 3)
                count &+= 1
                change &= change &- 1
            }
            x &+= 8
        }
        return count
    }

    private mutating func search(
        _ changes: UnsafePointer<Int32>, _ count: Int, _ y: Int, _ walk: ShadeWalk
    ) {
        var index = 0
        while index &+ 5 < count {
            let start = changes + index
            let centre = start[3] &- start[2]
            let whole = start[5] &- start[0]
            // The centre is 3 of 7 parts; a cheap look before the full one.
            if 4 &* centre > whole && 7 &* centre < 5 &* whole {
                let runs = FiveRuns(
                    Int(start[1] &- start[0]), Int(start[2] &- start[1]), Int(centre),
                    Int(start[4] &- start[3]), Int(start[5] &- start[4]))
                if runs.areFinder {
                    add(from: Int(start[2]), runs, y, isInverted: index & 1 == 1, walk)
                }
            }
            index &+= 1
        }
    }

    private mutating func add(
        from left: Int, _ runs: FiveRuns, _ y: Int, isInverted: Bool, _ walk: ShadeWalk
    ) {
        let x = Double(left) + Double(runs.centre) / 2
        for index in finders.indices where finders[index].isInverted == isInverted {
            let reach = finders[index].width / 4
            if abs(finders[index].x - x) < reach
                && abs(finders[index].y - Double(y)) < finders[index].height / 3
            {
                finders[index].rows += 1
                return
            }
        }
        guard let finder = walk.finder(x: Int(x), y: y, runs.sum, isInverted)
        else { return }
        let isKnown = finders.contains {
            $0.isInverted == isInverted
                && abs($0.x - finder.x) < finder.width / 4
                && abs($0.y - finder.y) < finder.height / 4
        }
        if isKnown { return }
        if finders.count == Self.most {
            finders.sort { $0.stands(before: $1) }
            finders.removeLast(Self.most / 2)
        }
        finders.append(finder)
    }
}

/// Five runs, the middle one of the centre.
struct FiveRuns {
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

    /// Every run within half a module of what it should be, the centre within one, and
    /// half a pixel more for the raster.
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

/// Steps through the shades along a line.
struct ShadeWalk {
    let dark: UnsafePointer<UInt8>
    let width: Int
    let height: Int
    let stride: Int

    init(dark: UnsafePointer<UInt8>, _ shades: QRShades) {
        self.dark = dark
        width = shades.width
        height = shades.height
        stride = shades.stride
    }

    /// Steps from a chord of the core to its centre; each halves what tilt leaves.
    private static let centring = 5

    /// A finder pattern around a pixel of its centre, seen along a row as `sum` px wide.
    func finder(x: Int, y: Int, _ sum: Int, _ isInverted: Bool) -> QRFinder? {
        guard let (x, y) = centre(x, y, isInverted, limit: 2 * sum),
            // A tilted pattern is higher than wide by no more than this.
            let column = runs(x: x, y: y, 0, 1, isInverted, limit: 3 * sum),
            column.runs.areFinder,
            let row = runs(x: x, y: y, 1, 0, isInverted, limit: 2 * sum), row.runs.areFinder
        else { return nil }
        var finder = QRFinder(
            x: Double(x) + 0.5 + Double(row.shift) / 2,
            y: Double(y) + 0.5 + Double(column.shift) / 2, isInverted: isInverted,
            width: Double(row.runs.sum), height: Double(column.runs.sum), rows: 1)
        finder.rays = rings(around: finder)
        return finder.rays >= Self.leastRays ? finder : nil
    }

    /// The middle of the chords of the core.
    private func centre(_ x: Int, _ y: Int, _ isInverted: Bool, limit: Int) -> (Int, Int)? {
        var (x, y) = (x, y)
        let shade: UInt8 = isInverted ? 0 : 1
        for _ in 0..<Self.centring {
            guard let down = chord(x, y, 0, 1, shade, limit) else { return nil }
            y += down / 2
            guard let right = chord(x, y, 1, 0, shade, limit) else { return nil }
            x += right / 2
            if abs(right) < 2 && abs(down) < 2 { break }
        }
        return (x, y)
    }

    /// By how much the run of one shade reaches further ahead than back.
    private func chord(
        _ x: Int, _ y: Int, _ stepX: Int, _ stepY: Int, _ shade: UInt8, _ limit: Int
    ) -> Int? {
        var ahead = 0
        while at(x &+ ahead &* stepX, y &+ ahead &* stepY) == shade {
            ahead &+= 1
            if ahead > limit { return nil }
        }
        var back = 0
        while at(x &- back &* stepX, y &- back &* stepY) == shade {
            back &+= 1
            if back > limit { return nil }
        }
        return ahead > 0 ? ahead - back : nil
    }

    /// The five runs around a pixel, and by how much more the core reaches forward than back.
    private func runs(
        x: Int, y: Int, _ stepX: Int, _ stepY: Int, _ isInverted: Bool, limit: Int
    ) -> (runs: FiveRuns, shift: Int)? {
        guard let ahead = reach(x: x, y: y, stepX, stepY, isInverted, limit),
            let back = reach(x: x, y: y, -stepX, -stepY, isInverted, limit)
        else { return nil }
        let runs = FiveRuns(
            back.2 - back.1, back.1 - back.0, ahead.0 + back.0 - 1, ahead.1 - ahead.0,
            ahead.2 - ahead.1)
        return (runs, ahead.0 - back.0)
    }

    /// Steps to the ends of the core, of the ring around it and of the outer ring.
    private func reach(
        x: Int, y: Int, _ stepX: Int, _ stepY: Int, _ isInverted: Bool, _ limit: Int
    ) -> (Int, Int, Int)? {
        var x = x
        var y = y
        var steps = 0
        var ends = (0, 0, 0)
        var shade: UInt8 = isInverted ? 0 : 1
        for ring in 0..<3 {
            while steps <= limit && at(x, y) == shade {
                x &+= stepX
                y &+= stepY
                steps &+= 1
            }
            guard steps <= limit else { return nil }
            switch ring {
            case 0: ends.0 = steps
            case 1: ends.1 = steps
            default: ends.2 = steps
            }
            shade ^= 1
        }
        return ends.0 > 0 ? ends : nil
    }

    /// 1 is dark, 0 light, 2 outside.
    @inline(__always)
    func at(_ x: Int, _ y: Int) -> UInt8 {
        guard UInt(bitPattern: x) < UInt(bitPattern: width),
            UInt(bitPattern: y) < UInt(bitPattern: height)
        else { return 2 }
        return dark[y &* stride &+ x]
    }
}
