extension GreyPixels {
    /// The picture turned upright. Each target pixel is fetched by a walk with fixed steps through
    /// the stored rows: `start + right · x + down · y`.
    func oriented(_ orientation: Orientation) -> GreyPixels {
        guard orientation != .upright else { return self }
        let newWidth = orientation.swapsSides ? height : width
        let newHeight = orientation.swapsSides ? width : height
        let (start, right, down) = walk(orientation)
        let turned = Self.filled(newWidth * newHeight) { out in
            pixels.withUnsafeBufferPointer { source in
                guard let source = source.baseAddress else { return }
                var target = out
                var y = 0
                while y < newHeight {
                    var from = source + (start &+ down &* y)
                    var x = 0
                    while x < newWidth {
                        target.pointee = from.pointee
                        target += 1
                        x &+= 1
                        if x < newWidth { from += right }
                    }
                    y &+= 1
                }
            }
        }
        return GreyPixels(pixels: turned, width: newWidth, height: newHeight)
    }

    private func walk(_ orientation: Orientation) -> (start: Int, right: Int, down: Int) {
        let last = width * height - 1
        let lastRow = width * (height - 1)
        return switch orientation {
        case .upright: (0, 1, width)
        case .mirrored: (width - 1, -1, width)
        case .upsideDown: (last, -1, -width)
        case .upsideDownMirrored: (lastRow, 1, -width)
        case .transposed: (0, width, 1)
        case .turnedRight: (lastRow, -width, 1)
        case .transversed: (last, -width, -1)
        case .turnedLeft: (width - 1, width, -1)
        }
    }
}
