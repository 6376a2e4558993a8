// The frame header of a JPEG (ITU-T T.81 B.2.2): size, and how densely each colour is sampled.

struct JPEGComponents {
    let width: Int
    let height: Int
    /// Horizontal and vertical sampling factor of each colour, 1…4.
    private let factors: [(across: Int, down: Int)]

    var count: Int { factors.count }

    init(_ bytes: [UInt8], _ body: Range<Int>) throws(PictureError) {
        let at = body.lowerBound
        guard body.count >= 6, let height = bytes.bigEndian(at: at + 1, bytes: 2),
            let width = bytes.bigEndian(at: at + 3, bytes: 2), width > 0, height > 0
        else { throw .imageMalformed(at: at) }
        let count = Int(bytes[at + 5])
        guard [1, 3, 4].contains(count), body.count >= 6 + 3 * count else {
            throw .imageMalformed(at: at + 5)
        }
        self.width = width
        self.height = height
        factors = (0..<count).map { index in
            let both = Int(bytes[at + 7 + 3 * index])
            return (both >> 4, both & 15)
        }
        guard factors.allSatisfy({ (1...4).contains($0.across) && (1...4).contains($0.down) })
        else { throw .imageMalformed(at: at + 7) }
    }

    func colours(isAdobe: Bool) -> JPEGColours { count == 4 ? .cmyk(inverted: isAdobe) : .luma }

    /// Two bytes for each of the 64 coefficients of each block; blocks fill whole units of the
    /// densest sampling (T.81 A.2).
    var coefficientBytes: Int {
        let across = factors.map(\.across).max() ?? 1
        let down = factors.map(\.down).max() ?? 1
        let units = Self.ceiling(width, 8 * across) * Self.ceiling(height, 8 * down)
        return factors.reduce(0) { $0 + units * $1.across * $1.down * 128 }
    }

    private static func ceiling(_ number: Int, _ divisor: Int) -> Int {
        (number + divisor - 1) / divisor
    }
}
