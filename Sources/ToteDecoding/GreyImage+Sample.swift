// Sampling on a turned grid, and the way of change in a part of the picture.

import ToteValues

extension GreyImage {
    /// Points looked at along each side for the way of change; more tell no more.
    private static let tensorPoints = 160

    /// A picture whose pixel (x, y) is this one's at `map(x, y)`, between four neighbours by 8 bits
    /// a side. Beyond the rim the rim goes on: an edge there would look like a bar.
    func sampled(width: Int, height: Int, by map: PictureMap) -> [UInt8] {
        Self.filled(width * height) { out in
            pixels.withUnsafeBufferPointer { source in
                var target = out
                for y in 0..<height {
                    for x in 0..<width {
                        let point = map(PicturePoint(x: Double(x), y: Double(y)))
                        target.pointee = grey(at: point, in: source)
                        target += 1
                    }
                }
            }
        }
    }

    private func grey(at point: PicturePoint, in source: UnsafeBufferPointer<UInt8>) -> UInt8 {
        let x = Self.position(point.x, of: width)
        let y = Self.position(point.y, of: height)
        let right = x & 255
        let down = y & 255
        let first = (y >> 8) * width + (x >> 8)
        let next = right == 0 ? first : first + 1
        let below = down == 0 ? 0 : width
        let top = Int(source[first]) * (256 - right) + Int(source[next]) * right
        let bottom =
            Int(source[first + below]) * (256 - right) + Int(source[next + below]) * right
        return UInt8(truncatingIfNeeded: (top * (256 - down) + bottom * down + 32768) >> 16)
    }

    /// In 256ths of a pixel, within the picture.
    private static func position(_ value: Double, of side: Int) -> Int {
        guard value > 0 else { return 0 }
        return value < Double(side - 1) ? Int(value * 256) : (side - 1) * 256
    }

    /// Unit vector along which grey changes most in the box, to the right or straight down; `nil`
    /// where no way stands out by `least` (structure tensor: 0 none, 1 only one).
    func wayOfChange(in box: Box, least: Double) -> PicturePoint? {
        guard let columns = Self.inner(box.left, box.right, of: width),
            let rows = Self.inner(box.top, box.bottom, of: height)
        else { return nil }
        var (xx, xy, yy) = (0, 0, 0)
        for y in stride(from: rows.lowerBound, through: rows.upperBound, by: Self.step(rows)) {
            for x in stride(
                from: columns.lowerBound, through: columns.upperBound, by: Self.step(columns))
            {
                let at = y * width + x
                let dx = Int(pixels[at + 1]) - Int(pixels[at - 1])
                let dy = Int(pixels[at + width]) - Int(pixels[at - width])
                xx += dx * dx
                xy += dx * dy
                yy += dy * dy
            }
        }
        return Self.mainWay(Double(xx), Double(xy), Double(yy), least: least)
    }

    /// The pixels of a side that have neighbours.
    private static func inner(_ low: Double, _ high: Double, of side: Int) -> ClosedRange<Int>? {
        guard side >= 3, low.isFinite, high.isFinite, low < Double(side), high > 0 else {
            return nil
        }
        let first = max(1, Int(max(low, 0)))
        let last = min(side - 2, Int(min(high, Double(side))))
        return first <= last ? first...last : nil
    }

    private static func step(_ range: ClosedRange<Int>) -> Int {
        max(1, range.count / tensorPoints)
    }

    /// Eigenvector of the greater eigenvalue of `[[xx, xy], [xy, yy]]`, by square roots only.
    private static func mainWay(
        _ xx: Double, _ xy: Double, _ yy: Double, least: Double
    ) -> PicturePoint? {
        let spread = ((xx - yy) * (xx - yy) + 4 * xy * xy).squareRoot()
        guard xx + yy > 0, spread >= least * (xx + yy) else { return nil }
        let first = (xx - yy) + spread
        let way =
            xx >= yy
            ? PicturePoint(x: first, y: 2 * xy) : PicturePoint(x: 2 * xy, y: spread - (xx - yy))
        let length = (way.x * way.x + way.y * way.y).squareRoot()
        guard length > 0 else { return nil }
        let sign: Double = way.x < 0 ? -1 : 1
        return PicturePoint(x: sign * way.x / length, y: sign * way.y / length)
    }
}
