// The shades of a picture in blocks, and in windows of blocks.

/// The darkest, the lightest and the mean pixel of each block.
struct QRShadeLevels {
    let columns: Int
    let rows: Int
    var lowest: [UInt8]
    var highest: [UInt8]
    var means: [Int32]

    /// Of a picture of 8 px and more a side. Blocks at its right and lower rim are moved inside.
    init(_ image: GreyImage, _ columns: Int, _ rows: Int) {
        self.columns = columns
        self.rows = rows
        lowest = []
        highest = []
        means = []
        lowest.reserveCapacity(columns * rows)
        highest.reserveCapacity(columns * rows)
        means.reserveCapacity(columns * rows)
        image.pixels.withUnsafeBytes { pixels in
            for row in 0..<rows {
                let top = min(row * QRShades.block, image.height - QRShades.block)
                for column in 0..<columns {
                    let left = min(column * QRShades.block, image.width - QRShades.block)
                    add(pixels, from: top * image.width + left, stride: image.width)
                }
            }
        }
    }

    private mutating func add(_ pixels: UnsafeRawBufferPointer, from start: Int, stride: Int) {
        var low = SIMD8<UInt8>(repeating: 255)
        var high = SIMD8<UInt8>(repeating: 0)
        var sum = SIMD8<UInt16>(repeating: 0)
        for line in 0..<QRShades.block {
            let shades = pixels.loadUnaligned(
                fromByteOffset: start + line * stride, as: SIMD8<UInt8>.self)
            low = pointwiseMin(low, shades)
            high = pointwiseMax(high, shades)
            sum &+= SIMD8<UInt16>(truncatingIfNeeded: shades)
        }
        lowest.append(low.min())
        highest.append(high.max())
        means.append(Int32(sum.wrappedSum()) / Int32(QRShades.block * QRShades.block))
    }

    /// Of each block and those `step` away on all sides.
    func spread(_ step: Int) -> QRShadeLevels {
        spread(step, along: (1, 0)).spread(step, along: (0, 1))
    }

    private func spread(_ step: Int, along way: (x: Int, y: Int)) -> QRShadeLevels {
        var wide = self
        for row in 0..<rows {
            let above = max(row - step * way.y, 0) * columns
            let below = min(row + step * way.y, rows - 1) * columns
            for column in 0..<columns {
                let index = row * columns + column
                let first = above + max(column - step * way.x, 0)
                let last = below + min(column + step * way.x, columns - 1)
                wide.lowest[index] = min(lowest[index], lowest[first], lowest[last])
                wide.highest[index] = max(highest[index], highest[first], highest[last])
                wide.means[index] = (means[index] + means[first] + means[last]) / 3
            }
        }
        return wide
    }
}
