// The structure tensor of a picture, summed in cells of 4 × 4 px: how steep the grey values are and
// in which direction. One pass, eight pixels at a time; slopes are halved so that the sums of a
// cell's column fit 16 bits. The picture's rim (1 px, at the right up to 8) is left out.

/// Sums over the cells, row by row. Cell (x, y) covers the pixels from (1 + 4x, 1 + 4y).
struct BarRegionCells {
    static let side = 4

    private(set) var width = 0
    private(set) var height = 0
    /// Sums of the squared slope across and down and of half their product, in squared grey values
    /// a pixel.
    private(set) var across: [Int32] = []
    private(set) var down: [Int32] = []
    private(set) var mixed: [Int32] = []

    mutating func measure(_ image: GreyImage) {
        width = max(0, (image.width - 2) / 8 * 2)
        height = max(0, (image.height - 2) / Self.side)
        across.resize(to: width * height)
        down.resize(to: width * height)
        mixed.resize(to: width * height)
        let (width, height) = (width, height)
        image.pixels.withUnsafeBytes { pixels in
            across.withUnsafeMutableBufferPointer { across in
                down.withUnsafeMutableBufferPointer { down in
                    mixed.withUnsafeMutableBufferPointer { mixed in
                        guard let pixels = pixels.baseAddress, let across = across.baseAddress,
                            let down = down.baseAddress, let mixed = mixed.baseAddress
                        else { return }
                        for row in 0..<height {
                            let line = pixels + (1 + Self.side * row) * image.width + 1
                            for pair in 0..<width / 2 {
                                let cell = row &* width &+ 2 &* pair
                                Self.sum(
                                    line + 8 * pair, stride: image.width, across + cell,
                                    down + cell, mixed + cell)
                            }
                        }
                    }
                }
            }
        }
    }

    /// Two cells side by side.
    @inline(__always)
    private static func sum(
        _ start: UnsafeRawPointer, stride: Int, _ across: UnsafeMutablePointer<Int32>,
        _ down: UnsafeMutablePointer<Int32>, _ mixed: UnsafeMutablePointer<Int32>
    ) {
        var xx = SIMD8<UInt16>()
        var yy = SIMD8<UInt16>()
        var xy = SIMD8<Int16>()
        var line = start
        for _ in 0..<side {
            let x = (eight(line + 1) &- eight(line - 1)) &>> 1
            let y = (eight(line + stride) &- eight(line - stride)) &>> 1
            xx &+= SIMD8<UInt16>(truncatingIfNeeded: x &* x)
            yy &+= SIMD8<UInt16>(truncatingIfNeeded: y &* y)
            xy &+= (x &* y) &>> 1
            line += stride
        }
        store(SIMD8<Int32>(truncatingIfNeeded: xx), across)
        store(SIMD8<Int32>(truncatingIfNeeded: yy), down)
        store(SIMD8<Int32>(truncatingIfNeeded: xy), mixed)
    }

    @inline(__always)
    private static func eight(_ pixels: UnsafeRawPointer) -> SIMD8<Int16> {
        SIMD8<Int16>(truncatingIfNeeded: pixels.loadUnaligned(as: SIMD8<UInt8>.self))
    }

    @inline(__always)
    private static func store(_ sums: SIMD8<Int32>, _ cells: UnsafeMutablePointer<Int32>) {
        cells[0] = sums.lowHalf.wrappedSum()
        cells[1] = sums.highHalf.wrappedSum()
    }
}

extension Array where Element: FixedWidthInteger {
    /// Keeps its memory: what was allocated once serves all later frames.
    mutating func resize(to count: Int) {
        if count > self.count {
            append(contentsOf: repeatElement(0, count: count - self.count))
        } else {
            removeLast(self.count - count)
        }
    }
}
