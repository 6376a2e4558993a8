import Testing
import ToteBarcodes
import ToteValues

/// One test for each rule whose loss nobody would notice at once (MUT-1).
@Suite("Rules that must not slip")
struct CodeRuleTests {
    @Test("a plus is a plus in the path of a link, and a space in its query only")
    func plus() throws {
        let path = try Fixtures.scanned("]Q1https://id.gs1.org/01/09520123456788/10/A+B")
        #expect(path.reading.article?.elements?["10"] == "A+B")
        // (91) may hold no space: decoded, the value is no longer one.
        #expect(throws: BarcodeError.self) {
            try Fixtures.scanned("]Q1https://id.gs1.org/01/09520123456788?91=A+B")
        }
        let escaped = try Fixtures.scanned("]Q1https://id.gs1.org/01/09520123456788?91=A%2BB")
        #expect(escaped.reading.article?.elements?["91"] == "A+B")
    }

    @Test("day 00 is a day: the last one of its month")
    func dayZero() throws {
        let code = try Fixtures.scanned("]C1010952123454321317280200")
        #expect(code.reading.article?.elements?["17"] == "280200")
        #expect(throws: BarcodeError.self) {
            try Fixtures.scanned("]C1010952123454321317280230")
        }
    }

    @Test("the indicator of a pack stays in its number")
    func indicator() throws {
        let pack = try Fixtures.scanned("]I110012345678902")
        #expect(pack.lookupKeys.map(\.text) == ["10012345678902"])
        #expect(GTIN14("10012345678902") != GTIN14("00012345678905"))
    }

    @Test("organic and conventional produce are never each other")
    func organic() throws {
        #expect(try Fixtures.typed("94959").lookupKeys.map(\.text) == ["plu:94959"])
        #expect(try Fixtures.typed("4959").lookupKeys.map(\.text) == ["plu:4959"])
    }

    @Test(
        "the inner check digits of the standard's values",
        arguments: [
            ("1234", 9), ("4223", 6), ("00239", 4), ("00500", 6), ("00074", 3),
        ] as [(String, UInt8)])
    func verifiers(value: String, digit: UInt8) {
        #expect(CheckDigit.verifier(digits(value)) == digit)
    }
}
