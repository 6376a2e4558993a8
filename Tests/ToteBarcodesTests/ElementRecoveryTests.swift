import Testing
import ToteBarcodes
import ToteValues

/// AI-5: element strings whose separators were not printed.
@Suite("Missing separators")
struct ElementRecoveryTests {
    private static let item = "0109521234543213"
    /// A lot and a serial number, together too long for a lot.
    private static let lotAndSerial = item + "10ABCDEFGHIJKL21MNOPQRSTUV"

    private func error(_ line: String) -> BarcodeError? {
        #expect(throws: BarcodeError.self) { try Fixtures.scanned(line) }
    }

    private func recovery(_ data: String) -> ElementRecovery {
        ElementRecovery(
            bytes: digits(data), table: .standard, rules: ElementRules(today: Fixtures.today))
    }

    @Test(
        "where only one place fits, the code is read and asked about",
        arguments: ["]C1", "]e0", "]d2", "]Q3", "]J1"])
    func unique(aim: String) throws {
        let code = try Fixtures.scanned(aim + Self.lotAndSerial)
        let elements = try #require(code.reading.article?.elements)
        #expect(elements.bracketed == "(01)09521234543213(10)ABCDEFGHIJKL(21)MNOPQRSTUV")
        #expect(elements.elements.map(\.range) == [2..<16, 18..<30, 32..<42])
        #expect(code.lookupKeys == [LookupKey(text: "09521234543213")])
        #expect(code.isRecovered)
        let finding = try #require(code.findings.first)
        #expect(code.findings.count == 1)
        #expect(finding.kind == .separatorRecovered)
        #expect(finding.severity == .ask)
        #expect(finding.range == 30..<31)
        #expect(
            finding.message == "The GS1 code lacks a separator; only with one put after (10) at "
                + "character 31 does it make sense, so its lot, serial number and dates prove "
                + "nothing.")
        #expect(finding.mend.hasPrefix("Scan it again"))
    }

    @Test("two missing separators are found too, and both are named")
    func two() throws {
        let code = try Fixtures.scanned("]C1" + Self.lotAndSerial + "240" + "ABCDEFGHIJKLM")
        #expect(code.reading.article?.elements?["240"] == "ABCDEFGHIJKLM")
        let message = try #require(code.findings.first).message
        #expect(message.contains("lacks 2 separators; only with them put after (10)"))
        #expect(message.contains("and after (21) at character 43 does"))
    }

    @Test("a code that parses is taken as it stands, without a question")
    func strict() throws {
        let code = try Fixtures.scanned("]C1" + Self.item + "10ABC21X1")
        #expect(code.reading.article?.elements?["10"] == "ABC21X1")
        #expect(code.findings.isEmpty)
        #expect(!code.isRecovered)
    }

    @Test("a code that can be read in several ways stays an error, the parser's own")
    func ambiguous() {
        // (21)MNOP99QR, or (21)MNOP and (99)QR.
        let error = error("]C1" + Self.item + "10ABCDEFGHIJKL21MNOP99QR")
        #expect(error?.failure == .tooLong)
        #expect(error?.identifiers == ["10"])
        // (30)01 and (3920)138, or (30)013 and (92)0138.
        #expect(self.error("]C1" + Self.item + "30013920138")?.identifiers == ["30"])
    }

    @Test("a reading whose elements disagree leaves the other one alone")
    func oneDisagrees() throws {
        // Beside (21)MNOP235QR stands (21)MNOP (235)QR; these two may not stand together.
        let code = try Fixtures.scanned("]C1" + Self.item + "10ABCDEFGHIJKLMNOPQR21MNOP235QR")
        let elements = try #require(code.reading.article?.elements)
        #expect(
            elements.bracketed == "(01)09521234543213(10)ABCDEFGHIJKLMNOPQR(21)MNOP235QR")
        #expect(code.isRecovered)
    }

    @Test("a code that fits nowhere stays an error, also when only the elements disagree")
    func none() {
        #expect(error("]C1" + Self.item + "10ABCDEFGHIJKLMNOPQRSTUVW")?.failure == .tooLong)
        // (21) and (235) may not stand together.
        let excluded = Self.item + "10ABCDEFGHIJKLMNOPQR21MNOPQRSTUVWXYZABC235QRSTU"
        #expect(error("]C1" + excluded)?.failure == .tooLong)
        // A value that the separator would make right must keep its own rules.
        #expect(error("]C1" + Self.item + "10ABCDEFGHIJKLMNOPQR17261331")?.failure == .tooLong)
    }

    @Test("a recovered reading that no article comes of leaves the parser's error")
    func noArticle() {
        // (3932) in dollars where the store takes euros.
        let data = Self.item + "10ABCDEFGHIJKLMNOPQR310300050039328402AB"
        #expect(error("]C1" + data)?.code == .element)
        #expect(error("]C18020ABCDEFGHIJKLMNOPQRSTUVWXYZ")?.identifiers == ["8020"])
    }

    @Test("a code with a separator anywhere is never guessed at")
    func withSeparator() {
        #expect(error("]C1" + Self.lotAndSerial + "~")?.failure == .tooLong)
        #expect(error("]C1~" + Self.lotAndSerial)?.failure == .tooLong)
        #expect(error("]C1" + Self.lotAndSerial + "~240A")?.failure == .tooLong)
    }

    @Test("only a symbol that says it holds elements is: typed digits and plain bars are not")
    func otherSymbols() throws {
        #expect(throws: BarcodeError.self) { try Fixtures.typed(Self.lotAndSerial) }
        #expect(throws: BarcodeError.self) { try Fixtures.scanned(Self.lotAndSerial) }
        #expect(try Fixtures.scanned("]C0" + Self.lotAndSerial).purpose == .unknown)
        #expect(try Fixtures.scanned("]Q1" + Self.lotAndSerial).purpose == .unknown)
    }

    @Test("a hostile code ends at the limit of what is tried")
    func hostile() {
        let tens = String(repeating: "10", count: 4096)
        var long = recovery(tens)
        #expect(long.only() == nil)
        #expect(long.nodes > ElementRecovery.maximumNodes)
        #expect(long.nodes <= ElementRecovery.maximumNodes + 64)
        #expect(error("]C1" + tens)?.failure == .tooLong)
        // Every way to cut it gives whole readings, and in each two lots disagree.
        var disagreeing = recovery(Self.item + String(repeating: "10A10B", count: 20))
        #expect(disagreeing.only() == nil)
        #expect(disagreeing.nodes > ElementRecovery.maximumNodes)
        #expect(disagreeing.nodes <= ElementRecovery.maximumNodes + 64)
        var digitsOnly = recovery(Self.item + String(repeating: "9", count: 8176))
        #expect(digitsOnly.only() == nil)
        #expect(digitsOnly.nodes <= ElementRecovery.maximumNodes + 64)
    }

    @Test("an ordinary code is settled by some dozens of tries")
    func effort() {
        var short = recovery(Self.lotAndSerial)
        #expect(short.only()?["21"] == "MNOPQRSTUV")
        #expect(short.nodes < 100)
    }

    @Test("the lot of a recovered reading does not clear it of a recall, but may stop it")
    func lot() throws {
        let gtin = try #require(GTIN14("09521234543213"))
        let code = try Fixtures.scanned("]C1" + Self.lotAndSerial)
        func kinds(_ lots: [String]) -> [Finding.Kind] {
            SaleCheck(recalls: [Recall(gtin: gtin, lots: lots)])
                .check(code, today: Fixtures.today).map(\.kind)
        }
        #expect(kinds(["OTHER"]) == [.checkLot])
        #expect(kinds(["ABCDEFGHIJKL"]) == [.recalled])
        let sure = try Fixtures.scanned("]C1" + Self.item + "10ABCDEFGHIJKL~21MNOPQRSTUV")
        let other = SaleCheck(recalls: [Recall(gtin: gtin, lots: ["OTHER"])])
        #expect(other.check(sure, today: Fixtures.today).isEmpty)
    }

    @Test("the serial of a recovered reading names no piece, but may stop it")
    func serial() throws {
        let gtin = try #require(GTIN14("09521234543213"))
        let code = try Fixtures.scanned("]C1" + Self.lotAndSerial)
        #expect(code.itemSerial == nil)
        let known: Set = [ItemSerial(gtin: gtin, serial: "MNOPQRSTUV")]
        let sold = SaleCheck(serialsSold: known).check(code, today: Fixtures.today)
        #expect(sold.map(\.kind) == [.serialSold])
        let sure = try Fixtures.scanned("]C1" + Self.item + "10ABCDEFGHIJKL~21MNOPQRSTUV")
        #expect(sure.itemSerial == known.first)
    }

    @Test("a recovered date may stop a sale; a good one leaves the question")
    func date() throws {
        let lot = "]C1" + Self.item + "10ABCDEFGHIJKLMNOPQR"
        let expired = try Fixtures.scanned(lot + "17260629")
        let check = SaleCheck()
        #expect(check.check(expired, today: Fixtures.today).map(\.kind) == [.expired])
        let good = try Fixtures.scanned(lot + "17260701")
        #expect(check.check(good, today: Fixtures.today).isEmpty)
        #expect(good.findings.map(\.severity) == [.ask])
    }

    @Test("other elements than articles are recovered by the same rule, and still do not sell")
    func carton() throws {
        let code = try Fixtures.scanned(
            "]C100106141412345678908020703206980498837" + "12" + "10ABCDEFGHIJKLMN")
        #expect(code.purpose == .logistic)
        #expect(code.findings.map(\.kind) == [.separatorRecovered])
        let found = SaleCheck().check(code, today: Fixtures.today)
        #expect(found.map(\.kind) == [.notASaleUnit])
    }

    @Test("the diagnosis asks, and says what to do")
    func diagnosis() {
        let diagnosis = diagnose(
            Fixtures.line("]C1" + Self.lotAndSerial), rules: Fixtures.rules(),
            today: Fixtures.today, isListed: { _ in true })
        #expect(diagnosis.headline.hasPrefix("The GS1 code lacks a separator"))
        #expect(diagnosis.mend.contains("compare article, weight and price with the pack"))
    }
}
