// Mean threshold: a pixel is white when it is brighter than the mean of the window around it less
// an offset. Column sums slide down, a window sum slides right: constant work a pixel, memory of
// one row, whatever the window. At the rim the window is cut.

extension GreyImage {
    /// `window` is odd, px.
    package func thresholded(window: Int, offset: Int) -> GreyImage {
        var image = self
        let reach = window / 2
        image.pixels = Self.filled(count) { out in
            pixels.withUnsafeBufferPointer { source in
                withUnsafeTemporaryAllocation(of: Int.self, capacity: width) { columns in
                    guard let source = source.baseAddress, let sums = columns.baseAddress else {
                        return
                    }
                    columns.initialize(repeating: 0)
                    for row in 0..<min(reach, height) { add(source + row * width, to: sums) }
                    for row in 0..<height {
                        let entering = row + reach
                        let leaving = row - reach - 1
                        if entering < height { add(source + entering * width, to: sums) }
                        if leaving >= 0 { subtract(source + leaving * width, from: sums) }
                        let rows = min(entering, height - 1) - max(leaving, -1)
                        threshold(
                            source + row * width, out + row * width, sums, rows: rows,
                            reach: reach, offset: offset)
                    }
                }
            }
        }
        return image
    }

    private func add(_ line: UnsafePointer<UInt8>, to sums: UnsafeMutablePointer<Int>) {
        var x = 0
        while x < width {
            sums[x] &+= Int(line[x])
            x &+= 1
        }
    }

    private func subtract(_ line: UnsafePointer<UInt8>, from sums: UnsafeMutablePointer<Int>) {
        var x = 0
        while x < width {
            sums[x] &-= Int(line[x])
            x &+= 1
        }
    }

    private func threshold(
        _ line: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>,
        _ sums: UnsafePointer<Int>, rows: Int, reach: Int, offset: Int
    ) {
        var sum = 0
        var columns = 0
        while columns < reach && columns < width {
            sum &+= sums[columns]
            columns &+= 1
        }
        var x = 0
        while x < width {
            if x &+ reach < width {
                sum &+= sums[x &+ reach]
                columns &+= 1
            }
            if x > reach {
                sum &-= sums[x &- reach &- 1]
                columns &-= 1
            }
            let isWhite = (Int(line[x]) &+ offset) &* rows &* columns > sum
            out[x] = isWhite ? 255 : 0
            x &+= 1
        }
    }
}
