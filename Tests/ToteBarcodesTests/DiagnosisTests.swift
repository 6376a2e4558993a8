import Testing
import ToteBarcodes
import ToteValues

@Suite("Diagnosis")
struct DiagnosisTests {
    private func diagnosis(_ input: ScanInput, listed: String = "04006381333931") -> Diagnosis {
        diagnose(
            input, rules: Fixtures.rules(), today: Fixtures.today,
            isListed: { $0.text == listed })
    }

    @Test("typed 4006318333931: three swaps and thirteen digits would do, the listed one leads")
    func swapped() {
        let input = ScanInput(typed: "4006318333931")
        let repairs = Repairs(digits: input.bytes, source: .typed)
        #expect(
            Set(repairs.transpositions.map { String(decoding: $0, as: UTF8.self) })
                == ["4003618333931", "4006138333931", "4006381333931"])
        #expect(repairs.substitutions.count == 13)
        let diagnosis = diagnosis(input)
        #expect(diagnosis.repairs.count == 3)
        #expect(diagnosis.repairs.first?.text == "4006381333931")
        #expect(diagnosis.repairs.first?.isListed == true)
        #expect(diagnosis.mend.contains("not applied"))
    }

    @Test("scanned 4006381333932: expected 1, found 2, no swap validates")
    func scanned() {
        let input = Fixtures.line("]E04006381333932")
        #expect(Repairs(digits: input.bytes, source: .scanner).transpositions.isEmpty)
        let diagnosis = diagnosis(input)
        #expect(diagnosis.headline.contains("expected 1, found 2"))
        #expect(diagnosis.repairs.first?.text == "4006381333931")
        #expect(diagnosis.repairs.allSatisfy { $0.kind == .substitution })
    }

    @Test("among repairs that are not listed, the company of the store's goods comes first")
    func prefix() throws {
        let input = ScanInput(typed: "4006318333931")
        let like = { (prefix: String) in
            diagnose(
                input, rules: Fixtures.rules(), today: Fixtures.today, isListed: { _ in false },
                sharesPrefix: { $0.text.hasPrefix(prefix) }
            ).repairs
        }
        #expect(like("x").first?.text == "4003618333931")
        #expect(like("04006381").first?.text == "4006381333931")
        #expect(like("04006381").allSatisfy { !$0.isListed && $0.kind == .transposition })
    }

    @Test("a listed number leads over a likelier slip")
    func listedLeads() {
        let typed = diagnosis(ScanInput(typed: "4006381333932"))
        #expect(typed.repairs.first?.text == "4006381333931")
        let scanned = diagnosis(Fixtures.line("]E04006318333931"))
        #expect(scanned.repairs.first?.text == "4006381333931")
        #expect(scanned.repairs.first?.kind == .transposition)
        #expect(scanned.repairs.dropFirst().allSatisfy { $0.kind == .substitution })
    }

    @Test("eight digits may have been an EAN-8 or a short UPC")
    func short() {
        let either = diagnosis(ScanInput(typed: "01243565"), listed: "00012345000065")
        #expect(either.repairs.first?.text == "01234565")
        let ean8 = diagnosis(Fixtures.line("]E401243565"), listed: "00012345000065")
        #expect(ean8.repairs.allSatisfy { !$0.isListed })
    }

    @Test("a wrong check digit inside a GS1 code is mended in place")
    func inside() {
        let diagnosis = diagnosis(ScanInput(typed: "(01)04006318333931(10)A"))
        #expect(diagnosis.repairs.first?.text == "(01)04006381333931(10)A")
        #expect(diagnosis.headline.contains("(01) GTIN"))
        #expect(diagnosis.headline.contains("character"))
    }

    @Test("no repair is offered for a number with its value in it: the price is in doubt")
    func labels() throws {
        let wrongVerifier = diagnosis(ScanInput(typed: "2812347005000"), listed: "02812346005001")
        #expect(wrongVerifier.repairs.isEmpty)
        let label = diagnosis(ScanInput(typed: "2812346005002"), listed: "02812346005001")
        #expect(label.findings.first?.kind == .checkDigit)
        #expect(label.repairs.allSatisfy { !$0.isListed && !$0.text.hasPrefix("2") })
        let digits = "281234700500"
        let check = (0...9).first { GTIN14("\(digits)\($0)") != nil }
        let doubtful = diagnosis(ScanInput(typed: "\(digits)\(try #require(check))"))
        #expect(doubtful.findings.first?.kind == .priceEmbeddedInvalid)
        #expect(doubtful.headline.contains("{i}: expected 6, found 7"), "\(doubtful.headline)")
        #expect(doubtful.mend.contains("de-28"))
        #expect(doubtful.repairs.isEmpty)
    }

    @Test("an unknown in-store number names the labels that come closest")
    func closest() {
        let near = diagnosis(Fixtures.line("]E02412345678901"))
        #expect(near.findings.first?.kind == .unknownInStoreCode)
        #expect(near.mend.contains("de-22"), "\(near.mend)")
    }

    @Test("8 and a produce number is refused, and other short numbers hear of produce")
    func produce() {
        let reserved = diagnosis(ScanInput(typed: "84011"))
        #expect(reserved.findings.first?.kind == .reservedPLU)
        #expect(diagnosis(ScanInput(typed: "5011")).mend.contains("3000 to 4999"))
        #expect(diagnosis(ScanInput(typed: "85011")).findings.first?.kind == .length)
        #expect(diagnosis(Fixtures.line("84011")).findings.first?.kind == .length)
    }

    @Test("what stands against a sale is the headline, and listed goods that expired say so")
    func sale() {
        let listed = "09521234543213"
        let expired = diagnosis(
            ScanInput(typed: "(01)09521234543213(17)260629"), listed: listed)
        #expect(expired.headline == "It expired on 2026-06-29.")
        #expect(expired.findings.map(\.kind) == [.expired])
        let coupon = diagnosis(
            ScanInput(typed: "(8110)1061414165432131501101203260629"))
        #expect(coupon.findings.map(\.kind) == [.couponExpired])
    }

    @Test("of a GS1 code that fails, the elements before the wrong one are told, and no part of it")
    func elementsBefore() {
        let parts = { (text: String) in
            ScanInput(typed: text).parts(rules: Fixtures.rules(), today: Fixtures.today)
                .filter { $0.kind == .element }.map(\.title)
        }
        #expect(parts("(01)09521234543213(10)A(17)260231") == ["(01) GTIN", "(10) BATCH/LOT"])
        #expect(parts("(01)09521234543213(10)A\u{1}") == ["(01) GTIN"])
        #expect(parts("(01)09521234543214(10)A").isEmpty)
        #expect(
            parts("(01)09521234543213(10)A(21)B")
                == ["(01) GTIN", "(10) BATCH/LOT", "(21) SERIAL"])
    }

    @Test("a missing separator is named as the likely cause")
    func separator() {
        let line = "]C1010952123454321310ABCDEFGHIJKLMNOPQ17260630"
        #expect(diagnosis(Fixtures.line(line)).mend.contains("separator"))
    }

    @Test("a wrong length names the lengths possible")
    func length() {
        let diagnosis = diagnosis(ScanInput(typed: "400638133393"))
        #expect(diagnosis.findings.first?.kind == .checkDigit)
        let short = self.diagnosis(ScanInput(typed: "40063813339"))
        #expect(short.findings.first?.kind == .length)
        #expect(short.headline.contains("8, 12, 13, 14"))
        #expect(short.repairs.isEmpty)
    }

    @Test("an unknown in-store number and a valid number not sold here are told apart")
    func notListed() {
        let inStore = diagnosis(Fixtures.line("]E02712345678902"))
        #expect(inStore.findings.first?.kind == .unknownInStoreCode)
        let foreign = diagnosis(Fixtures.line("]E05901234123457"))
        #expect(foreign.findings.first?.kind == .notListed)
        #expect(foreign.headline.contains("05901234123457"))
        #expect(foreign.repairs.isEmpty)
        #expect(diagnosis(ScanInput(typed: "4011")).findings.first?.kind == .unknownPLU)
    }

    @Test("a card, a text and a carton are named for what they are")
    func otherThings() {
        #expect(diagnosis(ScanInput(typed: "M-20417358")).findings.first?.kind == .wrongPurpose)
        #expect(!diagnosis(ScanInput(typed: "M-20417358")).headline.contains("20417358"))
        #expect(diagnosis(ScanInput(typed: "hello")).findings.first?.kind == .unknownCode)
        let carton = diagnosis(Fixtures.line("]C100006141411234567890"))
        #expect(carton.findings.first?.kind == .notASaleUnit)
        #expect(diagnosis(ScanInput(typed: "4006381333931")).findings.isEmpty)
    }

    @Test("any input gets a cause and a next step")
    func total() {
        var generator = SeededChance(seed: 5)
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            let diagnosis = diagnosis(ScanInput(bytes: bytes, source: .scanner))
            #expect(!diagnosis.headline.isEmpty)
            #expect(!diagnosis.mend.isEmpty)
            #expect(diagnosis.repairs.count <= 3)
        }
    }
}
