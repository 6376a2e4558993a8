// Contrast-limited local histogram equalisation (Zuiderveld 1994): each tile has its own curve,
// whose slope is limited so that plain paper does not turn to noise; between tile centres the
// curves are blended in 256ths. Two passes over the pixels.

extension GreyImage {
    /// `tiles` × `tiles` tiles, slopes up to `clip` times the mean.
    package func equalised(tiles: Int, down tilesDown: Int? = nil, clip: Int) -> GreyImage {
        let tileWidth = (width + tiles - 1) / tiles
        let tilesDown = tilesDown ?? tiles
        let tileHeight = (height + tilesDown - 1) / tilesDown
        let across = (width + tileWidth - 1) / tileWidth
        let down = (height + tileHeight - 1) / tileHeight
        let curves = (0..<across * down).flatMap { tile in
            curve(
                columns: span(tile % across, tileWidth, width),
                rows: span(tile / across, tileHeight, height), clip: clip)
        }
        let places = (0..<width).map { Self.place($0, tileWidth, across) }
        var image = self
        image.pixels = Self.filled(count) { out in
            for row in 0..<height {
                let vertical = Self.place(row, tileHeight, down)
                blendRow(row, out + row * width, curves, places, vertical, across: across)
            }
        }
        return image
    }

    private func span(_ index: Int, _ size: Int, _ end: Int) -> Range<Int> {
        index * size..<min((index + 1) * size, end)
    }

    /// Between which two tile centres a pixel lies, and how far on, in 256ths.
    private struct Place {
        var first: Int
        var second: Int
        var share: Int
    }

    private static func place(_ position: Int, _ size: Int, _ count: Int) -> Place {
        let along = (2 * position + 1 - size) * 128
        guard along > 0 else { return Place(first: 0, second: 0, share: 0) }
        let first = along / (256 * size)
        guard first + 1 < count else {
            return Place(first: count - 1, second: count - 1, share: 0)
        }
        return Place(first: first, second: first + 1, share: along % (256 * size) / size)
    }

    private func curve(columns: Range<Int>, rows: Range<Int>, clip: Int) -> [UInt8] {
        var histogram = [Int](repeating: 0, count: 256)
        histogram.withUnsafeMutableBufferPointer { histogram in
            pixels.withUnsafeBufferPointer { source in
                guard let counts = histogram.baseAddress, let source = source.baseAddress else {
                    return
                }
                for row in rows {
                    var pixel = source + (row * width + columns.lowerBound)
                    let end = source + (row * width + columns.upperBound)
                    while pixel < end {
                        counts[Int(pixel.pointee)] &+= 1
                        pixel += 1
                    }
                }
            }
        }
        return Self.curve(of: histogram, area: columns.count * rows.count, clip: clip)
    }

    private static func curve(of histogram: [Int], area: Int, clip: Int) -> [UInt8] {
        let limit = max(1, clip * area / 256)
        let excess = histogram.reduce(0) { $0 + max(0, $1 - limit) }
        var sum = 0
        return histogram.enumerated().map { level, count in
            // The excess is spread evenly; its remainder goes to the lowest levels.
            sum += min(count, limit) + excess / 256 + (level < excess % 256 ? 1 : 0)
            return UInt8(min(255, sum * 255 / area))
        }
    }

    private func blendRow(
        _ row: Int, _ out: UnsafeMutablePointer<UInt8>, _ curves: [UInt8], _ places: [Place],
        _ vertical: Place, across: Int
    ) {
        pixels.withUnsafeBufferPointer { source in
            curves.withUnsafeBufferPointer { curves in
                places.withUnsafeBufferPointer { places in
                    guard let line = source.baseAddress, let curves = curves.baseAddress,
                        let places = places.baseAddress
                    else { return }
                    let upper = curves + 256 * vertical.first * across
                    let lower = curves + 256 * vertical.second * across
                    var x = 0
                    while x < width {
                        let level = Int(line[row &* width &+ x])
                        let left = 256 &* places[x].first &+ level
                        let right = 256 &* places[x].second &+ level
                        let share = places[x].share
                        let top =
                            Int(upper[left]) &* (256 &- share) &+ Int(upper[right]) &* share
                        let bottom =
                            Int(lower[left]) &* (256 &- share) &+ Int(lower[right]) &* share
                        let sum =
                            top &* (256 &- vertical.share) &+ bottom &* vertical.share &+ 32768
                        out[x] = UInt8(truncatingIfNeeded: sum >> 16)
                        x &+= 1
                    }
                }
            }
        }
    }
}
