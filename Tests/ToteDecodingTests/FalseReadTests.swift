import Testing
import ToteDecoding
import ToteValues
import ToteVectors

/// `Tests/vectors false-reads 10000` looks at many more frames, larger ones too.
@Suite("Nothing is read where nothing is")
struct FalseReadTests {
    /// Wrong check digits that were read as right ones: by lines that count double, by lines that
    /// err together.
    private static let onceRead = [2243, 1_009_007, 2_002_487]

    @Test("drawn frames of every kind without a code", arguments: Array(0..<96) + onceRead)
    func drawn(_ seed: Int) throws {
        let synthetic = try #require(SyntheticFrame(seed: UInt64(seed)))
        let frame = synthetic.frame
        let isSmall = frame.width * frame.height <= 8192 || synthetic.kind == .strip
        guard isSmall || Self.onceRead.contains(seed) else { return }
        let result = try SymbolDecoder().decode(frame)
        #expect(result.symbols.isEmpty, "\(synthetic.kind)")
    }

    @Test("plain frames and strips", arguments: [0, 127, 255] as [UInt8])
    func plain(_ grey: UInt8) throws {
        for (width, height) in [(1, 1), (7, 7), (8, 8), (16384, 1), (1, 16384), (200, 150)] {
            let pixels = [UInt8](repeating: grey, count: width * height)
            let frame = try #require(TestPicture.frame(pixels, width, height))
            #expect(try SymbolDecoder().decode(frame).symbols.isEmpty)
        }
    }

    @Test("a seed names the same frame on every machine")
    func seeds() throws {
        let hashes = try SyntheticFrame.Kind.allCases.indices.map { seed in
            let frame = try #require(SyntheticFrame(seed: UInt64(seed))).frame
            return frame.pixels.reduce(UInt32(0x811C_9DC5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        }
        #expect(
            hashes == [
                3_479_297_813, 290_771_832, 2_789_927_174, 7_591_701, 2_296_784_406, 148_692_234,
                275_098_417, 1_997_117_781, 407_257_025, 2_421_116_315, 3_653_327_145,
                3_858_952_517,
            ])
    }
}
