import Testing
import ToteBarcodes
import ToteValues

@Suite("Codes in a cart")
struct CartCodeTests {
    @Test(
        "the identifier stands in front where the symbology leaves the grammar open",
        arguments: [
            ("]E04012345000016", "ean13", "4012345000016"), ("]E440123455", "ean8", "40123455"),
            ("]C1010401234500002310L", "code128", "]C1010401234500002310L"),
            ("]C0M-20417358", "code128", "]C0M-20417358"),
            (
                "]Q1https://id.gs1.org/01/04012345000016", "qr",
                "]Q1https://id.gs1.org/01/04012345000016"
            ),
            ("]Q30104012345000016", "qr", "]Q30104012345000016"),
            ("]e00104012345000078", "dataBarExpanded", "]e00104012345000078"),
            ("]E3977031784700112", "ean13", "]E3977031784700112"),
        ])
    func forms(line: String, symbology: String, code: String) throws {
        let scanned = try Fixtures.scanned(line)
        #expect(scanned.cartSymbology == symbology)
        #expect(scanned.cartCode == code)
    }

    @Test("typed text stays as typed, with an identifier or without")
    func typed() throws {
        for text in ["4011", "4012345000016", "]C1010401234500002310L", "(01)04012345000016"] {
            let code = try Fixtures.typed(text)
            #expect(code.cartSymbology == "typed")
            #expect(code.cartCode == text)
            let back = try #require(ScanInput(cartCode: text, symbology: "typed"))
            #expect(back == ScanInput(typed: text))
        }
    }

    @Test("UPC-E stays UPC-E")
    func upcE() throws {
        let code = try Fixtures.camera("01234565".utf8, .upcE)
        #expect(code.cartCode == "01234565")
        #expect(code.cartSymbology == "upcE")
    }

    @Test("a code from another device is refused when its identifier contradicts its symbology")
    func contradiction() {
        #expect(ScanInput(cartCode: "]C1010401234500002310L", symbology: "ean13") == nil)
        #expect(ScanInput(cartCode: "]Q1x", symbology: "code128") == nil)
        #expect(ScanInput(cartCode: "1", symbology: "") == nil)
        #expect(ScanInput(cartCode: "1", symbology: "a b") == nil)
        #expect(ScanInput(cartCode: "1", symbology: String(repeating: "x", count: 33)) == nil)
    }

    @Test("any scan comes back as it was, and means the same")
    func roundTrip() throws {
        var generator = SeededChance(seed: 11)
        let symbologies: [Symbology?] = Symbology.known + [.unknown("maxiCode"), nil]
        let letters = Array("CeQdJEIAFGLzX").map { $0 }
        for round in 0..<20_000 {
            let count = Int.random(in: 1...30, using: &generator)
            let isNumeric = round % 2 == 0
            let bytes = (0..<count).map { _ in
                isNumeric
                    ? UInt8.random(in: 0x30...0x39, using: &generator)
                    : [29, 0x5D, 0x43, 0x31, 0x51, 0x20, 0x7E, 0x65, 0x30].randomElement(
                        using: &generator) ?? 0x30
            }
            let letter = letters.randomElement(using: &generator) ?? "E"
            let modifier = "0123456".randomElement(using: &generator) ?? "0"
            let input = ScanInput(
                bytes: bytes,
                aim: round % 3 == 0 ? SymbologyIdentifier(letter, modifier) : nil,
                symbology: symbologies.randomElement(using: &generator) ?? nil,
                addOn: round % 5 == 0 ? digits("05") : nil, source: .camera)
            let back = try #require(
                ScanInput(cartCode: input.cartCode, symbology: input.cartSymbology),
                "\(input)")
            #expect(back == input)
        }
    }

    @Test("typed noise comes back as it was")
    func typedRoundTrip() throws {
        var generator = SeededChance(seed: 12)
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                [0x5D, 0x43, 0x31, 0x45, 0x33, 0x20, 0x28, 0x29].randomElement(using: &generator)
                    ?? UInt8(0x30)
            }
            let input = ScanInput(typed: String(decoding: bytes, as: UTF8.self))
            #expect(ScanInput(cartCode: input.cartCode, symbology: "typed") == input)
        }
    }
}
