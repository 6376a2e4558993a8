import Testing
import ToteBarcodes
import ToteValues

@Suite("Labels of a store")
struct TemplateTests {
    private func article(_ code: ScannedCode) throws -> ArticleCode {
        try #require(code.reading.article)
    }

    @Test("a German price label gives article, price and the number without its value")
    func germanPrice() throws {
        let code = try Fixtures.camera("2212344002390".utf8, .ean13)
        let article = try article(code)
        #expect(article.gtin == nil)
        #expect(article.templateID == "de-22")
        #expect(article.lookupKeys.map(\.text) == ["de-22/1234", "code:2212340000000"])
        #expect(article.measure?.kind == .price(239))
        #expect(code.purpose == .measuredProduct)
    }

    @Test(
        "weights of the sample labels",
        arguments: [
            ("2812346005001", "de-28/1234", 500), ("2812347012503", "de-28/1234", 1250),
            ("2856787000959", "de-28/5678", 95), ("2943217012504", "de-29/4321", 1250),
        ])
    func weights(number: String, key: String, grams: Int) throws {
        let article = try article(Fixtures.camera(number.utf8, .ean13))
        #expect(article.lookupKeys.first?.text == key)
        #expect(article.measure?.kind == .mass(grams: grams))
    }

    @Test("British and American labels read as the standard's examples")
    func otherCountries() throws {
        let gb = try article(
            Fixtures.camera("2011122912346".utf8, .ean13, Fixtures.rules("GB")))
        #expect(gb.lookupKeys.map(\.text) == ["gb-20/11122", "code:2011122000005"])
        #expect(gb.measure?.kind == .price(1234))
        let us = try article(
            Fixtures.camera("0226907642239".utf8, .ean13, Fixtures.rules("US")))
        #expect(us.lookupKeys.map(\.text) == ["us-2/26907", "code:0226907000008"])
        #expect(us.measure?.kind == .price(4223))
    }

    @Test("Nordic prefixes fix the decimals")
    func nordicScales() throws {
        let payload = digits("241234560123")
        let number = payload + [0x30 + CheckDigit.mod10(payload)]
        let swedish = try article(Fixtures.camera(number, .ean13, Fixtures.rules("SE")))
        #expect(swedish.measure?.kind == .mass(grams: 1230))
        let finnish = try article(Fixtures.camera(number, .ean13, Fixtures.rules("FI")))
        #expect(finnish.templateID == "fi-24")
    }

    @Test("all presets of the table compile")
    func presets() {
        for (country, rows) in MeasureTemplate.table {
            #expect(MeasureTemplate.presets(country: country).count == rows.count, "\(country)")
        }
        #expect(MeasureTemplate.presets(country: "XX").isEmpty)
        let count = MeasureTemplate.table.values.reduce(0) { $0 + $1.count }
        #expect(count == 6 + 1 + 7 + 6 + 6 + 4 * 3 + 2)
    }

    @Test("a wrong inner check digit puts the value in doubt: no sale, no repair")
    func verifier() throws {
        let payload = digits("221234300239")
        let number = payload + [0x30 + CheckDigit.mod10(payload)]
        let error = #expect(throws: BarcodeError.self) { try Fixtures.camera(number, .ean13) }
        #expect(error?.code == .priceEmbeddedInvalid)
        #expect(error?.expected == "4")
        #expect(error?.found == "3")
        let input = ScanInput(bytes: number, symbology: .ean13, source: .camera)
        let diagnosis = diagnose(
            input, rules: Fixtures.rules(), today: Fixtures.today, isListed: { _ in true })
        #expect(diagnosis.repairs.isEmpty)
        #expect(diagnosis.headline.contains("de-22"))
    }

    @Test("a value of 0 or above the ceiling is refused")
    func values() throws {
        let label = try Fixtures.template("22{code:4}{i}{embed:5}{ec}").create(
            code: "1234", value: 0)
        let zero = #expect(throws: BarcodeError.self) {
            try Fixtures.camera(label.utf8, .ean13)
        }
        #expect(zero?.code == .priceEmbeddedInvalid)
        let limited = try MeasureTemplate(
            id: "own", text: "28{code:4}{i}{embed:5}{ec}", unit: .grams, priority: 20,
            maxValue: 499)
        let heavy = #expect(throws: BarcodeError.self) {
            try Fixtures.camera("2812346005001".utf8, .ean13, Fixtures.rules(extra: [limited]))
        }
        #expect(heavy?.code == .priceEmbeddedInvalid)
    }

    @Test("a restricted number that no template reads is never a brand article")
    func unknownInStore() {
        let noRules = StoreRules(store: 1, currency: .euro)
        for payload in ["201234567890", "024512345678", "041234567890", "290000000001"] {
            let number = digits(payload) + [0x30 + CheckDigit.mod10(digits(payload))]
            let error = #expect(throws: BarcodeError.self) {
                try Fixtures.camera(number, .ean13, noRules)
            }
            #expect(error?.code == .unknownInStoreCode, "\(payload)")
        }
        let eight = digits("2123456")
        let ean8 = #expect(throws: BarcodeError.self) {
            try Fixtures.camera(eight + [0x30 + CheckDigit.mod10(eight)], .ean8, noRules)
        }
        #expect(ean8?.code == .unknownInStoreCode)
    }

    @Test("templates of equal priority that disagree are ambiguous; the higher one wins")
    func priorities() throws {
        let same = try MeasureTemplate(
            id: "own", text: "28{code:5}{embed:5}{ec}", unit: .grams)
        let error = #expect(throws: BarcodeError.self) {
            try Fixtures.camera("2812346005001".utf8, .ean13, Fixtures.rules(extra: [same]))
        }
        #expect(error?.code == .ambiguousTemplate)
        #expect(error?.readings.count == 2)
        let higher = try MeasureTemplate(
            id: "own", text: "28{code:5}{embed:5}{ec}", unit: .grams, priority: 11)
        let code = try Fixtures.camera(
            "2812346005001".utf8, .ean13, Fixtures.rules(extra: [higher]))
        #expect(code.reading.article?.templateID == "own")
        #expect(code.findings.map(\.kind) == [.higherPriorityTemplate])
    }

    @Test("a long label of several parts gives article and weight")
    func multiPart() throws {
        let long = try MeasureTemplate(
            id: "long", text: "01{code:14}15{_:6}3103{embed:3.3}10{_:*}", unit: .grams)
        let code = try Fixtures.camera(
            "0194036300455874150608243103012545103760551236".utf8, .code128,
            Fixtures.rules(extra: [long]))
        #expect(code.lookupKeys.map(\.text) == ["long/94036300455874"])
        #expect(code.measure?.kind == .mass(grams: 12_545))
    }

    @Test(
        "a template outside the grammar is refused with its offset",
        arguments: [
            "", "{}", "{code:0}", "{code:07}", "{code:19}", "{embed:1.}", "{embed:.1}",
            "{embed:10.9}", "{embed100:17}", "{_:*}{code:4}", "{code:*}1", "{ec}", "1{i}{ec}",
            "{code:4}{code:4}", "2{code:4}{embed:5}{embed:5}", "{code=}", "{i}{i}{embed:4}",
            "é{code:4}", "{code:٤}", "{code:4", "code:4}", "{code: 4}", "{code:+4}",
            "{code:4}{embed:5}{ec}",
        ])
    func grammar(text: String) {
        let error = #expect(throws: BarcodeError.self) { try Fixtures.template(text) }
        #expect(error?.code == .template, "\(text)")
        #expect(error?.offset != nil)
    }

    @Test("matching what was created gives back code and value")
    func roundTrip() throws {
        var generator = SeededChance(seed: 7)
        let texts = [
            "28{code:4}{i}{embed:5}{ec}", "2{code:5}{i}{embed:4}{ec}", "{code:6}{embed:4}{ec}00",
            "S{_:4}{embed:5}{code:*}", "{embed100:4}{code:ean8}", "99{code:3}{embed:3.2}{price:4}",
        ].filter { !$0.contains("{ec}00") }
        for text in texts {
            let template = try Fixtures.template(text)
            for _ in 0..<300 {
                let isEAN = text.contains("ean8")
                let length = text.contains("code:5") ? 5 : text.contains("code:3") ? 3 : 4
                let payload = (0..<(isEAN ? 7 : length)).map { _ in
                    UInt8.random(in: 0x30...0x39, using: &generator)
                }
                let check = isEAN ? [0x30 + CheckDigit.mod10(payload)] : []
                let code = String(decoding: payload + check, as: UTF8.self)
                let hundred: Int64 = text.contains("100") ? 100 : 1
                let value = Int64.random(in: 0...9999, using: &generator) * hundred
                let made = try template.create(code: code, value: value)
                let read = template.pattern.match(digits(made))
                #expect(read?.code == code)
                #expect(read?.embed == value)
                #expect(read?.failedCheck == nil)
            }
        }
    }

    @Test("a value that does not fit its digits is refused")
    func tooLarge() throws {
        let template = try Fixtures.template("28{code:4}{i}{embed:5}{ec}")
        for value in [100_000, -1] as [Int64] {
            let error = #expect(throws: BarcodeError.self) {
                try template.create(code: "1234", value: value)
            }
            #expect(error?.found == "valueTooLarge")
        }
        #expect(throws: BarcodeError.self) { try template.create(code: "123", value: 1) }
        #expect(throws: BarcodeError.self) { try template.embed(1, into: "2912340000000") }
        #expect(throws: BarcodeError.self) { try template.embed(1, into: "29") }
    }
}
