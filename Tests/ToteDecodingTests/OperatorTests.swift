import Testing
import ToteDecoding
import ToteValues

@Suite("Picture operators")
struct OperatorTests {
    private func noise(_ width: Int, _ height: Int, seed: UInt64) -> GreyImage {
        var chance = TestChance(seed: seed)
        let pixels = (0..<width * height).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
        return GreyImage(pixels: pixels, width: width, height: height)
    }

    private func hash(_ image: GreyImage) -> String {
        let hash = image.pixels.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        return "\(image.width)x\(image.height) \(String(hash, radix: 16))"
    }

    /// Recorded once in debug; release and other machines must give the same bytes (DEC-12).
    @Test(
        "every step prepares the same bytes on every machine",
        arguments: [
            (LadderStep.full, "37x29 ?"), (.adaptive, "37x29 ?"), (.half, "18x14 ?"),
            (.inverted, "37x29 ?"), (.turned45, "47x47 ?"), (.doubleAdaptive, "74x58 ?"),
            (.doubleEqualised, "74x58 ?"),
        ])
    func golden(_ step: LadderStep, _ expected: String) throws {
        let prepared = try #require(noise(37, 29, seed: 1).prepared(for: step))
        #expect(hash(prepared) == expected)
    }

    @Test("the work of a step is known before it runs", arguments: LadderStep.allCases)
    func work(_ step: LadderStep) throws {
        let image = noise(40, 30, seed: 2)
        let prepared = try #require(image.prepared(for: step))
        let count = prepared.pixels.count
        #expect(abs(count - image.workPixels(for: step)) <= 120)
        #expect(count == prepared.width * prepared.height)
    }

    @Test("the sliding threshold equals the plain one")
    func threshold() {
        let image = noise(23, 17, seed: 3)
        let fast = image.thresholded(window: 7, offset: 5)
        for y in 0..<17 {
            for x in 0..<23 {
                let rows = max(0, y - 3)...min(16, y + 3)
                let columns = max(0, x - 3)...min(22, x + 3)
                let sum = rows.reduce(0) { sum, row in
                    columns.reduce(sum) { $0 + Int(image.pixels[row * 23 + $1]) }
                }
                let isWhite =
                    (Int(image.pixels[y * 23 + x]) + 5) * rows.count * columns.count > sum
                #expect(fast.pixels[y * 23 + x] == (isWhite ? 255 : 0))
            }
        }
    }

    @Test("a flat picture stays flat under every operator", arguments: [0, 100, 255] as [UInt8])
    func flat(_ grey: UInt8) {
        let image = GreyImage(
            pixels: [UInt8](repeating: grey, count: 600), width: 30, height: 20)
        #expect(Set(image.doubled().pixels) == [grey])
        #expect(Set(image.halved()?.pixels ?? []) == [grey])
        #expect(Set(image.inverted().pixels) == [255 - grey])
        #expect(Set(image.thresholded(window: 31, offset: 5).pixels) == [255])
        #expect(Set(image.equalised(tiles: 8, clip: 3).pixels).count == 1)
        #expect(Set(image.turned45().pixels).isSubset(of: [grey, 255]))
    }

    @Test(
        "pictures of one row or column pass through every operator",
        arguments: [(1, 1), (1, 200), (200, 1), (2, 3), (9, 8)])
    func tiny(_ width: Int, _ height: Int) {
        for step in LadderStep.allCases {
            let prepared = noise(width, height, seed: 4).prepared(for: step)
            #expect(prepared.map { $0.pixels.count == $0.width * $0.height } ?? true)
        }
    }
}
