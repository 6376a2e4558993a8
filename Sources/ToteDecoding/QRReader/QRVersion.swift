// Sizes and error correction of the 40 versions of QR Code model 2 (ISO/IEC 18004:2015, tables 1
// and 9, annex E).

package enum QRLevel: Int, CaseIterable, Sendable {
    case low, medium, quartile, high
}

package struct QRVersion: Hashable, Sendable {
    package let number: Int

    package init?(number: Int) {
        guard (1...40).contains(number) else { return nil }
        self.number = number
    }

    package var dimension: Int { 17 + 4 * number }

    /// From version 7 on the symbol says its version.
    var hasVersionInformation: Bool { number >= 7 }

    /// Rows, and columns, of the centres of alignment patterns (annex E): the last is 6 modules
    /// from the rim, the others stand at one even distance before it, the first in row 6.
    package var alignmentCentres: [Int] {
        guard number > 1 else { return [] }
        let last = dimension - 7
        let gaps = number / 7 + 1
        let even = (last - 6 + 2 * gaps - 1) / (2 * gaps) * 2
        // The one entry of the table that is not the next even number.
        let step = number == 32 ? 26 : even
        return [6] + (0..<gaps).reversed().map { last - $0 * step }
    }

    /// Data and error correction together, bytes.
    package var codewords: Int {
        let side = dimension
        var modules = side * side - 3 * 64 - 2 * (side - 16) - 31
        if hasVersionInformation { modules -= 36 }
        let centres = alignmentCentres.count
        if centres > 0 {
            // Those on the timing patterns share 5 modules with them.
            modules -= 25 * (centres * centres - 3) - 10 * (centres - 2)
        }
        return modules / 8
    }

    package func correction(_ level: QRLevel) -> QRCorrection {
        let row = level.rawValue * 40 + number - 1
        return QRCorrection(
            codewords: codewords, blocks: Int(Self.blocks[row]),
            correctionPerBlock: Int(Self.correctionPerBlock[row]), spare: spare(level))
    }

    /// Error correction codewords that only guard against a wrong correction (table 9, note b).
    private func spare(_ level: QRLevel) -> Int {
        switch (number, level) {
        case (1, .low): 3
        case (1, .medium), (2, .low): 2
        case (1, _), (3, .low): 1
        default: 0
        }
    }
}

/// How the codewords of a symbol are cut into blocks.
package struct QRCorrection: Sendable {
    package let codewords: Int
    package let blocks: Int
    package let correctionPerBlock: Int
    package let spare: Int

    package var data: Int { codewords - blocks * correctionPerBlock }
    /// The first blocks are the short ones; the others hold one more data codeword.
    var shortData: Int { data / blocks }
    var shortBlocks: Int { blocks - data % blocks }
}

extension QRVersion {
    /// L, M, Q, H; versions 1 to 40 each.
    private static let correctionPerBlock: [UInt8] = [
        7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
        28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
        26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30,
        28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
        17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28,
        30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ]

    private static let blocks: [UInt8] = [
        1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8,
        8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25,
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
        17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
        1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20,
        23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
        1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25,
        25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
    ]
}
