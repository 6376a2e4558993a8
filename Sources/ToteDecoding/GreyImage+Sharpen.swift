// Unsharp mask across the bars: each pixel moves away from the mean of its line around it.

extension GreyImage {
    /// `reach` px on each side; `amount` times the difference is added.
    package func sharpened(reach: Int, amount: Int) -> GreyImage {
        var image = self
        let window = 2 * reach + 1
        image.pixels = Self.filled(count) { out in
            pixels.withUnsafeBufferPointer { source in
                guard let source = source.baseAddress else { return }
                for row in 0..<height {
                    let line = source + row * width
                    let target = out + row * width
                    var sum = Int(line[0]) &* (reach &+ 1)
                    for x in 0..<reach { sum &+= Int(line[min(x, width &- 1)]) }
                    for x in 0..<width {
                        sum &+= Int(line[min(x &+ reach, width &- 1)])
                        let grey = Int(line[x])
                        // The window is right by one sample on its left until it is moved below.
                        sum &-= Int(line[max(x &- reach &- 1, 0)])
                        let value = grey &+ amount &* (grey &* window &- sum) / window
                        target[x] = UInt8(truncatingIfNeeded: min(max(value, 0), 255))
                    }
                }
            }
        }
        return image
    }
}
