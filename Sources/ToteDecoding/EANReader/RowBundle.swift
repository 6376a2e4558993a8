// Eight neighbouring rows as four sums of two. All that follows works on these sums: they can be
// shifted against one another cheaply to follow bars that lean.
//
// Brightness is squared: cameras store about the square root of the light (a gamma of 2.2), and it
// is light that blur adds up. Squares are the same on every machine.

struct RowBundle {
    static let rows = 8
    static let parts = 4
    /// Rows from one part's middle to the next.
    static let step: Float = 2

    /// Middle of the rows, px.
    let row: Float
    let width: Int
    /// Light from 0 to 255, part after part.
    let light: [Float]

    init(_ image: GreyImage, top: Int) {
        let width = image.width
        self.width = width
        row = Float(2 * top + Self.rows - 1) / 2
        light = [Float](unsafeUninitializedCapacity: Self.parts * width) { light, count in
            image.pixels.withUnsafeBufferPointer { pixels in
                guard let base = pixels.baseAddress else { return }
                for part in 0..<Self.parts {
                    let upper = base + (top + 2 * part) * width
                    let lower = upper + width
                    for x in 0..<width {
                        let a = Int32(upper[x])
                        let b = Int32(lower[x])
                        light[part &* width &+ x] = Float(a &* a &+ b &* b) * (0.5 / 255)
                    }
                }
            }
            count = Self.parts * width
        }
    }
}
