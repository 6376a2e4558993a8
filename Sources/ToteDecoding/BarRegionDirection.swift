// The direction across the bars of a group, told by the pixels of a picture twice the size of the
// one that was searched. In that one a bar may be little wider than a pixel, and there the
// difference of two neighbours draws a slanted direction to an axis, by up to 16°: it shrinks with
// the frequency along its own axis. Scharr's operator on the larger picture stays within 1°.

struct BarRegionDirection {
    /// More points tell no more.
    private static let mostPoints = 2000
    /// cos² 30°: slopes further off belong to the ends of bars, to digits or to grain.
    private static let alike = 3.0 / 4
    /// Length of the mean doubled direction, by squared slope: bars have one direction, texture
    /// has many.
    private static let leastCoherence = 0.7

    private var slopes: [SIMD2<Int32>] = []

    /// Unit vector across the bars; `nil` if the slopes have none in common.
    ///
    /// - Parameters:
    ///   - group: of blocks of the searched picture.
    ///   - columns: blocks in a row.
    ///   - picture: `scale` times the searched one, a power of two.
    mutating func measure(
        _ group: BarRegionGroups.Group, columns: Int, in picture: GreyImage, scale: Int
    ) -> (x: Double, y: Double)? {
        collect(group, columns, picture, scale)
        let all = sum { _, _ in true }
        guard all.length >= Self.leastCoherence * all.energy else { return nil }
        let (x, y) = BarRegion.direction(doubledX: all.x, doubledY: all.y)
        let most = sum { dx, dy in
            let dot = dx * x + dy * y
            return dot * dot >= Self.alike * (dx * dx + dy * dy)
        }
        return BarRegion.direction(doubledX: most.x, doubledY: most.y)
    }

    /// Slopes squared as complex numbers: their angles doubled, so that opposite slopes agree.
    private struct Sum {
        var x = 0.0
        var y = 0.0
        var energy = 0.0

        var length: Double { (x * x + y * y).squareRoot() }
    }

    @inline(__always)
    private func sum(where isTaken: (Double, Double) -> Bool) -> Sum {
        var sum = Sum()
        for slope in slopes {
            let x = Double(slope.x)
            let y = Double(slope.y)
            guard isTaken(x, y) else { continue }
            sum.x += x * x - y * y
            sum.y += 2 * x * y
            sum.energy += x * x + y * y
        }
        return sum
    }

    /// At points spread over the middle cell of each block, no pixel twice.
    private mutating func collect(
        _ group: BarRegionGroups.Group, _ columns: Int, _ picture: GreyImage, _ scale: Int
    ) {
        slopes.removeAll(keepingCapacity: true)
        let side = BarRegionCells.side * scale
        let cell = side * side
        // An odd step meets all columns and rows of a cell, whose side is a power of two.
        let step = group.blocks.count * cell / Self.mostPoints | 1
        let shift = side.trailingZeroBitCount
        var next = 0
        picture.pixels.withUnsafeBufferPointer { pixels in
            for block in group.blocks {
                let (row, column) = Int(block).quotientAndRemainder(dividingBy: columns)
                let left = (column * BarRegionCells.side + 3) * scale
                let top = (row * BarRegionCells.side + 3) * scale
                while next < cell {
                    let x = left + (next & (side - 1))
                    let y = top + (next >> shift)
                    slopes.append(Self.slope(pixels, y * picture.width + x, picture.width))
                    next += step
                }
                next -= cell
            }
        }
    }

    /// By Scharr's operator; the pixel has neighbours on all sides.
    @inline(__always)
    private static func slope(
        _ pixels: UnsafeBufferPointer<UInt8>, _ at: Int, _ stride: Int
    ) -> SIMD2<Int32> {
        func grey(_ index: Int) -> Int32 { Int32(pixels[index]) }
        let falling = grey(at + stride + 1) - grey(at - stride - 1)
        let rising = grey(at - stride + 1) - grey(at + stride - 1)
        let across = grey(at + 1) - grey(at - 1)
        let down = grey(at + stride) - grey(at - stride)
        return SIMD2(
            3 * (falling + rising) + 10 * across, 3 * (falling - rising) + 10 * down)
    }
}
