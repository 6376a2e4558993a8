// Rows are searched for the runs of a finder pattern, eight pixels at a time. Light on dark is
// searched at the same time: it is the same runs, begun one later. Cost: some nanoseconds a change
// of shade, and a microsecond for each place that looks like a pattern along its row.

struct QRFinderSearch {
    /// Patterns kept while searching; the worse half goes when there are more.
    private static let most = 100
    /// Places checked in a picture; a hostile one may look like patterns everywhere.
    private static let mostChecks = 100_000
    /// Rows searched at least, if there are so many.
    private static let leastRows = 480

    private let shades: QRShades
    private(set) var finders: [QRFinder] = []
    private var checksLeft = Self.mostChecks

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
                let runs = FinderRuns(
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
        from left: Int, _ runs: FinderRuns, _ y: Int, isInverted: Bool, _ walk: ShadeWalk
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
        guard checksLeft > 0 else { return }
        checksLeft -= 1
        guard let finder = walk.finder(x: Int(x), y: y, runs.sum, isInverted) else { return }
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
