import Testing
import ToteBarcodes
import ToteValues

@Suite("Digital Links built and compressed")
struct DigitalLinkBuildTests {
    private let link = DigitalLink(table: .standard, today: Fixtures.today)

    private func elements(_ text: String) throws -> ElementString {
        let parser = ElementParser(table: .standard, today: Fixtures.today)
        return try parser.parseBracketed(Array(text.utf8))
    }

    @Test(
        "what is built reads as what it was built from (DL-6)",
        arguments: [
            "(01)09520123456788(10)A/B?(21)x&y=1(17)201225", "(00)106141412345678908",
            "(414)9520123456788(254)32a/b", "(8018)123456789012345675(8019)123",
            "(01)09520123456788(235)TPX(10)L",
        ])
    func roundTrip(text: String) throws {
        let text = try link.build(elements(text))
        let again = try #require(try link.parse(Array(text.utf8)))
        #expect(try link.build(again) == text)
    }

    @Test(
        "lots keep their zeros and every character through compression (DL-7)",
        arguments: [
            "(01)07032069804988(10)0329", "(01)07032069804988(10)000", "(01)07032069804988(10)0aF",
            "(01)07032069804988(10)A%&/(17)271224(21)abcdef0123456789",
            "(253)95260640000280000A1", "(8004)95206141412345678901234567890",
            "(01)07032069804988(3103)000750(3922)0299",
            "(00)106141412345678908(37)12(02)07032069804988",
            "(01)07032069804988(7007)260101260131",
        ])
    func compression(text: String) throws {
        let string = try elements(text)
        let short = try link.compress(string)
        let (back, stem) = try link.decompress(Array(short.utf8))
        #expect(stem == DigitalLink.canonicalStem)
        #expect(
            Set(back.elements.map { "\($0.ai)=\($0.value)" })
                == Set(string.elements.map { "\($0.ai)=\($0.value)" }))
    }

    @Test(
        "what is no compressed link is refused",
        arguments: [
            "https://id.gs1.org/", "https://id.gs1.org/AQZv9RVUpC6Ebw?x=1", "https://id.gs1.org/A",
            "https://id.gs1.org/AQZv9RVUpC6Ebx", "https://id.gs1.org/____________",
            "https://id.gs1.org/AQZv9RVUpC6E", "tel:AQZv9RVUpC6Ebw",
        ])
    func broken(text: String) {
        #expect(throws: BarcodeError.self) { try link.decompress(Array(text.utf8)) }
    }

    @Test("codes for identifiers that come together are read: 0B is (01) and (10)")
    func combination() throws {
        var bits = "00001011"
        bits += String(UInt64(7_032_069_804_988), radix: 2).leftPadded(47)
        bits += "000" + "00100" + String(329, radix: 2).leftPadded(14)
        let alphabet = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        while bits.count % 6 != 0 { bits += "0" }
        var text = ""
        var rest = bits[...]
        while !rest.isEmpty {
            text.append(alphabet[Int(rest.prefix(6), radix: 2) ?? 0])
            rest = rest.dropFirst(6)
        }
        let (back, _) = try link.decompress(Array("https://a/\(text)".utf8))
        #expect(back.bracketed == "(01)07032069804988(10)0329")
    }

    @Test(
        "a stem must lead somewhere",
        arguments: [
            "ftp://a", "https://", "https://a?b", "https://u@a", "https://a:70000", "a",
        ])
    func stems(stem: String) throws {
        let string = try elements("(01)07032069804988")
        #expect(throws: BarcodeError.self) { try link.build(string, stem: stem) }
    }

    @Test(
        "hosts that only deceive are refused",
        arguments: [
            "https://gs1.org@evil/01/09520123456788", "https://a:b/01/09520123456788",
            "https://[x]/01/09520123456788", "https://a:65536/01/09520123456788",
        ])
    func hosts(text: String) {
        #expect(throws: BarcodeError.self) { try link.parse(Array(text.utf8)) }
    }
}

extension String {
    fileprivate func leftPadded(_ count: Int) -> String {
        String(repeating: "0", count: count - self.count) + self
    }
}
