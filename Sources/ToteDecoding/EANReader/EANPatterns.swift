// The bars of EAN-13, EAN-8 and UPC-E (ISO/IEC 15420:2009, 4.3). A digit is seven modules of two
// bars and two spaces, in number set A, B or C; a pattern here holds its first module in bit 6.

enum EANPatterns {
    static let digitModules = 7
    /// Sets A, B and C one after the other, ten digits each.
    static let alternatives = 30

    /// Widths of space, bar, space, bar in set A (table 1).
    private static let widths: [[Int]] = [
        [3, 2, 1, 1], [2, 2, 2, 1], [2, 1, 2, 2], [1, 4, 1, 1], [1, 1, 3, 2],
        [1, 2, 3, 1], [1, 1, 1, 4], [1, 3, 1, 2], [1, 2, 1, 3], [3, 1, 1, 2],
    ]

    /// Set B is set C mirrored, set C is the negative of set A.
    static let digits: [UInt8] = {
        let a = widths.map { bits($0) }
        let b = widths.map { bits($0.reversed()) }
        return a + b + a.map { ~$0 & 0x7F }
    }()

    private static func bits(_ widths: [Int]) -> UInt8 {
        var bits: UInt8 = 0
        for (index, width) in widths.enumerated() {
            for _ in 0..<width { bits = bits << 1 | UInt8(index & 1) }
        }
        return bits
    }

    /// Which of the six left digits are of set B, first digit in bit 5, for each leading digit of
    /// an EAN-13 (table 3).
    static let leadingParity: [UInt8] = [
        0b000000, 0b001011, 0b001101, 0b001110, 0b010011,
        0b011001, 0b011100, 0b010101, 0b010110, 0b011010,
    ]

    /// The same for each check digit of a UPC-E of number system 0; the negative of it is number
    /// system 1 (table 4).
    static let checkParity: [UInt8] = [
        0b111000, 0b110100, 0b110010, 0b110001, 0b101100,
        0b100110, 0b100011, 0b101010, 0b101001, 0b100101,
    ]
}
