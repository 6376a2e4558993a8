// Dark and light by a threshold that follows the light: the middle between the darkest and the
// lightest pixel around each block of 8 × 8 px. The window is 3 × 3 blocks and grows where it shows
// no contrast, so that the middle of a large module is not told from its rim and bare paper in the
// shade is still light beside ink. Cost: three passes over the pixels, all of them plain loops that
// the compiler makes vectors of.

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
    /// Blocks by which the window grows to each side until there is contrast in it.
    private static let windowSteps = [1, 1, 2, 4]
    /// Blocks to each side over which thresholds are averaged.
    private static let reach = 1

    init(_ image: GreyImage) {
        width = image.width
        height = image.height
        // Room for one light pixel after a row, and for reading 8 pixels at once.
        stride = (width / Self.block + 2) * Self.block
        columns = (width + Self.block - 1) / Self.block
        rows = (height + Self.block - 1) / Self.block
        thresholds = Self.smooth(Self.middles(of: image, columns, rows), columns, rows)
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

    /// The middle of the shades around each block; 0 where all is bare.
    private static func middles(of image: GreyImage, _ columns: Int, _ rows: Int) -> [UInt8] {
        var middles = [UInt8](repeating: 0, count: columns * rows)
        var levels = QRShadeLevels(image, columns, rows)
        for step in windowSteps {
            levels = levels.spread(step)
            var isComplete = true
            for index in middles.indices where middles[index] == 0 {
                let low = levels.lowest[index]
                let contrast = levels.highest[index] - low
                if contrast >= leastContrast {
                    let halfway = Int(low) + Int(contrast) / 2
                    middles[index] = UInt8((halfway + Int(levels.means[index])) / 2)
                } else {
                    isComplete = false
                }
            }
            if isComplete { break }
        }
        return middles
    }

    private static func smooth(_ middles: [UInt8], _ columns: Int, _ rows: Int) -> [UInt8] {
        // Sums over columns slide down, a window slides right, as in `thresholded`.
        var sums = [Int](repeating: 0, count: columns)
        var smooth = middles
        func add(_ row: Int, _ sign: Int) {
            for column in 0..<columns {
                sums[column] += sign * Int(middles[row * columns + column])
            }
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
                                line[x] =
                                    thresholds[
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
