import Testing
import ToteBarcodes
import ToteValues

@Suite("GS1 elements and links")
struct ElementTests {
    private func article(_ line: String, _ rules: StoreRules = Fixtures.rules()) throws
        -> ArticleCode
    {
        try #require(try Fixtures.scanned(line, rules).reading.article)
    }

    private func error(_ line: String) -> BarcodeError? {
        #expect(throws: BarcodeError.self) { try Fixtures.scanned(line) }
    }

    @Test("lot and serial with a separator between them")
    func worked() throws {
        let article = try article("]C1010952123454321310ABC~21X1")
        #expect(article.gtin?.text == "09521234543213")
        #expect(article.elements?["10"] == "ABC")
        #expect(article.elements?["21"] == "X1")
        #expect(article.elements?.bracketed == "(01)09521234543213(10)ABC(21)X1")
        #expect(article.measure == nil)
    }

    @Test("a DataBar Expanded with weight and best before")
    func weight() throws {
        let code = try Fixtures.scanned("]e00109521234543213310300075015270331")
        #expect(code.measure?.kind == .mass(grams: 750))
        #expect(code.reading.article?.elements?["15"] == "270331")
        #expect(code.purpose == .measuredProduct)
    }

    @Test("a price in the code, with a note that its weight is missing")
    func price() throws {
        let code = try Fixtures.scanned("]e0010401234500008539221299")
        #expect(code.measure?.kind == .price(1299))
        #expect(code.findings.map(\.kind) == [.measureMissing])
    }

    @Test(
        "measures become whole units",
        arguments: [
            ("3100000002", MeasureKind.mass(grams: 2000)), ("3105012345", .mass(grams: 123)),
            ("3105012350", .mass(grams: 124)), ("3201000010", .mass(grams: 454)),
            ("3202000220", .mass(grams: 998)), ("3150000002", .volume(millilitres: 2000)),
            ("3112000150", .length(millimetres: 1500)), ("3012", .count(12)),
            ("3561000010", .mass(grams: 31)),
        ])
    func measures(data: String, kind: MeasureKind) throws {
        let code = try Fixtures.scanned("]C10109521234543213\(data)")
        #expect(code.measure?.kind == kind)
    }

    @Test("amounts follow the currency's exponent, and another currency is refused")
    func amounts() throws {
        let yen = try #require(Currency(code: "JPY"))
        let japanese = StoreRules(store: 1, currency: yen)
        #expect(
            try article("]C101095212345432133001~3920138", japanese).measure?.kind == .price(138))
        #expect(
            try article("]C101095212345432133001~3932978299").measure?.kind == .price(299))
        #expect(error("]C101095212345432133001~3932840299")?.failure == .foreignCurrency)
        #expect(error("]C101095212345432133001~3932998299")?.failure == .unknownCurrency)
        // 999 is ISO 4217's code for no currency at all.
        #expect(error("]C101095212345432133001~3932999299")?.failure == .foreignCurrency)
        #expect(error("]C101095212345432133001~3923001255")?.failure == .fraction)
        #expect(
            try article("]C101095212345432133001~3923001250").measure?.kind == .price(125))
        #expect(error("]C101095212345432133001~39220")?.code == .priceEmbeddedInvalid)
        #expect(error("]C101095212345432133103000000")?.code == .priceEmbeddedInvalid)
        let unit = try article("]C1010952123454321331030005003952001299")
        #expect(unit.measure?.unitPriceMinor == 1299)
    }

    @Test(
        "what is wrong is named with its offset, and nothing is half applied",
        arguments: [
            ("]C10109521234", BarcodeError.Code.element, 2),
            ("]C10109521234543214", .element, 15),
            ("]C1010952123454321310", .element, 18),
            ("]C10109521234543213310600075", .unknownAI, 16),
            ("]C1010952123454321305", .unknownAI, 16),
            ("]C1010952123454321", .element, 2),
            ("]C101095212345432130", .unknownAI, 16),
            ("]C1010952123454321317260230", .element, 22),
            ("]C101095212345432131726023", .element, 18),
            ("]C1010952123454321310ABCDEFGHIJKLMNOPQRSTU", .element, 18),
            ("]C1010952123454321310A\u{1}", .element, 19),
            ("]C1AB", .unknownAI, 0),
            ("]d2~", .empty, nil), ("]e0", .empty, nil),
        ] as [(String, BarcodeError.Code, Int?)])
    func refused(line: String, code: BarcodeError.Code, offset: Int?) {
        let error = error(line)
        if line.hasSuffix("~") || line == "]e0" {
            #expect(error != nil)
        } else {
            #expect(error?.code == code, "\(line)")
            #expect(error?.offset == offset, "\(line)")
        }
        #expect(error?.mend.isEmpty == false)
    }

    @Test("exclusions, requisites and repeats")
    func associations() {
        #expect(error("]Q30109521234543213235X~21A")?.failure == .excluded)
        #expect(error("]C110ABC")?.failure == .required)
        #expect(error("]C1010952123454321310A~10B")?.failure == .repeated)
        #expect(error("]C10209521234543213")?.failure == .required)
        #expect(throws: Never.self) { try Fixtures.scanned("]C1010952123454321310A~10A") }
    }

    @Test("superfluous separators are tolerated")
    func separators() throws {
        let article = try article("]C10109521234543213~~10A~~17271231~")
        #expect(article.elements?.elements.map(\.ai) == ["01", "10", "17"])
        #expect(article.elements?.elements.last?.range == 25..<31)
    }

    @Test("two-digit years lie within fifty years of today, and day 00 is the last")
    func dates() {
        let rules = ElementRules(today: Fixtures.today)
        for (text, day) in [
            ("760101", "2076-01-01"), ("770101", "1977-01-01"), ("200200", "2020-02-29"),
            ("261130", "2026-11-30"), ("270200", "2027-02-28"),
        ] {
            #expect(rules.day(digits(text)[...], dayMayBeZero: true) == Fixtures.day(day))
        }
        for text in ["260230", "261301", "260001", "26010", "2601AA"] {
            #expect(rules.day(digits(text)[...], dayMayBeZero: true) == nil, "\(text)")
        }
        #expect(rules.day(digits("260200")[...], dayMayBeZero: false) == nil)
        #expect(error("]C101095212345432137003261231240")?.code == .element)
        #expect(error("]C1010952123454321370032612312400")?.failure == .impossibleTime)
        #expect(throws: Never.self) {
            try Fixtures.scanned("]C1010952123454321370032612312359")
        }
    }

    @Test("shipping labels, cards and coupons are no articles")
    func others() throws {
        #expect(try Fixtures.scanned("]C100006141411234567890").purpose == .logistic)
        let card = try Fixtures.scanned("]C18018123456789012345675")
        #expect(card.purpose == .member)
        #expect(card.reading == .token(OpaqueToken(kind: nil, text: "123456789012345675")))
        let coupon = try Fixtures.scanned("]e08110106141416543213150110120")
        #expect(coupon.purpose == .coupon)
        #expect(coupon.lookupKeys.isEmpty)
    }

    @Test("brackets may be typed")
    func bracketed() throws {
        let code = try Fixtures.typed("(01)09521234543213(3103)000750")
        #expect(code.measure?.kind == .mass(grams: 750))
        #expect(code.reading.article?.elements?.origin == .bracketed)
        #expect(throws: BarcodeError.self) { try Fixtures.typed("(01)0952123454321") }
        #expect(throws: BarcodeError.self) { try Fixtures.typed("(01") }
    }

    @Test("an element string without identifier is found by its first key")
    func bare() throws {
        #expect(try Fixtures.scanned("010952123454321310ABC").purpose == .product)
        let error = error("010952123454321410ABC")
        #expect(error?.code == .element)
    }

    @Test("a restricted number inside (01) is read by the store's template")
    func restrictedInside() throws {
        let article = try article("]e00102812346005001")
        #expect(article.templateID == "de-28")
        #expect(article.measure?.kind == .mass(grams: 500))
        #expect(article.elements != nil)
        #expect(error("]e00102012345678903")?.code == .unknownInStoreCode)
    }

    @Test("a Digital Link gives article, weight and price")
    func link() throws {
        let line = "]Q1https://id.gs1.org/01/09520123456788?3103=000195&3922=0299&17=201225"
        let article = try article(line)
        #expect(
            article.elements?.bracketed == "(01)09520123456788(3103)000195(3922)0299(17)201225")
        #expect(article.measure?.kind == .price(299))
        let weighed = try self.article("]Q1HTTPS://example.com/a/01/09520123456788?3103=000195")
        #expect(weighed.measure?.kind == .mass(grams: 195))
    }

    @Test("the last key counts, qualifiers stand in order, escapes are decoded")
    func linkPath() throws {
        let last = try article("]Q1https://a/01/faux/01/09520123456788/22/v/10/a%2fb/21/s#f")
        #expect(last.elements?["10"] == "a/b")
        #expect(last.elements?["22"] == "v")
        #expect(error("]Q1https://a/01/09520123456788/10/a/22/v")?.code == .digitalLink)
        #expect(error("]Q1https://a/01/09520123456788/10/a+b%20c")?.code == .element)
    }

    @Test(
        "links that break the grammar are refused",
        arguments: [
            "https://example.com/01/09520123456788?10=ABC123", "https://a/01/09520123456788/",
            "https://a/01//09520123456788", "https://a/01/09520123456788/../../",
            "https://a/01/09520123456788?17=270101&17=270101", "https://a/01/09520123456788?17=",
            "https://a/01/09520123456788?999=1", "https://a/01/09520123456788?17=%2",
            "https://a/01/09520123456788`", "https://a/01/9520123456788",
            "https:///01/09520123456788",
            "https://a/01/09520123456789", "https://a/01/%30952012345678%GG",
        ])
    func refusedLinks(link: String) {
        let error = error("]Q1" + link)
        #expect(error?.code == .digitalLink || error?.code == .element, "\(link)")
    }

    @Test(
        "other links are texts: never opened, never run",
        arguments: [
            "javascript:alert(1)", "file:///etc/passwd", "tel:+491234", "https://example.com/",
            "https://01/09520123456788", "http://", "ftp://a/01/09520123456788", "WIFI:S:x;;",
        ])
    func otherLinks(link: String) throws {
        let code = try Fixtures.scanned("]Q1" + link)
        #expect(code.reading == .text(link))
        #expect(code.purpose == .unknown)
    }

    @Test("2 MB, nested zeros and noise neither crash nor sell")
    func noise() {
        #expect(error("]C1" + String(repeating: "0", count: 2_000_000))?.code == .tooLong)
        var generator = SeededChance(seed: 3)
        let rules = Fixtures.rules()
        let aims = ["C1", "e0", "Q1", "Q3", "E0", "E4", "I1", "C0", "X0"]
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...40, using: &generator)
            let isNumeric = Bool.random(using: &generator)
            let bytes = (0..<count).map { _ in
                isNumeric
                    ? UInt8.random(in: 0x2F...0x39, using: &generator)
                    : UInt8.random(in: 0...255, using: &generator)
            }
            let aim = aims.randomElement(using: &generator).flatMap {
                SymbologyIdentifier(text: "]\($0)")
            }
            let input = ScanInput(
                bytes: bytes, aim: Bool.random(using: &generator) ? aim : nil, source: .scanner)
            let code = try? interpret(input, rules: rules, today: Fixtures.today)
            if let measure = code?.measure, case .price(let minor) = measure.kind {
                #expect(minor > 0)
            }
        }
    }
}
