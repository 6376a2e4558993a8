// Dark and light by a threshold that follows the light: the middle between the darkest and the
// lightest pixel of blocks of 8 × 8 px, averaged over 5 × 5 blocks. A block without contrast lies
// inside one module or on bare paper and takes the threshold of its neighbours, so that the middle
// of a large module is not told from its rim. Cost: three passes over the pixels, all of them plain
// loops that the compiler makes vectors of.

struct QRShades: Sendable {
    /// 1 is dark. Rows lie `stride` apart; between them are light pixels.
    private(set) var dark: [UInt8]
    let width: Int
    let height: Int
    let stride: Int
    /// Thresholds of the blocks, in rows of `columns`.
    private(set) var thresholds: [UInt8]
    let columns: Int
    let rows: Int

    static let block = 8
    /// Grey values; less is noise of a camera.
    private static let leastContrast: UInt8 = 20
    /// Blocks to each side over which thresholds are averaged.
    private static let reach = 2

    init(_ image: GreyImage) {
        width = image.width
        height = image.height
        // Room for one light pixel after a row, and for reading 8 pixels at once.
        stride = (width / Self.block + 2) * Self.block
        columns = (width + Self.block - 1) / Self.block
        rows = (height + Self.block - 1) / Self.block
        thresholds = Self.smooth(
            Self.spread(Self.middles(of: image, columns, rows), columns, rows), columns, rows)
        dark = []
        dark = shade(image)
    }

    /// The threshold at a place of the picture.
    @inline(__always)
    func threshold(x: Int, y: Int) -> Int {
        let column = min(max(x / Self.block, 0), columns - 1)
        let row = min(max(y / Self.block, 0), rows - 1)
        return Int(thresholds[row * columns + column])
    }

    /// 0 for a block without contrast.
    private static func middles(of image: GreyImage, _ columns: Int, _ rows: Int) -> [UInt8] {
        let width = image.width
        var middles = [UInt8](repeating: 0, count: columns * rows)
        var lowest = [UInt8](repeating: 0, count: width)
        var highest = [UInt8](repeating: 0, count: width)
        for row in 0..<rows {
            let lines = row * block..<min((row + 1) * block, image.height)
            bounds(of: image, lines, &lowest, &highest)
            for column in 0..<columns {
                var low: UInt8 = 255
                var high: UInt8 = 0
                for x in column * block..<min((column + 1) * block, width) {
                    low = min(low, lowest[x])
                    high = max(high, highest[x])
                }
                if high - low >= leastContrast {
                    middles[row * columns + column] = low + (high - low) / 2
                }
            }
        }
        return middles
    }

    private static func bounds(
        of image: GreyImage, _ lines: Range<Int>, _ lowest: inout [UInt8],
        _ highest: inout [UInt8]
    ) {
        let width = image.width
        image.pixels.withUnsafeBufferPointer { pixels in
            lowest.withUnsafeMutableBufferPointer { low in
                highest.withUnsafeMutableBufferPointer { high in
                    guard let pixels = pixels.baseAddress, let low = low.baseAddress,
                        let high = high.baseAddress
                    else { return }
                    low.update(from: pixels + lines.lowerBound * width, count: width)
                    high.update(from: pixels + lines.lowerBound * width, count: width)
                    for line in lines.dropFirst() {
                        let source = pixels + line * width
                        var x = 0
                        while x < width {
                            low[x] = min(low[x], source[x])
                            high[x] = max(high[x], source[x])
                            x &+= 1
                        }
                    }
                }
            }
        }
    }

    /// Blocks without contrast take the mean of the neighbours that are known: first from above
    /// and left, then from below and right.
    private static func spread(_ middles: [UInt8], _ columns: Int, _ rows: Int) -> [UInt8] {
        var middles = middles
        func fill(_ column: Int, _ row: Int, _ step: Int) {
            let index = row * columns + column
            guard middles[index] == 0 else { return }
            var sum = 0
            var count = 0
            for (x, y) in [(column - step, row), (column, row - step), (column - step, row - step)]
            where x >= 0 && y >= 0 && x < columns && y < rows && middles[y * columns + x] > 0 {
                sum += Int(middles[y * columns + x])
                count += 1
            }
            if count > 0 { middles[index] = UInt8(sum / count) }
        }
        for row in 0..<rows { for column in 0..<columns { fill(column, row, 1) } }
        for row in (0..<rows).reversed() {
            for column in (0..<columns).reversed() { fill(column, row, -1) }
        }
        return middles
    }

    private static func smooth(_ middles: [UInt8], _ columns: Int, _ rows: Int) -> [UInt8] {
        // Sums over columns slide down, a window slides right, as in `thresholded`.
        var sums = [Int](repeating: 0, count: columns)
        var smooth = middles
        func add(_ row: Int, _ sign: Int) {
            for column in 0..<columns { sums[column] += sign * Int(middles[row * columns + column]) }
        }
        for row in 0..<min(reach, rows) { add(row, 1) }
        for row in 0..<rows {
            if row + reach < rows { add(row + reach, 1) }
            if row > reach { add(row - reach - 1, -1) }
            let lines = min(row + reach, rows - 1) - max(row - reach, 0) + 1
            var window = sums.prefix(reach).reduce(0, +)
            for column in 0..<columns {
                if column + reach < columns { window += sums[column + reach] }
                if column > reach { window -= sums[column - reach - 1] }
                let width = min(column + reach, columns - 1) - max(column - reach, 0) + 1
                smooth[row * columns + column] = UInt8(window / (lines * width))
            }
        }
        return smooth
    }

    private func shade(_ image: GreyImage) -> [UInt8] {
        GreyImage.filled(stride * height) { out in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: columns * Self.block) { line in
                image.pixels.withUnsafeBufferPointer { pixels in
                    guard let pixels = pixels.baseAddress, let line = line.baseAddress else {
                        return
                    }
                    for y in 0..<height {
                        if y % Self.block == 0 {
                            for x in 0..<columns * Self.block {
                                line[x] = thresholds[
                                    y / Self.block * columns + x / Self.block]
                            }
                        }
                        let source = pixels + y * width
                        let target = out + y * stride
                        var x = 0
                        while x < width {
                            target[x] = source[x] < line[x] ? 1 : 0
                            x &+= 1
                        }
                        while x < stride {
                            target[x] = 0
                            x &+= 1
                        }
                    }
                }
            }
        }
    }
}
