// A packed grey picture as zbar wants it, and the affine map of its pixels to the source picture.
// All operators on it are integer arithmetic: the same bytes on every machine (DEC-12).

package import ToteValues

package struct GreyImage: Sendable {
    package var pixels: [UInt8]
    package var width: Int
    package var height: Int
    package var map: PictureMap

    package init(pixels: [UInt8], width: Int, height: Int, map: PictureMap = PictureMap()) {
        self.pixels = pixels
        self.width = width
        self.height = height
        self.map = map
    }

    /// Rows are packed if the frame's are not.
    package init(_ frame: Frame) {
        let size = frame.width * frame.height
        if frame.stride == frame.width {
            pixels = frame.pixels.count == size ? frame.pixels : Array(frame.pixels[..<size])
        } else {
            var packed: [UInt8] = []
            packed.reserveCapacity(size)
            for row in 0..<frame.height {
                let start = row * frame.stride
                packed += frame.pixels[start..<start + frame.width]
            }
            pixels = packed
        }
        width = frame.width
        height = frame.height
        let origin = frame.origin
        map = PictureMap(a: origin.scale, e: origin.scale, c: origin.x, f: origin.y)
    }

    package var count: Int { width * height }

    /// A picture of `count` pixels that `body` must fill whole.
    static func filled(_ count: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Void) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            guard let base = buffer.baseAddress else { return }
            body(base)
            written = count
        }
    }
}

/// `x' = a·x + b·y + c`, `y' = d·x + e·y + f`.
package struct PictureMap: Hashable, Sendable {
    var a: Double
    var b: Double
    var c: Double
    var d: Double
    var e: Double
    var f: Double

    package init(
        a: Double = 1, b: Double = 0, d: Double = 0, e: Double = 1, c: Double = 0, f: Double = 0
    ) {
        self.a = a
        self.b = b
        self.c = c
        self.d = d
        self.e = e
        self.f = f
    }

    package func callAsFunction(_ point: PicturePoint) -> PicturePoint {
        PicturePoint(x: a * point.x + b * point.y + c, y: d * point.x + e * point.y + f)
    }

    /// First `inner`, then this.
    func after(_ inner: PictureMap) -> PictureMap {
        let origin = self(PicturePoint(x: inner.c, y: inner.f))
        return PictureMap(
            a: a * inner.a + b * inner.d, b: a * inner.b + b * inner.e,
            d: d * inner.a + e * inner.d, e: d * inner.b + e * inner.e,
            c: origin.x, f: origin.y)
    }
}
