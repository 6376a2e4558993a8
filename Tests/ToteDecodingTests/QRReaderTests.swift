import Testing
import ToteDecoding
import TotePictures
import ToteValues

@Suite("QR codes from their finder patterns up")
struct QRReaderTests {
    private static let text = "Thank you for shopping"

    /// 184 px a side, 4 px a module; the code begins 42 px from the rim.
    private func picture(_ file: String = "qr-text.png") throws -> GreyImage {
        let frame = try Sample.picture(file).frame(scale: .full)
        return try #require(GreyImage(frame).halved())
    }

    private func texts(_ image: GreyImage) -> [String] {
        QRReader().read(image).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    private func isRead(_ image: GreyImage) -> Bool {
        texts(image).first?.hasPrefix(Self.text) ?? false
    }

    @Test(
        "the samples give the bytes that zbar gives",
        arguments: [
            "gs1-qr-coffee.png", "qr-exit-pass.png", "qr-link-cheese-195g.png", "qr-text.png",
            "qr-link-chocolate-expiry.jpg", "qr-turned-30.png", "qr-umlauts.png",
        ])
    func likeZBar(_ file: String) throws {
        let frame = try Sample.picture(file).frame(scale: .full)
        let symbol = try #require(try SymbolDecoder().decode(frame).symbols.first)
        let find = try #require(QRReader().read(GreyImage(frame)).first)
        #expect(find.bytes == symbol.bytes)
        #expect(find.isGS1 == (symbol.aim.text == "]Q3"))
        #expect(find.orientation == symbol.quality.orientation)
    }

    @Test("corners stand top left, bottom left, bottom right, top right, within a module")
    func corners() throws {
        let find = try #require(QRReader().read(picture()).first)
        let expected = [(42, 42), (42, 142), (142, 142), (142, 42)]
        #expect(find.points.count == 4 && find.votes == 1 && find.orientation == 0)
        for (point, (x, y)) in zip(find.points, expected) {
            #expect(abs(point.x - Double(x)) < 4 && abs(point.y - Double(y)) < 4)
        }
    }

    /// Whole-numbered turns: 3² + 4² = 5², 5² + 12² = 13².
    @Test(
        "at any angle",
        arguments: [(3, 4, 5), (-3, 4, 5), (0, 1, 1), (-1, 0, 1), (0, -1, 1), (12, 5, 13)])
    func turned(_ x: Int, _ y: Int, _ length: Int) throws {
        let (cosine, sine) = (Double(x) / Double(length), Double(y) / Double(length))
        let turned = try picture().warped { u, v in
            (cosine * (u - 92) + sine * (v - 92) + 92, cosine * (v - 92) - sine * (u - 92) + 92)
        }
        #expect(isRead(turned))
    }

    @Test("in a mirror, light on dark, and both")
    func mirroredAndInverted() throws {
        let image = try picture()
        let mirrored = image.warped { u, v in (184 - u, v) }
        #expect(isRead(mirrored))
        #expect(isRead(image.inverted()))
        #expect(isRead(mirrored.inverted()))
    }

    @Test("seen from the side, and on cloth that is creased")
    func bent() throws {
        let image = try picture()
        let tilted = image.warped { u, v in
            let depth = 1 + (u - 92) / 400 + (v - 92) / 300
            return ((u - 92) * depth + 92, (v - 92) * depth + 92)
        }
        #expect(isRead(tilted))
        // To and fro by most of a module every 60 px.
        let creased = image.warped { u, v in
            (u + abs(v.truncatingRemainder(dividingBy: 60) - 30) / 10, v)
        }
        #expect(isRead(creased))
    }

    @Test("through noise that half size averages away")
    func noisy() throws {
        var image = GreyImage(try Sample.picture("qr-text.png").frame(scale: .full))
        var chance = SeededChance(seed: 5)
        for index in image.pixels.indices {
            let noise = Int(chance.next() % 121) - 60
            image.pixels[index] = UInt8(min(max(Int(image.pixels[index]) + noise, 0), 255))
        }
        #expect(isRead(image))
    }

    @Test("two codes in a picture are both read")
    func two() throws {
        let image = try picture()
        let other = try picture("qr-umlauts.png")
        var pixels: [UInt8] = []
        for row in 0..<184 {
            pixels += image.pixels[row * 184..<(row + 1) * 184]
            pixels += other.pixels[row * 184..<(row + 1) * 184]
        }
        let found = texts(GreyImage(pixels: pixels, width: 368, height: 184))
        #expect(found.count == 2)
        #expect(found.contains { $0.hasPrefix(Self.text) })
    }

    @Test("damage is mended or the code is not read, but never read as another")
    func damaged() throws {
        let image = try picture()
        let whole = texts(image)
        var chance = SeededChance(seed: 6)
        var outcomes: [Bool] = []
        for size in stride(from: 0, to: 24, by: 2) {
            var damaged = image
            // A spot of one grey, growing, somewhere clear of the finder patterns.
            let left = 74 + Int(chance.next() % 20)
            let top = 74 + Int(chance.next() % 20)
            let grey: UInt8 = chance.next() % 2 == 0 ? 0 : 255
            for y in top..<min(top + 3 * size, 184) {
                for x in left..<min(left + 3 * size, 184) { damaged.pixels[y * 184 + x] = grey }
            }
            let found = texts(damaged)
            #expect(found.isEmpty || found == whole)
            outcomes.append(!found.isEmpty)
        }
        #expect(outcomes.prefix(2).allSatisfy { $0 })
        #expect(outcomes.contains(false))
    }
}

extension GreyImage {
    /// Each pixel taken from where `source` says, nearest pixel, white outside.
    func warped(_ source: (Double, Double) -> (Double, Double)) -> GreyImage {
        var image = self
        for y in 0..<height {
            for x in 0..<width {
                let (u, v) = source(Double(x) + 0.5, Double(y) + 0.5)
                let isInside = u >= 0 && v >= 0 && u < Double(width) && v < Double(height)
                image.pixels[y * width + x] = isInside ? pixels[Int(v) * width + Int(u)] : 255
            }
        }
        return image
    }
}
