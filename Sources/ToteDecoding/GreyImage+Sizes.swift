// Half and double size, and the negative.

extension GreyImage {
    package func inverted() -> GreyImage {
        var image = self
        image.pixels = Self.filled(count) { out in
            pixels.withUnsafeBufferPointer { source in
                guard let source = source.baseAddress else { return }
                var index = 0
                while index < count {
                    out[index] = 255 &- source[index]
                    index &+= 1
                }
            }
        }
        return image
    }

    /// Half size by area mean; an odd last row or column is left out. `nil` below 2 px.
    package func halved() -> GreyImage? {
        let newWidth = width / 2
        let newHeight = height / 2
        guard newWidth > 0, newHeight > 0 else { return nil }
        let small = Self.filled(newWidth * newHeight) { out in
            pixels.withUnsafeBufferPointer { source in
                guard let source = source.baseAddress else { return }
                var target = out
                for row in 0..<newHeight {
                    var upper = source + 2 * row * width
                    var x = 0
                    while x < newWidth {
                        let lower = upper + width
                        let sum = Int(upper[0]) &+ Int(upper[1]) &+ Int(lower[0]) &+ Int(lower[1])
                        target.pointee = UInt8(truncatingIfNeeded: (sum &+ 2) >> 2)
                        target += 1
                        upper += 2
                        x &+= 1
                    }
                }
            }
        }
        let map = map.after(PictureMap(a: 2, e: 2))
        return GreyImage(pixels: small, width: newWidth, height: newHeight, map: map)
    }

    /// Double size by cubic convolution (a = −0.75), first along rows, then along columns. New
    /// pixels lie a quarter left and right of the old ones; the weights are 256ths.
    package func doubled() -> GreyImage {
        let wide = doubledRows()
        let map = map.after(PictureMap(a: 0.5, e: 0.5))
        return GreyImage(
            pixels: wide.doubledColumns(), width: 2 * width, height: 2 * height, map: map)
    }

    /// Double width only: what upright bars need.
    package func widened() -> GreyImage {
        var wide = doubledRows()
        wide.map = map.after(PictureMap(a: 0.5))
        return wide
    }

    private func doubledRows() -> GreyImage {
        let wide = Self.filled(2 * count) { out in
            pixels.withUnsafeBufferPointer { source in
                guard let source = source.baseAddress else { return }
                for row in 0..<height {
                    let line = source + row * width
                    let target = out + 2 * row * width
                    var x = 0
                    while x < width {
                        let a = Int(line[x > 1 ? x &- 2 : 0])
                        let b = Int(line[x > 0 ? x &- 1 : 0])
                        let c = Int(line[x])
                        let d = Int(line[x &+ 1 < width ? x &+ 1 : width &- 1])
                        let e = Int(line[x &+ 2 < width ? x &+ 2 : width &- 1])
                        target[2 &* x] = Self.cubic(d, c, b, a)
                        target[2 &* x &+ 1] = Self.cubic(b, c, d, e)
                        x &+= 1
                    }
                }
            }
        }
        return GreyImage(pixels: wide, width: 2 * width, height: height)
    }

    private func doubledColumns() -> [UInt8] {
        Self.filled(2 * count) { out in
            pixels.withUnsafeBufferPointer { source in
                guard let source = source.baseAddress else { return }
                for row in 0..<height {
                    let a = source + max(row - 2, 0) * width
                    let b = source + max(row - 1, 0) * width
                    let c = source + row * width
                    let d = source + min(row + 1, height - 1) * width
                    let e = source + min(row + 2, height - 1) * width
                    let upper = out + 2 * row * width
                    let lower = upper + width
                    var x = 0
                    while x < width {
                        upper[x] = Self.cubic(Int(d[x]), Int(c[x]), Int(b[x]), Int(a[x]))
                        lower[x] = Self.cubic(Int(b[x]), Int(c[x]), Int(d[x]), Int(e[x]))
                        x &+= 1
                    }
                }
            }
        }
    }

    /// The value a quarter of the way from `near` to `next`.
    @inline(__always)
    private static func cubic(_ before: Int, _ near: Int, _ next: Int, _ far: Int) -> UInt8 {
        let sum = 225 &* near &+ 67 &* next &- 27 &* before &- 9 &* far &+ 128
        let value = sum >> 8
        return UInt8(truncatingIfNeeded: value < 0 ? 0 : (value > 255 ? 255 : value))
    }
}
