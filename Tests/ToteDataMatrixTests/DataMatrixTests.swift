import Testing
import ToteDataMatrix
import ToteDecoding
import ToteValues

@Suite("Data Matrix")
struct DataMatrixTests {
    private func read(_ image: GreyImage) -> [Find] {
        DataMatrixReader().read(image, limit: .max).finds
    }

    private func text(_ finds: [Find]) -> [String] {
        finds.map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    @Test("GS1 is told from plain text, its separators are bytes 29")
    func gs1() throws {
        let find = try #require(read(Drawn.picture(Drawn.gs1)).first)
        #expect(find.symbology == .dataMatrix)
        #expect(find.isGS1)
        #expect(text([find]) == ["010952123454321310ABC\u{1D}21X1"])
        let plain = try #require(read(Drawn.picture(Drawn.wide)).first)
        #expect(!plain.isGS1)
        #expect(text([plain]) == ["Rectangular extension"])
    }

    @Test("a symbol is read on all four sides, mirrored, and light on dark", arguments: 0..<4)
    func views(_ turns: Int) {
        var image = Drawn.picture(Drawn.gs1)
        for _ in 0..<turns { image = image.turned90 }
        for view in [image, image.mirrored, image.inverted()] {
            #expect(text(read(view)) == ["010952123454321310ABC\u{1D}21X1"])
        }
    }

    @Test("a module of one px is enough, and the place is told")
    func small() throws {
        let find = try #require(read(Drawn.picture(Drawn.gs1, module: 1)).first)
        let side = Double(Drawn.gs1.count)
        #expect(find.points.count == 4)
        #expect(find.points[0] == PicturePoint(x: 2, y: 2))
        #expect(find.points[2] == PicturePoint(x: 2 + side, y: 2 + side))
    }

    @Test("a few wrong modules are put right, many are refused")
    func damage() {
        let right = Drawn.picture(Drawn.gs1, module: 1)
        func damaged(_ count: Int) -> GreyImage {
            var image = right
            for index in 0..<count {
                let place = (5 + index / 6 * 2) * image.width + 5 + index % 6 * 2
                image.pixels[place] = image.pixels[place] > 99 ? 20 : 230
            }
            return image
        }
        #expect(text(read(damaged(3))) == ["010952123454321310ABC\u{1D}21X1"])
        for count in 12...36 { #expect(read(damaged(count)).isEmpty) }
    }

    @Test("a symbol cut off on any side is none")
    func cut() {
        for rows in [Array(Drawn.gs1.dropLast(2)), Array(Drawn.gs1.dropFirst(3))] {
            #expect(read(Drawn.picture(rows)).isEmpty)
        }
        #expect(read(Drawn.picture(Drawn.gs1.map { String($0.dropFirst(2)) })).isEmpty)
    }

    @Test("work stays within the limit")
    func limit() {
        let image = Drawn.picture(Drawn.gs1)
        let (finds, work) = DataMatrixReader().read(image, limit: image.width * image.height - 1)
        #expect(finds.isEmpty)
        #expect(work == 0)
    }

    #if DataMatrix
        @Test("with libdmtx a turned symbol is read, and tote names it ]d2")
        func turned() throws {
            let image = Drawn.picture(Drawn.gs1, module: 6).turned45
            let frame = try #require(
                Frame(
                    pixels: image.pixels, width: image.width, height: image.height,
                    stride: image.width, origin: FrameOrigin(source: .memory)))
            let result = try SymbolDecoder.withDataMatrix().decode(frame)
            #expect(result.symbols.map(\.aim.text) == ["]d2"])
            #expect(result.stepsRun.last == "dataMatrix")
        }
    #endif
}

extension GreyImage {
    /// Clockwise.
    fileprivate var turned90: GreyImage {
        let turned = (0..<width * height).map { index in
            pixels[(height - 1 - index % height) * width + index / height]
        }
        return GreyImage(pixels: turned, width: height, height: width)
    }

    /// By 45 degrees, on a ground as light as the quiet zone.
    fileprivate var turned45: GreyImage {
        let side = (width + height) * 5 / 7
        let turned = (0..<side * side).map { index -> UInt8 in
            let across = index % side - side / 2
            let down = index / side - side / 2
            let x = (across + down) * 5 / 7 + width / 2
            let y = (down - across) * 5 / 7 + height / 2
            let isInside = (0..<width).contains(x) && (0..<height).contains(y)
            return isInside ? pixels[y * width + x] : pixels[0]
        }
        return GreyImage(pixels: turned, width: side, height: side)
    }

    fileprivate var mirrored: GreyImage {
        var image = self
        for row in 0..<height { image.pixels[row * width..<(row + 1) * width].reverse() }
        return image
    }
}
