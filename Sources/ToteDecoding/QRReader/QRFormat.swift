// Format information: error correction level and mask, in a BCH code written twice (ISO/IEC 18004
// clause 7.9, annex C). Its codewords differ in 7 bits: 3 wrong ones are mended. Version
// information is not read: the timing patterns have told the size.

struct QRFormat: Hashable, Sendable {
    let level: QRLevel
    let mask: Int

    /// Most wrong bits in the better copy.
    static let correctable = 3
    private static let levels: [QRLevel] = [.medium, .low, .high, .quartile]
    private static let checkBits = 10
    private static let generator = 0x537
    private static let scramble = 0x5412

    init(data: Int) {
        level = Self.levels[data >> 3 & 3]
        mask = data & 7
    }

    /// Formats that either copy may mean, the likeliest first.
    static func candidates(in matrix: QRMatrix) -> [QRFormat] {
        let (first, second) = copies(in: matrix)
        let near = (0..<32).compactMap { data -> (data: Int, wrong: Int)? in
            let word = codeword(data)
            let wrong = ((word ^ first).nonzeroBitCount, (word ^ second).nonzeroBitCount)
            return min(wrong.0, wrong.1) <= correctable ? (data, wrong.0 + wrong.1) : nil
        }
        return near.sorted { ($0.wrong, $0.data) < ($1.wrong, $1.data) }
            .map { QRFormat(data: $0.data) }
    }

    static func codeword(_ data: Int) -> Int {
        var rest = data << checkBits
        for bit in (checkBits..<15).reversed() where rest >> bit & 1 == 1 {
            rest ^= generator << (bit - checkBits)
        }
        return (data << checkBits | rest) ^ scramble
    }

    private static func copies(in matrix: QRMatrix) -> (Int, Int) {
        let side = matrix.dimension
        var first = 0
        var second = 0
        for bit in 0..<15 {
            let (x, y) = place(bit)
            if matrix.isDark(x, y) { first |= 1 << bit }
            if bit < 8 ? matrix.isDark(side - 1 - bit, 8) : matrix.isDark(8, side - 15 + bit) {
                second |= 1 << bit
            }
        }
        return (first, second)
    }

    /// Where a bit of the first copy stands, around the top left finder; bit 0 is the lowest.
    static func place(_ bit: Int) -> (x: Int, y: Int) {
        switch bit {
        case 0..<6: (8, bit)
        case 6, 7: (8, bit + 1)
        case 8: (7, 8)
        default: (14 - bit, 8)
        }
    }

    /// Whether the mask turns a module over (table 10).
    @inline(__always)
    func turns(_ x: Int, _ y: Int) -> Bool {
        switch mask {
        case 0: (x + y) % 2 == 0
        case 1: y % 2 == 0
        case 2: x % 3 == 0
        case 3: (x + y) % 3 == 0
        case 4: (x / 3 + y / 2) % 2 == 0
        case 5: (x * y) % 2 + (x * y) % 3 == 0
        case 6: ((x * y) % 2 + (x * y) % 3) % 2 == 0
        default: ((x + y) % 2 + (x * y) % 3) % 2 == 0
        }
    }
}
