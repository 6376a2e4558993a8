import Testing
import ToteTerminal
import ToteValues

@Suite("QR codes in the terminal")
struct QRTests {
    private func pass() throws -> QRSymbol {
        let bytes = (0..<102).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 1) }
        let text = Base45.encode(bytes)
        #expect(text.utf8.count == 153)
        return try QRSymbol(text: text)
    }

    @Test("a pass of 153 characters is version 5 and fits 45 columns and 23 rows")
    func passFits() throws {
        let symbol = try pass()
        #expect(symbol.version == 5)
        #expect(symbol.side == 37)
        let rows = TerminalQR.rows(symbol, background: .dark)
        #expect(rows.count == 23)
        #expect(rows.allSatisfy { VisibleText.width($0) == 45 })
    }

    @Test("any pass is version 5, whatever its bytes")
    func anyPass() throws {
        for fill in [0, 1, 0x30, 0x7F, 0xFF] as [UInt8] {
            let text = Base45.encode([UInt8](repeating: fill, count: 102))
            #expect(try QRSymbol(text: text).version == 5)
        }
    }

    @Test("three corners bear the finder pattern, and the fourth does not")
    func finders() throws {
        let symbol = try pass()
        let last = symbol.side - 7
        func isFinder(_ left: Int, _ top: Int) -> Bool {
            (0..<7).allSatisfy { y in
                (0..<7).allSatisfy { x in
                    let ring = max(abs(x - 3), abs(y - 3))
                    return symbol.isDark(x: left + x, y: top + y) == (ring != 2)
                }
            }
        }
        #expect(isFinder(0, 0))
        #expect(isFinder(last, 0))
        #expect(isFinder(0, last))
        #expect(!isFinder(last, last))
    }

    @Test("light and dark terminals get the opposite ink, and both the quiet zone")
    func backgrounds() throws {
        let symbol = try pass()
        let dark = TerminalQR.rows(symbol, background: .dark)
        let light = TerminalQR.rows(symbol, background: .light)
        #expect(dark[0] == String(repeating: "█", count: 45))
        #expect(light[0] == String(repeating: " ", count: 45))
        #expect(dark[22] == String(repeating: "▀", count: 45))
        let inverse: [Character: Character] = ["█": " ", " ": "█", "▀": "▄", "▄": "▀"]
        for row in 0..<22 {
            #expect(String(dark[row].compactMap { inverse[$0] }) == light[row])
        }
    }

    @Test("pictures have the size they say, and the modules in place")
    func pictures() throws {
        let symbol = try pass()
        let pgm = TerminalQR.pgm(symbol, scale: 3)
        let header = Array("P5\n135 135\n255\n".utf8)
        #expect(pgm.starts(with: header))
        #expect(pgm.count == header.count + 135 * 135)
        let pixel = { (x: Int, y: Int) in pgm[header.count + y * 135 + x] }
        #expect(pixel(0, 0) == 255)
        #expect(pixel(12, 12) == 0)
        #expect(pixel(15, 15) == 255)
        let pbm = TerminalQR.pbm(symbol, scale: 1)
        #expect(pbm.starts(with: Array("P4\n45 45\n".utf8)))
        #expect(pbm.count == 9 + 45 * 6)
    }

    @Test("other text is encoded as bytes, and too much is refused")
    func otherText() throws {
        #expect(try QRSymbol(text: "https://id.gs1.org/01/04012345000016").version == 3)
        #expect(try QRSymbol(text: "grüße").version == 1)
        let error = #expect(throws: QRError.self) {
            try QRSymbol(text: String(repeating: "é", count: 2000))
        }
        #expect(error?.bytes == 4000)
        #expect(throws: QRError.self) { try QRSymbol(text: "") }
    }
}
