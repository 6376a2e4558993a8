// Steps through the shades of a picture along rows, columns and rays.

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
    ) -> (runs: FinderRuns, shift: Int)? {
        guard let ahead = reach(x: x, y: y, stepX, stepY, isInverted, limit),
            let back = reach(x: x, y: y, -stepX, -stepY, isInverted, limit)
        else { return nil }
        let runs = FinderRuns(
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
