import Testing
import ToteDecoding
import ToteValues

/// What one symbology is easily taken for, and what zbar leaves out of a text.
@Suite("Confusions")
struct ConfusionTests {
    // Bars and spaces in turn, in modules, as zint 2.11 draws them.

    /// Code 128 `Grüße`: each of two characters has its FNC4.
    private static let upperHalf =
        "2112142113131212411141311111431141311112241122141124122331112"
    /// Code 128 `ÄÖÜäöü12345678`: two FNC4 hold for all that follow.
    private static let latched =
        "211214114131114131112313311123314111141221411212111143113141112232131123"
        + "3311212411124131112331112"
    /// Code 39 `+ABC-1`.
    private static let code39 =
        "121121211112111212112111121121112112112121211211111211112121211211112112"
        + "1121211"
    /// Code 39 `A+1`, which is no pair.
    private static let unpaired =
        "1211212111211112112112111212112112111121121121211"
    /// Code 128: start B, FNC3, `ABC`, check, stop.
    private static let command =
        "2112141143111113231311231313211143112331112"

    private func frame(of widths: String) throws -> Frame {
        let modules = widths.compactMap(\.wholeNumberValue).enumerated().flatMap { place, width in
            [Bool](repeating: place.isMultiple(of: 2), count: width)
        }
        var canvas = Canvas(2 * (modules.count + 40), 60)
        canvas.draw(modules, x: 40, y: 10, module: 2, height: 40)
        return try #require(canvas.frame)
    }

    private func symbol(
        _ widths: String, profile: DecodingProfile = .retail
    ) throws -> Symbol? {
        try SymbolDecoder().decode(frame(of: widths), profile: profile).symbols.first
    }

    @Test("characters of the upper half of a Code 128 are not halved")
    func upperHalf() throws {
        let symbol = try #require(try symbol(Self.upperHalf))
        #expect(symbol.text == "Grüße")
        #expect(symbol.bytes == [0x47, 0x72, 0xFC, 0xDF, 0x65])
        #expect(try self.symbol(Self.latched)?.text == "ÄÖÜäöü12345678")
    }

    @Test("the upper half is seen upside down, upright and blurred too")
    func upperHalfTurned() throws {
        let frame = try frame(of: Self.upperHalf)
        let (width, height) = (frame.width, frame.height)
        let flipped = TestPicture.frame(frame.pixels.reversed(), width, height)
        let upright = TestPicture.frame(
            (0..<frame.pixels.count).map { frame.pixels[$0 % height * width + $0 / height] },
            height, width)
        let blurred = TestPicture.frame(
            frame.pixels.indices.map { place in
                let around = (max(place - 1, 0)...min(place + 1, frame.pixels.count - 1))
                return UInt8(around.reduce(0) { $0 + Int(frame.pixels[$1]) } / around.count)
            }, width, height)
        for picture in [flipped, upright, blurred] {
            let symbols = try SymbolDecoder().decode(try #require(picture)).symbols
            #expect(symbols.map(\.text) == ["Grüße"])
        }
    }

    @Test("a Code 128 that speaks to the scanner is no data")
    func command() throws {
        #expect(try symbol(Self.command) == nil)
    }

    @Test("a Code 39 is given as it is, or translated when asked")
    func code39() throws {
        let plain = try #require(try symbol(Self.code39))
        #expect(plain.text == "+ABC-1")
        #expect(plain.aim.text == "]A0")
        let profile = DecodingProfile(translatesCode39: true)
        let translated = try #require(try symbol(Self.code39, profile: profile))
        #expect(translated.text == "aBC-1")
        #expect(translated.aim.text == "]A4")
        let unpaired = try #require(try symbol(Self.unpaired, profile: profile))
        #expect(unpaired.text == "A+1")
        #expect(unpaired.aim.text == "]A0")
    }

    @Test("full ASCII has a pair for each character that Code 39 lacks")
    func fullASCII() {
        let letters = (UInt8(ascii: "A")...UInt8(ascii: "Z"))
        let pairs = "$%/+".utf8.flatMap { sign in
            letters.compactMap { FullASCII.translated([sign, $0]) }
        }
        let plain = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. ".utf8)
        #expect(Set(pairs.joined()).union(plain) == Set(0...127))
        #expect(FullASCII.translated(Array("+".utf8)) == nil)
        #expect(FullASCII.translated(Array("++".utf8)) == nil)
        #expect(FullASCII.translated(Array("%V%W".utf8)) == Array("@`".utf8))
    }

    @Test("a book's code with an add-on is an EAN-13 and nothing else")
    func addOn() throws {
        let main = TestPicture.ean13("9780306406157")
        // EAN-2 `12` (GS1 General Specifications 5.2.1.4): both digits in set A.
        let addOn = "1011" + "0011001" + "01" + "0010011"
        var canvas = Canvas(2 * 170, 60)
        canvas.draw(main, x: 24, y: 8, module: 2, height: 44)
        canvas.draw(
            addOn.map { $0 == "1" }, x: 24 + 2 * (main.count + 9), y: 16, module: 2, height: 36)
        let result = try SymbolDecoder().decode(try #require(canvas.frame))
        #expect(result.symbols.map(\.text) == ["9780306406157"])
        #expect(result.symbols.map(\.symbology) == [.ean13])
        #expect(result.rejected.isEmpty)
    }
}
