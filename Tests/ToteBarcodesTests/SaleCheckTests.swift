import Testing
import ToteBarcodes
import ToteValues

/// EXP-1…6: what a code says of itself against today, the recalls and the cart.
@Suite("Sale checks")
struct SaleCheckTests {
    private static let item = "0109521234543213"

    private func check(
        _ data: String, _ sale: SaleCheck = SaleCheck(), minute: Int? = nil
    ) throws -> [Finding] {
        let code = try Fixtures.scanned("]C1" + data)
        return sale.check(code, today: Fixtures.today, minute: minute)
    }

    private func kinds(_ data: String, _ sale: SaleCheck = SaleCheck()) throws -> [Finding.Kind] {
        try check(Self.item + data, sale).map(\.kind)
    }

    @Test("goods are sold on the day of their expiry, not on the next (today is 2026-06-30)")
    func expiry() throws {
        #expect(try kinds("17260630") == [])
        #expect(try kinds("17260629") == [.expired])
        #expect(try kinds("17260600") == [], "day 00 is the last of the month")
        #expect(try kinds("17260500") == [.expired])
        #expect(try kinds("17991231") == [.expired], "99 is 1999")
        #expect(try kinds("17760630") == [], "76 is 2076")
        let finding = try #require(try check(Self.item + "17260629").first)
        #expect(finding.severity == .stop)
        #expect(finding.message == "It expired on 2026-06-29.")
        #expect(finding.range == 18..<24)
        #expect(!finding.mend.isEmpty)
    }

    @Test("an expiry with hours and minutes ends the sale on the day itself, at its minute")
    func expiryTime() throws {
        let at1215 = Self.item + "70032606301215"
        #expect(try check(at1215, minute: 12 * 60 + 15).isEmpty)
        #expect(try check(at1215, minute: 12 * 60 + 16).map(\.kind) == [.expired])
        #expect(try check(at1215, minute: nil).isEmpty)
        #expect(try check(Self.item + "70032606292359", minute: 0).map(\.kind) == [.expired])
    }

    @Test("sell-by asks, best before is a note, and a store may stop both")
    func softDates() throws {
        #expect(try check(Self.item + "16260629").map(\.severity) == [.ask])
        #expect(try check(Self.item + "15260629").map(\.severity) == [.note])
        #expect(try check(Self.item + "1626063015260630").isEmpty)
        let strict = SaleCheck(rules: SaleRules(sellByPassed: .stop, bestBeforePassed: .stop))
        #expect(try check(Self.item + "16260629", strict).map(\.severity) == [.stop])
        #expect(try check(Self.item + "15260629", strict).map(\.severity) == [.stop])
    }

    @Test("goods that are yet to be made are asked about")
    func future() throws {
        #expect(try kinds("11260701") == [.implausibleDate])
        #expect(try kinds("13260701") == [.implausibleDate])
        #expect(try kinds("11260630") == [])
        #expect(try check(Self.item + "11260701").first?.severity == .ask)
    }

    @Test("a recalled lot stops, another lot passes, a code without lot is asked for it")
    func recall() throws {
        let gtin = try #require(GTIN14("09521234543213"))
        let sale = SaleCheck(recalls: [Recall(gtin: gtin, lots: ["L7", "L8"], reason: "glass")])
        #expect(try kinds("10L7", sale) == [.recalled])
        #expect(try kinds("10L9", sale) == [])
        #expect(try kinds("", sale) == [.checkLot])
        #expect(try kinds("10l7", sale) == [], "lots differ by case")
        let asked = try #require(try check(Self.item, sale).first)
        #expect(asked.severity == .ask)
        #expect(asked.message.contains("L7, L8"))
        #expect(try check(Self.item + "10L7", sale).first?.message.contains("glass") == true)
        #expect(try check("0109521234543220" + "10L7", sale).isEmpty, "another article")
        let all = SaleCheck(recalls: [Recall(gtin: gtin)])
        #expect(try kinds("", all) == [.recalled])
        #expect(try kinds("10L9", all) == [.recalled])
    }

    @Test("the plain bars of a recalled article are asked about too")
    func recallOfPlainBars() throws {
        let gtin = try #require(GTIN14("4006381333931"))
        let sale = SaleCheck(recalls: [Recall(gtin: gtin, lots: ["A"])])
        let code = try Fixtures.scanned("]E04006381333931")
        #expect(sale.check(code, today: Fixtures.today).map(\.kind) == [.checkLot])
    }

    @Test("one serial number is one piece: twice in the cart and sold before both stop")
    func serial() throws {
        let gtin = try #require(GTIN14("09521234543213"))
        let known: Set = [ItemSerial(gtin: gtin, serial: "S1")]
        #expect(try kinds("21S1", SaleCheck(serialsInCart: known)) == [.alreadyInCart])
        #expect(try kinds("21S1", SaleCheck(serialsSold: known)) == [.serialSold])
        #expect(try kinds("21S2", SaleCheck(serialsInCart: known, serialsSold: known)) == [])
        #expect(try kinds("", SaleCheck(serialsInCart: known)) == [])
    }

    @Test("a pack of what is sold singly, a shipping unit and a place are no sale units")
    func units() throws {
        let pack = try Fixtures.scanned("]C10114006381333938")
        let each = LookupKey(text: "04006381333931")
        let own = LookupKey(text: "14006381333938")
        let sale = SaleCheck()
        let today = Fixtures.today
        #expect(sale.check(pack, today: today) { $0 == each }.map(\.kind) == [.notASaleUnit])
        #expect(sale.check(pack, today: today) { $0 == own || $0 == each }.isEmpty)
        #expect(sale.check(pack, today: today) { _ in false }.isEmpty, "then it is not listed")
        let unit = try Fixtures.scanned("]C100006141411234567890")
        #expect(sale.check(unit, today: today).map(\.kind) == [.notASaleUnit])
        #expect(try #require(GTIN14("14006381333938")).each.text == "04006381333931")
        #expect(try #require(GTIN14("4006381333931")).each.text == "04006381333931")
    }

    @Test("the worst comes first, and all are told")
    func order() throws {
        let gtin = try #require(GTIN14("09521234543213"))
        let sale = SaleCheck(recalls: [Recall(gtin: gtin, lots: ["L"])])
        let all = try check(Self.item + "152606291626062917260629", sale)
        #expect(all.map(\.severity) == [.stop, .ask, .ask, .note])
    }

    @Test("recalls and sale rules survive JSON; nonsense is refused")
    func json() throws {
        let gtin = try #require(GTIN14("4006381333931"))
        for recall in [Recall(gtin: gtin), Recall(gtin: gtin, lots: ["A", "B"], reason: "x")] {
            let parsed = try StrictJSON.parse(recall.json.canonical)
            #expect(try Recall(json: JSONField(parsed)) == recall)
        }
        let rules = StoreRules(
            store: 1, currency: .euro, sale: SaleRules(sellByPassed: .stop))
        let parsed = try StrictJSON.parse(rules.json.canonical)
        #expect(try StoreRules(json: JSONField(parsed)) == rules)
        for text in [
            #"{"gtin":"4006381333932"}"#, #"{"gtin":"4006381333931","lots":[""]}"#,
            #"{"gtin":"4006381333931","lots":["a b"]}"#, #"{"gtin":"4006381333931","x":1}"#,
        ] {
            let value = try StrictJSON.parse(digits(text))
            #expect(throws: JSONReadError.self) { try Recall(json: JSONField(value)) }
        }
    }
}
