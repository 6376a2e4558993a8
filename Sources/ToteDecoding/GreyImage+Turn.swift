// Turned by 45° about the centre, bilinear in 65536ths of a pixel, on white.

extension GreyImage {
    /// cos 45° = sin 45° in 65536ths.
    private static let diagonal = 46341
    private static let one = 65536

    package func turned45() -> GreyImage {
        let side = ((width + height) * Self.diagonal + Self.one - 1) / Self.one
        let turned = Self.filled(side * side) { out in
            pixels.withUnsafeBufferPointer { source in
                guard let source = source.baseAddress else { return }
                for row in 0..<side {
                    fillTurnedRow(source, out + row * side, row: row, side: side)
                }
            }
        }
        return GreyImage(pixels: turned, width: side, height: side, map: turnedMap(side))
    }

    /// Target (x, y) comes from centre + R · ((x, y) − target centre).
    private func fillTurnedRow(
        _ source: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>, row: Int, side: Int
    ) {
        let start = sourceStart(row: row, side: side)
        var sourceX = start.x
        var sourceY = start.y
        var x = 0
        while x < side {
            out[x] = blend(source, sourceX, sourceY)
            sourceX &+= Self.diagonal
            sourceY &+= Self.diagonal
            x &+= 1
        }
    }

    private func sourceStart(row: Int, side: Int) -> (x: Int, y: Int) {
        let half = Self.diagonal / 2
        let x = (width - 1) * Self.one / 2 + (1 - side) * half - (2 * row + 1 - side) * half
        let y = (height - 1) * Self.one / 2 + (1 - side) * half + (2 * row + 1 - side) * half
        return (x, y)
    }

    private func blend(_ source: UnsafePointer<UInt8>, _ x: Int, _ y: Int) -> UInt8 {
        let column = x >> 16
        let row = y >> 16
        guard column >= 0, row >= 0, column &+ 1 < width, row &+ 1 < height else { return 255 }
        let right = (x & 0xFFFF) >> 8
        let down = (y & 0xFFFF) >> 8
        let upper = source + (row &* width &+ column)
        let lower = upper + width
        let top = Int(upper[0]) &* (256 &- right) &+ Int(upper[1]) &* right
        let bottom = Int(lower[0]) &* (256 &- right) &+ Int(lower[1]) &* right
        let sum = top &* (256 &- down) &+ bottom &* down
        return UInt8(truncatingIfNeeded: (sum &+ 32768) >> 16)
    }

    private func turnedMap(_ side: Int) -> PictureMap {
        let step = Double(Self.diagonal) / Double(Self.one)
        let start = sourceStart(row: 0, side: side)
        // `start` belongs to the middle of the first pixel, the map to its corner.
        let turn = PictureMap(
            a: step, b: -step, d: step, e: step, c: Double(start.x) / Double(Self.one) + 0.5,
            f: Double(start.y) / Double(Self.one) + 0.5 - step)
        return map.after(turn)
    }
}
