import Testing
import ToteDecoding
import ToteValues

@Suite("Nothing is read where nothing is")
struct FalseReadTests {
    private func nothing(in pixels: [UInt8], _ width: Int, _ height: Int) throws {
        let frame = try #require(TestPicture.frame(pixels, width, height))
        let result = try SymbolDecoder().decode(frame)
        #expect(result.symbols.isEmpty)
    }

    @Test("grey noise of several grains", arguments: 0..<120)
    func noise(_ seed: Int) throws {
        var chance = TestChance(seed: UInt64(seed))
        let side = 72
        let grain = 1 + seed % 4
        let cells = (0..<side * side).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
        let pixels = (0..<side * side).map { index in
            let row = index / side / grain
            let column = index % side / grain
            return cells[row * side + column]
        }
        try nothing(in: pixels, side, side)
    }

    @Test("stripes of random widths, as a barcode has", arguments: 1000..<1150)
    func stripes(_ seed: Int) throws {
        var chance = TestChance(seed: UInt64(seed))
        let (width, height) = (220, 24)
        var line: [UInt8] = [UInt8](repeating: 255, count: 12)
        while line.count < width {
            let run = Int(1 + chance.next() % 4) * (1 + seed % 2)
            line += [UInt8](repeating: line.last == 255 ? 0 : 255, count: run)
        }
        let pixels = (0..<width * height).map { line[$0 % width] }
        try nothing(in: pixels, width, height)
    }

    @Test("black and white blocks, like text or a QR", arguments: 2000..<2060)
    func blocks(_ seed: Int) throws {
        var chance = TestChance(seed: UInt64(seed))
        let cells: [UInt8] = (0..<400).map { _ in chance.next() % 2 == 0 ? 0 : 255 }
        let pixels = (0..<80 * 80).map { index in
            let row = index / 80 / 4
            let column = index % 80 / 4
            return cells[row * 20 + column]
        }
        try nothing(in: pixels, 80, 80)
    }

    @Test("plain frames and strips", arguments: [0, 127, 255] as [UInt8])
    func plain(_ grey: UInt8) throws {
        for (width, height) in [(1, 1), (7, 7), (8, 8), (16384, 1), (1, 16384), (200, 150)] {
            try nothing(
                in: [UInt8](repeating: grey, count: width * height), width, height)
        }
    }
}
