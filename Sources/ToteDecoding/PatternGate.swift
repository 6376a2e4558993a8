// Whether a picture may hold a QR code: somewhere dark and light runs follow as 1 : 1 : 3 : 1 : 1 in
// a row and, through the middle of the third, in the column too, as they do through the middle of a
// finder pattern at any angle (ISO/IEC 18004, 6.3.3). Only some rows are looked at, against the mean
// grey around each pixel. It may say yes to a text; it must not say no to a QR code. Cost: some
// nanoseconds a looked-at pixel.

/// Which finder patterns were seen.
package struct PatternGate {
    /// Three finder patterns dark on light, as printed mostly.
    package var isDark: Bool { dark.standsAsCode }
    /// Light on dark.
    package var isLight: Bool { light.standsAsCode }

    private var dark = SeenPatterns()
    private var light = SeenPatterns()

    private var sums: [Int32] = []

    /// Grey values below the mean around it that make a pixel dark.
    private static let contrast = 4

    package init() {}

    package mutating func clear() {
        dark.seen.removeAll(keepingCapacity: true)
        light.seen.removeAll(keepingCapacity: true)
    }

    /// Looks at every `step`th row and adds to what is known.
    package mutating func look(at image: GreyImage, step: Int) {
        sums.resize(to: image.width + 1)
        image.pixels.withUnsafeBufferPointer { pixels in
            sums.withUnsafeMutableBufferPointer { sums in
                guard let pixels = pixels.baseAddress, let sums = sums.baseAddress else { return }
                let search = Search(
                    pixels: pixels, width: image.width, height: image.height, sums: sums)
                for row in stride(from: step / 2, to: image.height, by: step) {
                    search.look(at: row, &dark, &light)
                }
            }
        }
    }

    private typealias Runs = (Int, Int, Int, Int, Int)

    /// Whether five runs are a way through a finder pattern: each may be wrong by half of itself
    /// and half a pixel.
    @inline(__always)
    private static func isFinder(_ runs: Runs) -> Bool {
        let total = runs.0 &+ runs.1 &+ runs.2 &+ runs.3 &+ runs.4
        func isOff(_ run: Int, _ modules: Int) -> Bool {
            abs(14 &* run &- 2 &* total &* modules) > (total &+ 7) &* modules
        }
        return total >= 7 && !isOff(runs.2, 3) && !isOff(runs.0, 1) && !isOff(runs.1, 1)
            && !isOff(runs.3, 1) && !isOff(runs.4, 1)
    }

    private struct Search {
        let pixels: UnsafePointer<UInt8>
        let width: Int
        let height: Int
        let sums: UnsafeMutablePointer<Int32>

        func look(at row: Int, _ dark: inout SeenPatterns, _ light: inout SeenPatterns) {
            let line = pixels + row * width
            sums[0] = 0
            for x in 0..<width { sums[x &+ 1] = sums[x] &+ Int32(line[x]) }
            let reach = max(12, width / 12)
            var runs: Runs = (0, 0, 0, 0, 0)
            var start = 0
            var wasDark = false
            for x in 0..<width {
                let left = max(0, x &- reach)
                let right = min(width, x &+ reach &+ 1)
                let mean = Int(sums[right] &- sums[left])
                let isBlack = (Int(line[x]) &+ PatternGate.contrast) &* (right &- left) < mean
                guard isBlack != wasDark else { continue }
                runs = (runs.1, runs.2, runs.3, runs.4, x &- start)
                if PatternGate.isFinder(runs) {
                    let middle = x &- runs.4 &- runs.3 &- runs.2 / 2
                    let total = runs.0 &+ runs.1 &+ runs.2 &+ runs.3 &+ runs.4
                    if stands(column: middle, row: row, from: x &- total, total, wasDark) {
                        let pattern = SeenPattern(x: middle, y: row, size: total)
                        if wasDark { dark.add(pattern) } else { light.add(pattern) }
                    }
                }
                start = x
                wasDark = isBlack
            }
        }

        /// Whether the column says the same.
        private func stands(
            column: Int, row: Int, from left: Int, _ total: Int, _ isDark: Bool
        ) -> Bool {
            let mean = Int(sums[left &+ total] &- sums[left]) / total
            let up = runs(column, row, -1, mean, isDark, total)
            let down = runs(column, row, 1, mean, isDark, total)
            let all = (up.2, up.1, up.0 &+ down.0 &- 1, down.1, down.2)
            let sum = all.0 &+ all.1 &+ all.2 &+ all.3 &+ all.4
            return 2 * sum >= total && sum <= 2 * total && PatternGate.isFinder(all)
        }

        /// The three runs from the middle up or down.
        private func runs(
            _ column: Int, _ row: Int, _ step: Int, _ mean: Int, _ isDark: Bool, _ total: Int
        ) -> (Int, Int, Int) {
            var runs = (0, 0, 0)
            var y = row
            func run(_ dark: Bool) -> Int {
                let start = y
                while y >= 0, y < height, abs(y &- start) <= total,
                    (Int(pixels[y &* width &+ column]) < mean) == dark
                {
                    y &+= step
                }
                return abs(y &- start)
            }
            runs.0 = run(isDark)
            runs.1 = run(!isDark)
            runs.2 = run(isDark)
            return runs
        }
    }
}

/// A place that looks like a finder pattern of `size` px.
private struct SeenPattern {
    var x: Int
    var y: Int
    var size: Int

    func squareDistance(to other: SeenPattern) -> Int {
        let (dx, dy) = (x - other.x, y - other.y)
        return dx * dx + dy * dy
    }
}

private struct SeenPatterns {
    /// More are texture: it is cheaper to let the reader say so.
    private static let most = 32
    var seen: [SeenPattern] = []

    mutating func add(_ pattern: SeenPattern) {
        let isKnown = seen.contains { other in
            2 * abs(other.x - pattern.x) <= other.size && abs(other.y - pattern.y) <= other.size
        }
        if !isKnown && seen.count < Self.most { seen.append(pattern) }
    }

    /// Whether three of them stand as in a QR code, however it is turned and tilted.
    var standsAsCode: Bool {
        if seen.count == Self.most { return true }
        for (index, one) in seen.enumerated() {
            for (next, two) in seen.enumerated().dropFirst(index + 1) {
                for three in seen[(next + 1)...] where Self.isCorner(one, two, three) {
                    return true
                }
            }
        }
        return false
    }

    private static func isCorner(_ one: SeenPattern, _ two: SeenPattern, _ three: SeenPattern) -> Bool {
        let sizes = [one.size, two.size, three.size].sorted()
        guard sizes[2] <= 2 * sizes[0] else { return false }
        let sides = [
            one.squareDistance(to: two), two.squareDistance(to: three),
            three.squareDistance(to: one),
        ].sorted()
        // The middles are 14 modules apart or more, twice the size; perspective shortens one leg to
        // a half at most and bends the right angle.
        let sum = sides[0] + sides[1]
        return sides[0] >= sizes[0] * sizes[0] && sides[1] <= 4 * sides[0]
            && 2 * sides[2] >= sum && 2 * sides[2] <= 4 * sum
    }
}
