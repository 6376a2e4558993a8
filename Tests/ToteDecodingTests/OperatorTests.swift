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
            (LadderStep.full, "37x29 f1f47fa0bbfa8023"), (.adaptive, "37x29 76992307cc506e5f"),
            (.half, "18x14 5e98af26c356d036"),
            (.inverted, "37x29 236b3bf3204df1e"), (.turned45, "47x47 85feff0a75e5cca0"),
            (.doubleAdaptive, "74x58 e171ef7ce20ab1e9"),
            (.doubleEqualised, "74x58 e72a7e723d74a501"),
        ])
    func golden(_ step: LadderStep, _ expected: String) throws {
        let prepared = try #require(noise(37, 29, seed: 1).prepared(for: step))
        #expect(hash(prepared) == expected)
    }

    @Test("every step knows where its pixels lie in the picture", arguments: LadderStep.allCases)
    func map(_ step: LadderStep) throws {
        var image = GreyImage(
            pixels: [UInt8](repeating: 255, count: 120 * 90), width: 120, height: 90)
        for row in 60..<70 { for column in 30..<40 { image.pixels[row * 120 + column] = 0 } }
        let prepared = try #require(image.prepared(for: step))
        let wanted: ClosedRange<UInt8> = step == .inverted ? 200...255 : 0...60
        let dark = prepared.pixels.indices.filter { wanted.contains(prepared.pixels[$0]) }
        let x = dark.reduce(0.0) { $0 + Double($1 % prepared.width) + 0.5 } / Double(dark.count)
        let y = dark.reduce(0.0) { $0 + Double($1 / prepared.width) + 0.5 } / Double(dark.count)
        let place = prepared.map(PicturePoint(x: x, y: y))
        #expect(abs(place.x - 35) < 0.6)
        #expect(abs(place.y - 65) < 0.6)
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
            pixels: [UInt8](repeating: grey, count: 160 * 80), width: 160, height: 80)
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
