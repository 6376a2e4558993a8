import Testing
import ToteDecoding
import TotePictures
import ToteValues

@Suite("The sparse look (DEC-3)")
struct SparseLookTests {
    private func find(_ settings: BarcodeScanner.Settings, _ frame: Frame) throws -> Find? {
        try BarcodeScanner(settings).scan(GreyImage(frame)).first
    }

    /// A plain EAN-13, its bars upright or lying.
    private func frame(isLying: Bool) throws -> Frame {
        var canvas = Canvas(280, 200)
        canvas.draw(TestPicture.ean13("4012345000016"), x: 40, y: 20, module: 2, height: 160)
        guard isLying else { return try #require(canvas.frame) }
        let (width, height) = (canvas.width, canvas.height)
        let turned = (0..<canvas.pixels.count).map {
            canvas.pixels[$0 % height * width + $0 / height]
        }
        return try #require(TestPicture.frame(turned, height, width))
    }

    @Test("it sees every fourth line, the full one each, both ways", arguments: [false, true])
    func density(isLying: Bool) throws {
        let frame = try frame(isLying: isLying)
        let sparse = try #require(try find(.sparse, frame))
        let full = try #require(try find(.full, frame))
        #expect(sparse.bytes == full.bytes)
        // 160 lines cross the bars; zbar counts an EAN-13 twice a line.
        #expect((75...85).contains(sparse.votes), "\(sparse.votes)")
        #expect((310...330).contains(full.votes), "\(full.votes)")
    }

    @Test(
        "it leaves ITF and Code 39 to the steps that see every line",
        arguments: [("itf14-case.png", Symbology.itf), ("code39-shelf-label.png", .code39)])
    func weakSymbologies(_ file: String, _ symbology: Symbology) throws {
        let frame = try Sample.picture(file).frame(scale: .full)
        #expect(try find(.sparse, frame) == nil)
        #expect(try find(.full, frame)?.symbology == symbology)
        let result = try SymbolDecoder().decode(frame)
        #expect(result.stepsRun.first == "sparse")
        #expect(result.symbols.map(\.symbology) == [symbology])
        #expect(result.symbols.allSatisfy { $0.quality.step != "sparse" })
    }
}
