// Grey pixels, packed row by row. Loops run over raw pointers: they must be quick in debug too.

import ToteValues

struct GreyPixels: Sendable {
    var pixels: [UInt8]
    var width: Int
    var height: Int

    /// Grey of red, green, blue and alpha bytes; alpha is laid on white (PIC-6).
    static func fromRGBA(_ bytes: [UInt8], width: Int, height: Int) -> GreyPixels {
        let grey = filled(width * height) { out in
            layOnWhite(bytes, out)
        }
        return GreyPixels(pixels: grey, width: width, height: height)
    }

    /// The grey of all pixels in `bytes`, four bytes each.
    static func layOnWhite(_ bytes: [UInt8], _ out: UnsafeMutablePointer<UInt8>) {
        bytes.withUnsafeBufferPointer { source in
            guard let source = source.baseAddress else { return }
            layOnWhite(source, out, count: bytes.count / 4)
        }
    }

    private static func layOnWhite(
        _ source: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>, count: Int
    ) {
        var index = 0
        while index < count {
            let pixel = source + 4 &* index
            let alpha = Int(pixel[3])
            let sum = 77 &* Int(pixel[0]) &+ 150 &* Int(pixel[1]) &+ 29 &* Int(pixel[2]) &+ 128
            let grey = sum >> 8
            let laid = alpha == 255 ? grey : (grey &* alpha &+ 255 &* (255 &- alpha) &+ 127) / 255
            out[index] = UInt8(truncatingIfNeeded: laid)
            index &+= 1
        }
    }

    /// Area mean over blocks of `scale` × `scale`; blocks at the far edges may be smaller.
    func shrunk(_ scale: FrameScale) -> GreyPixels {
        guard scale != .full else { return self }
        let newWidth = scale.side(width)
        let newHeight = scale.side(height)
        let small = Self.filled(newWidth * newHeight) { out in
            pixels.withUnsafeBufferPointer { source in
                guard let source = source.baseAddress else { return }
                var row = 0
                while row < newHeight {
                    shrinkRow(row, of: source, into: out + row &* newWidth, by: scale.divisor)
                    row &+= 1
                }
            }
        }
        return GreyPixels(pixels: small, width: newWidth, height: newHeight)
    }

    private func shrinkRow(
        _ row: Int, of source: UnsafePointer<UInt8>, into out: UnsafeMutablePointer<UInt8>,
        by divisor: Int
    ) {
        let top = row &* divisor
        let bottom = min(top &+ divisor, height)
        var left = 0
        var column = 0
        while left < width {
            let right = left &+ divisor < width ? left &+ divisor : width
            var sum = 0
            var y = top
            while y < bottom {
                let line = source + y &* width
                var x = left
                while x < right {
                    sum &+= Int(line[x])
                    x &+= 1
                }
                y &+= 1
            }
            let area = (right &- left) &* (bottom &- top)
            out[column] = UInt8(truncatingIfNeeded: (sum &+ area / 2) / area)
            column &+= 1
            left = right
        }
    }

    static func filled(
        _ count: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Void
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            guard let base = buffer.baseAddress else { return }
            body(base)
            written = count
        }
    }
}
