import Testing
import ToteBarcodes
import ToteValues

@Suite("Retail numbers")
struct NumberTests {
    @Test("every way to write one item gives one key")
    func oneKey() throws {
        let upcA = ["012345000065", "0012345000065", "00012345000065"]
        let keys = try upcA.map { try Fixtures.typed($0).lookupKeys }
        let upcE = try Fixtures.camera("01234565".utf8, .upcE).lookupKeys
        let dataBar = try Fixtures.scanned("]e00100012345000065").lookupKeys
        let gs1128 = try Fixtures.scanned("]C1010001234500006510A").lookupKeys
        let link = try Fixtures.scanned("]Q1https://id.gs1.org/01/00012345000065").lookupKeys
        let itf = try Fixtures.scanned("]I100012345000065").lookupKeys
        for key in keys + [upcE, dataBar, gs1128, link, itf] {
            #expect(key == [LookupKey(text: "00012345000065")])
        }
    }

    @Test("zbar's UPC-A, thirteen digits with a leading zero, is the UPC-A")
    func upcAFromZBar() throws {
        let code = try Fixtures.camera("0012345678905".utf8, .ean13)
        #expect(code.reading.article?.gtin?.text == "00012345678905")
        #expect(code.purpose == .product)
        #expect(code.measure == nil)
    }

    @Test("a pack never equals the each")
    func indicator() throws {
        let pack = try Fixtures.scanned("]I114012345000013")
        #expect(pack.lookupKeys == [LookupKey(text: "14012345000013")])
        #expect(pack.reading.article?.gtin?.indicator == 1)
    }

    @Test("every wrong digit of an EAN-13, EAN-8, UPC-A and ITF-14 is refused")
    func singleDigitErrors() {
        for number in ["4012345000016", "40123455", "012345678905", "14012345000013"] {
            for position in number.utf8.indices {
                for digit in UInt8(0x30)...0x39 {
                    var bytes = digits(number)
                    let index = number.utf8.distance(from: number.utf8.startIndex, to: position)
                    if bytes[index] == digit { continue }
                    bytes[index] = digit
                    let text = String(decoding: bytes, as: UTF8.self)
                    #expect(GTIN14(text) == nil, "\(text)")
                }
            }
        }
    }

    @Test("a wrong check digit says what was expected and what was found")
    func checkDigit() {
        let error = #expect(throws: BarcodeError.self) {
            try Fixtures.camera("4006381333932".utf8, .ean13)
        }
        #expect(error?.code == .checkDigit)
        #expect(error?.expected == "1")
        #expect(error?.found == "2")
        #expect(error?.mend.isEmpty == false)
    }

    @Test(
        "only ASCII digits are digits",
        arguments: [
            "٤٠٠٦٣٨١٣٣٣٩٣١", "４００６３８１３３３９３１", " 4006381333931", "4006381333931\n",
            "400638133393l", "4006381 333931", "+4006381333931", "400638133393\u{0661}",
        ])
    func onlyASCII(text: String) {
        let error = #expect(throws: BarcodeError.self) { try Fixtures.typed(text) }
        #expect(error?.code == .invalidCharacter, "\(text)")
        #expect(GTIN14(text) == nil)
    }

    @Test("an EAN symbol holds digits of its length and nothing else")
    func grammarOfEAN() {
        for (line, code) in [
            ("]E0400638133393", BarcodeError.Code.checkDigit), ("]E040063813339312", .length),
            ("]E0234ABC890123", .invalidCharacter), ("]E44006381333931", .length),
            ("]E112", .length), ("]E0", .empty),
        ] {
            let error = #expect(throws: BarcodeError.self) { try Fixtures.scanned(line) }
            #expect(error?.code == code, "\(line)")
        }
    }

    @Test("eight digits that are EAN-8 and UPC-E are not guessed")
    func eanOrUPCE() throws {
        let both = (1_000_000..<2_000_000).lazy.compactMap { number -> String? in
            let text = "\(number)0"
            let isBoth =
                GTIN14(text) != nil && UPCE.expand(digits(text)[...]) != nil
            return isBoth ? text : nil
        }.first
        let text = try #require(both)
        let error = #expect(throws: BarcodeError.self) { try Fixtures.typed(text) }
        #expect(error?.code == .ambiguous)
        #expect(error?.readings.count == 2)
        #expect(throws: Never.self) { try Fixtures.camera(digits(text), .upcE) }
    }

    @Test("a wrong UPC-E names the right check digit, and number system 2 is refused")
    func wrongUPCE() {
        let wrong = #expect(throws: BarcodeError.self) {
            try Fixtures.camera("01234564".utf8, .upcE)
        }
        #expect(wrong?.expected == "5")
        let system = #expect(throws: BarcodeError.self) {
            try Fixtures.camera("21234565".utf8, .upcE)
        }
        #expect(system?.code == .invalidCharacter)
    }

    @Test("books, periodicals and music are read, and the issue is part of the key")
    func publications() throws {
        let book = try Fixtures.scanned("]E09780306406157")
        guard case .publication(let publication) = book.reading else {
            Issue.record("no publication")
            return
        }
        #expect(publication.kind == .book(isbn13: "9780306406157", isbn10: "0306406152"))
        let issue = try Fixtures.scanned("]E3977031784700112")
        #expect(issue.addOn == digits("12"))
        #expect(issue.lookupKeys.map(\.text) == ["09770317847001+12", "09770317847001"])
        guard case .publication(let paper) = issue.reading else {
            Issue.record("no publication")
            return
        }
        #expect(paper.kind == .periodical(issn: "0317-8471", variant: "00"))
    }

    @Test("coupons and refund receipts are no articles")
    func coupons() throws {
        for line in ["]E00512345678900", "]E09812345678909", "]E09912345678908"] {
            let bytes = digits(String(line.dropFirst(3)).prefix(12).description)
            let full = bytes + [0x30 + CheckDigit.mod10(bytes)]
            let code = try Fixtures.camera(full, .ean13)
            #expect(code.purpose == .coupon, "\(line)")
            #expect(code.lookupKeys.isEmpty)
        }
        let refund = digits("980123456789")
        let code = try Fixtures.camera(refund + [0x30 + CheckDigit.mod10(refund)], .ean13)
        #expect(code.purpose == .voucher)
    }

    @Test("a PLU is typed, never scanned; organic and conventional are two articles")
    func plu() throws {
        #expect(try Fixtures.typed("4959").lookupKeys == [LookupKey(text: "plu:4959")])
        #expect(try Fixtures.typed("94959").lookupKeys == [LookupKey(text: "plu:94959")])
        #expect(throws: BarcodeError.self) { try Fixtures.typed("84959") }
        #expect(throws: BarcodeError.self) { try Fixtures.typed("2999") }
        #expect(throws: BarcodeError.self) { try Fixtures.typed("5000") }
        #expect(throws: BarcodeError.self) { try Fixtures.scanned("4011") }
        #expect(try Fixtures.scanned("]C04011").reading == .text("4011"))
    }

    @Test("8,192 bytes are looked at, one more is refused, none is refused")
    func limits() throws {
        let long = [UInt8](repeating: 0x41, count: 8192)
        #expect(try Fixtures.camera(long, .qr).purpose == .unknown)
        let tooLong = #expect(throws: BarcodeError.self) {
            try Fixtures.camera(long + [0x41], .qr)
        }
        #expect(tooLong?.code == .tooLong)
        let empty = #expect(throws: BarcodeError.self) { try Fixtures.typed("") }
        #expect(empty?.code == .empty)
    }

    @Test("normalising twice changes nothing")
    func idempotent() throws {
        var generator = SeededChance(seed: 1)
        for _ in 0..<2000 {
            let payload = (0..<13).map { _ in UInt8.random(in: 0x30...0x39, using: &generator) }
            let text = String(decoding: payload + [0x30 + CheckDigit.mod10(payload)], as: UTF8.self)
            let gtin = try #require(GTIN14(text))
            #expect(gtin.text == text)
            #expect(GTIN14(gtin.text) == gtin)
        }
    }
}
