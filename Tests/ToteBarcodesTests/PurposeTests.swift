import Testing
import ToteBarcodes
import ToteValues

@Suite("Purposes")
struct PurposeTests {
    private func text(_ kind: CodeKind, first: UInt8? = nil, extra: Int = 0) -> String {
        var bytes = [UInt8](repeating: 7, count: kind.length + extra)
        bytes[0] = first ?? kind.rawValue
        return Base45.encode(bytes)
    }

    @Test("each of Tote's own codes is known by its kind, from QR and from the keyboard")
    func kinds() throws {
        for kind in CodeKind.allCases where kind != .statusList {
            let text = text(kind)
            let token = CodeReading.token(OpaqueToken(kind: kind, text: text))
            let scanned = try Fixtures.camera(text.utf8, .qr)
            #expect(scanned.reading == token)
            #expect(scanned.purpose == kind.purpose)
            #expect(try Fixtures.typed(text).purpose == kind.purpose)
        }
    }

    @Test("the same text in another symbology, or of another length, is no pass")
    func notAPass() throws {
        let pass = text(.exitPass)
        #expect(try Fixtures.camera(pass.utf8, .code128).purpose == .unknown)
        #expect(try Fixtures.camera(pass.utf8, .dataMatrix).purpose == .unknown)
        #expect(try Fixtures.scanned(pass).purpose == .exitPass)
        #expect(try Fixtures.scanned("]C0" + pass).purpose == .unknown)
        #expect(try Fixtures.camera(text(.exitPass, extra: 2).utf8, .qr).purpose == .unknown)
        #expect(try Fixtures.camera(text(.exitPass, first: 0).utf8, .qr).purpose == .unknown)
        #expect(try Fixtures.camera((pass + " ").utf8, .qr).purpose == .unknown)
    }

    @Test("a member card is known by prefix, length and alphabet, whatever carries it")
    func memberCard() throws {
        for symbology in [Symbology.code128, .qr, .code39] {
            let code = try Fixtures.camera("M-20417358".utf8, symbology)
            #expect(code.purpose == .member)
            #expect(code.reading == .token(OpaqueToken(kind: nil, text: "M-20417358")))
        }
        #expect(try Fixtures.typed("M-20417358").purpose == .member)
        for wrong in ["M-2041735", "M-204173581", "M-2041735X", "N-20417358", "m-20417358"] {
            #expect(try Fixtures.camera(wrong.utf8, .code128).purpose == .unknown, "\(wrong)")
        }
    }

    @Test("a card with an EAN number comes before the article of that number")
    func cardAsEAN() throws {
        let rule = PurposeRule(
            id: "ean-card", purpose: .member, prefix: "29", length: 13...13, check: .mod10)
        let rules = Fixtures.rules(purposes: [rule])
        #expect(try Fixtures.camera("2943217012504".utf8, .ean13, rules).purpose == .member)
        #expect(
            try Fixtures.camera("2812346005001".utf8, .ean13, rules).purpose == .measuredProduct)
        #expect(throws: BarcodeError.self) {
            try Fixtures.camera("2943217012505".utf8, .ean13, rules)
        }
    }

    @Test("a code for another purpose says what it is and where it belongs")
    func wrongPurpose() throws {
        let pass = try Fixtures.camera(text(.exitPass).utf8, .qr)
        let error = #expect(throws: BarcodeError.self) {
            try pass.expecting([.product, .measuredProduct])
        }
        #expect(error?.code == .wrongPurpose)
        #expect(error?.found == "exitPass")
        #expect(error?.message == "This is an exit pass.")
        #expect(error?.mend == "Show it at the exit gate.")
        #expect(try pass.expecting([.exitPass]) == pass)
    }

    @Test("every purpose says what it is and where it belongs")
    func words() {
        for purpose in CodePurpose.allCases {
            #expect(!purpose.words.isEmpty)
            #expect(purpose.place.hasSuffix("."))
        }
    }

    @Test("rules that one code could both meet are refused when the store's rules load")
    func overlap() throws {
        let wide = PurposeRule(
            id: "wide", purpose: .giftCard, prefix: "M", length: 8...12, alphabet: .printable)
        let rules = StoreRules(store: 1, currency: .euro, purposes: [Fixtures.card, wide])
        #expect(rules.overlap?.0.id == "card")
        #expect(rules.overlap?.1.id == "wide")
        let error = #expect(throws: JSONReadError.self) {
            try StoreRules(json: JSONField(rules.json))
        }
        #expect(error?.code == .conflictingFields)
        #expect(error?.pointer == "/purposes/1")
        let digitsOnly = PurposeRule(id: "d", purpose: .giftCard, prefix: "", length: 10...10)
        #expect(
            StoreRules(store: 1, currency: .euro, purposes: [Fixtures.card, digitsOnly]).overlap
                == nil)
    }

    @Test("a store's rules survive JSON, and unknown members are refused")
    func json() throws {
        let rule = PurposeRule(
            id: "gift", purpose: .giftCard, prefix: "G", length: 9...17, alphabet: .alphanumeric,
            check: .none)
        let limited = try MeasureTemplate(
            id: "x", text: "77{code:3}", unit: .pieces, scale: -1, priority: 3, maxValue: 9)
        let rules = Fixtures.rules(extra: [limited], purposes: [Fixtures.card, rule])
        let parsed = try StrictJSON.parse(rules.json.canonical)
        #expect(try StoreRules(json: JSONField(parsed)) == rules)
        for text in [
            #"{"store":1,"currency":"EUR","colour":1}"#, #"{"store":1,"currency":"ZZZ"}"#,
            #"{"store":-1,"currency":"EUR"}"#,
            #"{"store":1,"currency":"EUR","templates":[{"id":"a","template":"{","unit":"g"}]}"#,
            #"{"store":1,"currency":"EUR","templates":[{"id":"a/b","template":"1","unit":"g"}]}"#,
        ] {
            let value = try StrictJSON.parse(digits(text))
            #expect(throws: JSONReadError.self) { try StoreRules(json: JSONField(value)) }
        }
    }

    @Test("tokens are redacted in words")
    func redacted() {
        #expect(OpaqueToken(kind: nil, text: "M-20417358").redacted == "M-…58")
        #expect(OpaqueToken(kind: nil, text: "1234").redacted == "…")
        let card = CodeReading.token(OpaqueToken(kind: nil, text: "M-20417358"))
        for text in ["\(card)", String(reflecting: card), card.words] {
            #expect(!text.contains("20417358"), "\(text)")
        }
        var dumped = ""
        dump(card, to: &dumped)
        #expect(!dumped.contains("20417358"))
    }
}
