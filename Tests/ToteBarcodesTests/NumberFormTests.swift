import Testing
import ToteBarcodes
import ToteValues

@Suite("Forms of numbers, and values in elements")
struct NumberFormTests {
    @Test("a number has the shortest form it was given out in")
    func formats() throws {
        let forms: [(String, GTIN14.Format)] = [
            ("96385074", .gtin8), ("00000096385074", .gtin8), ("614141000036", .gtin12),
            ("4006381333931", .gtin13), ("98765432109213", .gtin14),
        ]
        for (text, format) in forms {
            let gtin = try #require(GTIN14(text))
            #expect(gtin.format == format)
            #expect(GTIN14(try #require(gtin.text(as: format))) == gtin)
            for shorter in GTIN14.Format.allCases where shorter.rawValue < format.rawValue {
                #expect(gtin.text(as: shorter) == nil)
            }
        }
    }

    @Test("UPC-E expands, and every number it can stand for comes back")
    func upcE() throws {
        for number in stride(from: 0, to: 2_000_000, by: 997) {
            let payload = Array(String(10_000_000 + number).dropFirst().utf8)
            guard let gtin = GTIN14(upcE: String(decoding: payload, as: UTF8.self)) else {
                Issue.record("\(number)")
                continue
            }
            let short = try #require(gtin.upcE)
            #expect(GTIN14(upcE: short) == gtin)
        }
        #expect(GTIN14(upcE: "2425261") == nil)
        #expect(GTIN14(upcE: "04252615") == nil)
        #expect(GTIN14("614141000036")?.upcE == nil)
    }

    @Test(
        "prefixes and circles of numbers",
        arguments: [
            ("4006381333931", "400", nil), ("0000902914511", "00009", nil),
            ("96385074", "963", nil),
            ("2812346005001", "281", "region"), ("0412345678903", "041", "company"),
            ("00012348", "000", "company"),
        ])
    func prefixes(text: String, prefix: String, circle: String?) throws {
        let gtin = try #require(GTIN14(text))
        #expect(gtin.prefix == prefix)
        #expect(gtin.restriction?.rawValue == circle)
    }

    private func element(_ ai: String, _ value: String) -> ElementString.Element {
        ElementString.Element(ai: ai, value: value, range: 0..<0)
    }

    @Test(
        "amounts and measures are exact decimals",
        arguments: [
            ("3103", "000750", "0.750"), ("3100", "000002", "2"), ("3922", "5", "0.05"),
            ("3931", "9780125", "12.5"), ("3940", "0010", "10"), ("3105", "123456", "1.23456"),
        ])
    func decimals(ai: String, value: String, text: String) {
        #expect(element(ai, value).decimalText == text)
        #expect(element("10", value).decimalText == nil)
    }

    @Test("dates and times are told apart")
    func dates() {
        #expect(element("7011", "2606301845").time?.hour == 18)
        #expect(element("7011", "260630").time == nil)
        #expect(element("4324", "2606309999").time == nil)
        #expect(element("4324", "2606309999").day(today: Fixtures.today) == Fixtures.today)
        #expect(element("8008", "26063018").time?.minute == 0)
        #expect(element("7007", "260101260131").day(today: Fixtures.today) == nil)
        #expect(element("10", "260101").day(today: Fixtures.today) == nil)
    }
}

@Suite("The short way of plain articles")
struct PlainArticleTests {
    @Test("an EAN-13 with a leading 0 means what its UPC-A means, label, coupon or article")
    func sameAsUPCA() {
        var generator = SeededChance(seed: 11)
        let rules = [Fixtures.rules("US"), Fixtures.rules("DE"), Fixtures.rules("GB")]
        for _ in 0..<2000 {
            let payload = (0..<11).map { _ in UInt8.random(in: 0x30...0x39, using: &generator) }
            let twelve = payload + [0x30 + CheckDigit.mod10(payload)]
            for rules in rules {
                let short = Result { try Fixtures.camera(twelve, .ean13, rules).reading }
                let long = Result { try Fixtures.camera([0x30] + twelve, .ean13, rules).reading }
                #expect((try? short.get()) == (try? long.get()))
            }
        }
    }

    @Test("a store's own number goes before the article that it looks like")
    func purposeFirst() throws {
        let card = PurposeRule(id: "card", purpose: .member, prefix: "40063", length: 13...13)
        let rules = Fixtures.rules(purposes: [card])
        let code = try Fixtures.camera(digits("4006381333931"), .ean13, rules)
        #expect(code.purpose == .member)
        let label = try Fixtures.template("4006{code:4}{embed:4}{ec}")
        let labelled = try Fixtures.camera(
            digits("4006381333931"), .ean13, Fixtures.rules(extra: [label], purposes: []))
        #expect(labelled.reading.article?.templateID == "t")
    }
}
