import Testing
import ToteDecoding
import ToteValues

@Suite("Picture operators")
struct OperatorTests {
    private func noise(_ width: Int, _ height: Int, seed: UInt64) -> GreyImage {
        var chance = SeededChance(seed: seed)
        let pixels = (0..<width * height).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
        return GreyImage(pixels: pixels, width: width, height: height)
    }

    private func hash(_ image: GreyImage) -> String {
        let hash = image.pixels.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        return "\(image.width)x\(image.height) \(String(hash, radix: 16))"
    }

    /// Slanted, and partly outside the picture.
    private let slanted = BarRegion(
        centre: PicturePoint(x: 20, y: 15), acrossX: 0.8, acrossY: 0.6, length: 30, height: 24)

    private func prepared(_ name: String, _ image: GreyImage) -> GreyImage? {
        switch name {
        case "thresholded": image.thresholded(window: 31, offset: 5)
        case "halved": image.halved()
        case "inverted": image.inverted()
        case "widened": image.widened()
        case "doubled": image.doubled()
        case "equalised": image.doubled().equalised(tiles: 8, clip: 3)
        case "rectified": image.rectified(slanted, Rectification(lines: 16, samples: 1))
        default: image.rectified(slanted, Rectification(scale: 1.5, lines: 16, samples: 4))
        }
    }

    /// Recorded once in release; debug and other machines must give the same bytes (DEC-12).
    @Test(
        "every operator gives the same bytes on every machine",
        arguments: [
            ("thresholded", "37x29 76992307cc506e5f"), ("halved", "18x14 5e98af26c356d036"),
            ("inverted", "37x29 236b3bf3204df1e"), ("widened", "74x29 a9d31aa1d9c91bc4"),
            ("doubled", "74x58 31dd8a077befe00b"), ("equalised", "74x58 e72a7e723d74a501"),
            ("rectified", "30x16 ed0f03824730efb3"),
            ("rectified and averaged", "45x16 51d44a642d9e7206"),
        ])
    func golden(_ name: String, _ expected: String) throws {
        let prepared = try #require(self.prepared(name, noise(37, 29, seed: 1)))
        #expect(hash(prepared) == expected)
    }

    @Test(
        "every operator knows where its pixels lie in the picture",
        arguments: [
            "thresholded", "halved", "inverted", "widened", "doubled", "equalised", "rectified",
            "rectified and averaged",
        ])
    func map(_ name: String) throws {
        var image = GreyImage(
            pixels: [UInt8](repeating: 255, count: 40 * 30), width: 40, height: 30)
        for row in 14..<18 { for column in 18..<22 { image.pixels[row * 40 + column] = 0 } }
        let prepared = try #require(self.prepared(name, image))
        let wanted: ClosedRange<UInt8> = name == "inverted" ? 200...255 : 0...60
        let dark = prepared.pixels.indices.filter { wanted.contains(prepared.pixels[$0]) }
        let x = dark.reduce(0.0) { $0 + Double($1 % prepared.width) + 0.5 } / Double(dark.count)
        let y = dark.reduce(0.0) { $0 + Double($1 / prepared.width) + 0.5 } / Double(dark.count)
        let place = prepared.map(PicturePoint(x: x, y: y))
        #expect(abs(place.x - 20) < 0.6)
        #expect(abs(place.y - 16) < 0.6)
        #expect(prepared.pixels.count == prepared.width * prepared.height)
    }

    @Test("a cut uses the memory of the last one and shows nothing of it")
    func reuse() {
        let image = noise(37, 29, seed: 5)
        var cut = image.rectified(slanted, Rectification(scale: 2, lines: 64))
        image.rectify(slanted, Rectification(lines: 16), into: &cut)
        let fresh = image.rectified(slanted, Rectification(lines: 16))
        #expect(cut.pixels == fresh.pixels)
        #expect(cut.map == fresh.map)
    }

    @Test("a cut beyond the picture takes the grey of its rim, whatever is asked")
    func beyond() {
        let image = GreyImage(pixels: [UInt8](repeating: 90, count: 64), width: 8, height: 8)
        for (length, height) in [(1e9, 1e9), (0.0, 0.0), (300, 1), (.nan, -5)] {
            let region = BarRegion(
                centre: PicturePoint(x: -4000, y: 1e12), acrossX: 0.6, acrossY: -0.8,
                length: length, height: height)
            let cut = image.rectified(region, Rectification(scale: 2))
            #expect(Set(cut.pixels) == [90])
            #expect(cut.width <= 4096 && cut.height <= 64)
        }
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
        #expect(Set(image.widened().pixels) == [grey])
        #expect(Set(image.rectified(slanted).pixels) == [grey])
    }

    @Test(
        "pictures of one row or column pass through every operator",
        arguments: [(1, 1), (1, 200), (200, 1), (2, 3), (9, 8)])
    func tiny(_ width: Int, _ height: Int) {
        let image = noise(width, height, seed: 4)
        for name in ["thresholded", "halved", "inverted", "widened", "equalised", "rectified"] {
            let prepared = self.prepared(name, image)
            #expect(prepared.map { $0.pixels.count == $0.width * $0.height } ?? true)
        }
    }
}
