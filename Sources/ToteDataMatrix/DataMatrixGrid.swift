import ToteDecoding
import ToteValues

// A place where a symbol may lie, and what its modules say.

/// Corners of a symbol and its size in modules.
struct DataMatrixGrid {
    /// From the unit square, (0, 0) the symbol's own top left, y down, to px of the picture.
    let map: ProjectiveMap
    let size: DataMatrixSize

    /// Share of the modules of the outer patterns that must be right.
    private static let patternShare = (right: 9, of: 10)
    /// Grey levels between bars and spaces of the patterns.
    private static let leastContrast = 16

    /// The find; `nil` unless the patterns, the error correction and every word hold.
    func read(_ image: GreyImage) -> Find? {
        guard let modules = modules(in: image), hasPatterns(modules),
            let words = words(of: modules), let text = DataMatrixText(words.map { Int($0) })
        else { return nil }
        let corners = [(0.0, 0.0), (1, 0), (1, 1), (0, 1)].compactMap { map($0.0, $0.1) }
        return Find(
            symbology: .dataMatrix, bytes: text.bytes, isGS1: text.isGS1, isAIM: text.isAIM,
            votes: 1, points: corners)
    }

    /// Row by row, `true` is dark. Each module is darker or brighter than halfway between the mean
    /// of the finder's bars and that of the spaces of its timing pattern.
    private func modules(in image: GreyImage) -> [Bool]? {
        var greys: [Int] = []
        greys.reserveCapacity(size.rows * size.columns)
        for row in 0..<size.rows {
            for column in 0..<size.columns {
                guard let grey = grey(in: image, row, column) else { return nil }
                greys.append(grey)
            }
        }
        let dark = mean(greys, of: patternPlaces.filter(\.isDark))
        let light = mean(greys, of: patternPlaces.filter { !$0.isDark })
        guard abs(light - dark) >= Self.leastContrast else { return nil }
        // A light symbol on dark ground has its bars bright.
        return greys.map { light > dark ? 2 * $0 < dark + light : 2 * $0 > dark + light }
    }

    private func mean(_ greys: [Int], of places: [PatternPlace]) -> Int {
        places.reduce(0) { $0 + greys[$1.row * size.columns + $1.column] } / max(places.count, 1)
    }

    /// Mean of five points about the middle of a module; `nil` outside the picture.
    private func grey(in image: GreyImage, _ row: Int, _ column: Int) -> Int? {
        var sum = 0
        for (across, down) in [(0.0, 0.0), (-0.2, 0), (0.2, 0), (0, -0.2), (0, 0.2)] {
            let x = (Double(column) + 0.5 + across) / Double(size.columns)
            let y = (Double(row) + 0.5 + down) / Double(size.rows)
            guard let point = map(x, y), point.x >= 0, point.y >= 0,
                point.x < Double(image.width), point.y < Double(image.height)
            else { return nil }
            sum += Int(image.pixels[Int(point.y) * image.width + Int(point.x)])
        }
        return sum / 5
    }

    private struct PatternPlace {
        var row: Int
        var column: Int
        var isDark: Bool
    }

    /// The rim of the symbol: left and bottom dark, top and right dark and light in turn.
    private var patternPlaces: [PatternPlace] {
        let (rows, columns) = (size.rows, size.columns)
        return (0..<rows).map { PatternPlace(row: $0, column: 0, isDark: true) }
            + (1..<columns).map { PatternPlace(row: rows - 1, column: $0, isDark: true) }
            + (1..<columns).map { PatternPlace(row: 0, column: $0, isDark: $0 % 2 == 0) }
            + (1..<rows - 1).map { PatternPlace(row: $0, column: columns - 1, isDark: $0 % 2 == 1) }
    }

    private func hasPatterns(_ modules: [Bool]) -> Bool {
        let places = patternPlaces
        let right = places.count { modules[$0.row * size.columns + $0.column] == $0.isDark }
        return right * Self.patternShare.of >= places.count * Self.patternShare.right
    }
}

extension DataMatrixGrid {
    /// Data words of all blocks in order; `nil` if a block has too many errors.
    private func words(of modules: [Bool]) -> [UInt8]? {
        let places = DataMatrixPlacement.modules(rows: size.dataRows, columns: size.dataColumns)
        guard places.count >= size.dataWords + size.checkWords else { return nil }
        let words = places.prefix(size.dataWords + size.checkWords).map { bits in
            bits.reduce(UInt8(0)) { word, place in
                let (row, column) = size.place(
                    dataRow: place / size.dataColumns, dataColumn: place % size.dataColumns)
                return word << 1 | (modules[row * size.columns + column] ? 1 : 0)
            }
        }
        // Encoders disagree on the check words of the largest size: from block 1 or from block 9.
        let turns = size.blocks == 10 ? [0, 2] : [0]
        return turns.lazy.compactMap { corrected(words, turn: $0) }.first
    }

    private func corrected(_ words: [UInt8], turn: Int) -> [UInt8]? {
        let checkWords = size.checkWords / size.blocks
        // Four check words are kept back: a wrong code is worse than no code.
        let code = ReedSolomon(
            .dataMatrix, firstRoot: 1, checks: checkWords, spare: min(4, checkWords - 2))
        var data = [UInt8](repeating: 0, count: size.dataWords)
        for block in 0..<size.blocks {
            let dataPlaces = stride(from: block, to: size.dataWords, by: size.blocks)
            let checkPlaces = stride(
                from: size.dataWords + (block + turn) % size.blocks, to: words.count,
                by: size.blocks)
            var codeword = dataPlaces.map { words[$0] } + checkPlaces.map { words[$0] }
            guard code.correct(&codeword) != nil else { return nil }
            for (place, index) in dataPlaces.enumerated() { data[index] = codeword[place] }
        }
        return data
    }
}
