// The codewords of a symbol: taken up in a zigzag, unmasked, sorted into blocks and corrected
// (ISO/IEC 18004 clauses 7.5 to 7.8).

/// Codewords in the order in which they stand in the symbol, unmasked.
struct QRCodewords: Sendable {
    var bytes: [UInt8] = []

    init(_ matrix: QRMatrix, _ patterns: QRPatterns, _ format: QRFormat) {
        let count = patterns.version.codewords
        bytes.reserveCapacity(count)
        var byte: UInt8 = 0
        var bits = 0
        Self.walk(patterns) { x, y in
            guard bytes.count < count else { return }
            byte = byte << 1 | (matrix.isDark(x, y) != format.turns(x, y) ? 1 : 0)
            bits += 1
            if bits % 8 == 0 { bytes.append(byte) }
        }
    }

    /// Data modules in pairs of columns from the right, up and down in turn; column 6 is skipped.
    static func walk(_ patterns: QRPatterns, _ visit: (Int, Int) -> Void) {
        let side = patterns.version.dimension
        var right = side - 1
        var isUpward = true
        while right > 0 {
            if right == 6 { right = 5 }
            for step in 0..<side {
                let y = isUpward ? side - 1 - step : step
                if patterns[right, y] == .data { visit(right, y) }
                if patterns[right - 1, y] == .data { visit(right - 1, y) }
            }
            isUpward.toggle()
            right -= 2
        }
    }

    /// The data of all blocks in order, and how many codewords were wrong.
    func corrected(by correction: QRCorrection) -> (bytes: [UInt8], errors: Int)? {
        let code = ReedSolomon(
            .qr, firstRoot: 0, checks: correction.correctionPerBlock, spare: correction.spare)
        var data: [UInt8] = []
        data.reserveCapacity(correction.data)
        var errors = 0
        for block in 0..<correction.blocks {
            let places = Self.places(of: block, in: correction)
            var words = places.map { bytes[$0] }
            guard let count = code.correct(&words) else { return nil }
            errors += count
            data += words.dropLast(correction.correctionPerBlock)
        }
        return (data, errors)
    }

    /// Blocks are interleaved: first codewords of all, second ones and so on; the last data
    /// codeword stands only in the long blocks.
    static func places(of block: Int, in correction: QRCorrection) -> [Int] {
        let blocks = correction.blocks
        var places = (0..<correction.shortData).map { $0 * blocks + block }
        if block >= correction.shortBlocks {
            places.append(correction.shortData * blocks + block - correction.shortBlocks)
        }
        return places
            + (0..<correction.correctionPerBlock).map { correction.data + $0 * blocks + block }
    }
}
