import Testing
import ToteDecoding
import ToteValues

@Suite("No QR code where none is")
struct QRFalseReadTests {
    /// A symbol of version 1 to 4 with all patterns of place, and chance for the rest.
    private func chanceSymbol(_ seed: Int) -> GreyImage {
        var chance = SeededChance(seed: UInt64(seed))
        let side = 21 + 4 * (seed % 4)
        let size = (side + 8) * 2
        var pixels = [UInt8](repeating: 255, count: size * size)
        for v in 0..<side {
            for u in 0..<side where isDark(u, v, side, chance.next() % 2 == 0) {
                for pixel in 0..<4 {
                    pixels[((v + 4) * 2 + pixel / 2) * size + (u + 4) * 2 + pixel % 2] = 0
                }
            }
        }
        return GreyImage(pixels: pixels, width: size, height: size)
    }

    private func isDark(_ u: Int, _ v: Int, _ side: Int, _ other: Bool) -> Bool {
        for (x, y) in [(3, 3), (side - 4, 3), (3, side - 4)] {
            let ring = max(abs(u - x), abs(v - y))
            if ring <= 4 { return ring != 2 && ring != 4 }
        }
        if v == 6 { return u % 2 == 0 }
        return u == 6 ? v % 2 == 0 : other
    }

    @Test("finder and timing patterns around chance are no code", arguments: 0..<150)
    func chanceSymbols(_ seed: Int) {
        #expect(QRReader().read(chanceSymbol(seed)).isEmpty)
    }

    @Test("noise of several grains is no code", arguments: 0..<60)
    func noise(_ seed: Int) {
        var chance = SeededChance(seed: UInt64(seed))
        let side = 64
        let grain = 1 + seed % 4
        let cells = (0..<side * side).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
        let pixels = (0..<side * side).map { cells[$0 / side / grain * side + $0 % side / grain] }
        #expect(QRReader().read(GreyImage(pixels: pixels, width: side, height: side)).isEmpty)
    }

    @Test("a wall of finder patterns ends soon, and is no code")
    func wall() {
        let side = 144
        let pixels = (0..<side * side).map { index -> UInt8 in
            let ring = max(abs(index % side % 18 - 8), abs(index / side % 18 - 8)) / 2
            return ring < 2 || ring == 3 ? 0 : 255
        }
        #expect(QRReader().read(GreyImage(pixels: pixels, width: side, height: side)).isEmpty)
    }

    @Test(
        "frames of any shape are looked at",
        arguments: [(1, 1), (20, 20), (21, 21), (22, 300), (300, 22), (21, 16384), (16384, 21)])
    func shapes(_ width: Int, _ height: Int) {
        for grey: UInt8 in [0, 128, 255] {
            let pixels = [UInt8](repeating: grey, count: width * height)
            let image = GreyImage(pixels: pixels, width: width, height: height)
            #expect(QRReader().read(image).isEmpty)
        }
    }
}
