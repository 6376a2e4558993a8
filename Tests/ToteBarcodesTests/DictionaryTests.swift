import Testing
import ToteBarcodes
import ToteValues

@Suite("Dictionaries of application identifiers")
struct DictionaryTests {
    private func failure(_ text: String) -> DictionaryError? {
        #expect(throws: DictionaryError.self) { try IdentifierTable(dictionary: text) }
    }

    @Test("the built-in table reads by the strict way, row for row")
    func standard() throws {
        let strict = try IdentifierTable(dictionary: IdentifierTable.standard.text)
        #expect(strict.rows == IdentifierTable.standard.rows)
        #expect(strict.count == 536)
        #expect(strict["3106"] == nil)
        #expect(strict["3105"]?.title == "NET WEIGHT (kg)")
        #expect(strict["01"]?.qualifiers == [["22", "10", "21"], ["235"]])
        #expect(strict["8010"]?.components.first?.characters == .cset39)
    }

    /// `(299)`: no identifier of the standard.
    private static let withTicket = """
        # Our own.
        01 *? N14,csum dlpkey=21 # GTIN
        21 X..20 req=01

        299 ? N4,hhmi [X..6] req=01+21 ex=2nn # ENTRY
        """

    @Test("a new identifier needs no code: it is read, checked and required by its row")
    func newIdentifier() throws {
        let table = try IdentifierTable(dictionary: Self.withTicket)
        let rules = StoreRules(store: 1, currency: .euro, identifiers: table)
        let code = try Fixtures.scanned("]C1010952123454321321S1~2991845ABC", rules)
        #expect(code.reading.article?.elements?["299"] == "1845ABC")
        let link = try Fixtures.scanned("]Q1https://a/01/09521234543213/21/S1?299=1845", rules)
        #expect(link.reading.article?.elements?["299"] == "1845")
        let late = #expect(throws: BarcodeError.self) {
            try Fixtures.scanned("]C1010952123454321321S1~2992545", rules)
        }
        #expect(late?.flaw == .hour)
        #expect(late?.range == 24..<26)
        let alone = #expect(throws: BarcodeError.self) {
            try Fixtures.scanned("]C101095212345432132991845", rules)
        }
        #expect(alone?.failure == .required)
    }

    @Test("what the loaded dictionary lacks is unknown, whatever the standard has")
    func replaces() throws {
        let table = try IdentifierTable(dictionary: Self.withTicket)
        let rules = StoreRules(store: 1, currency: .euro, identifiers: table)
        let error = #expect(throws: BarcodeError.self) {
            try Fixtures.scanned("]C1010952123454321310ABC", rules)
        }
        #expect(error?.code == .unknownAI)
    }

    @Test(
        "what is wrong is named with its line",
        arguments: [
            ("01 N14,luhn", 1, "the linter 'luhn' is not known"),
            ("# x\n\n01 N14 must=21", 3, "the attribute 'must=21' is not known"),
            ("01 Q14", 1, "'Q14' is no component such as N6, X..20 or [N4]"),
            ("01 N", 1, "'N' is no component such as N6, X..20 or [N4]"),
            ("01 N0", 1, "'N0' is no component such as N6, X..20 or [N4]"),
            ("01 [N4", 1, "'[N4' is not closed"),
            ("01", 1, "no component"),
            ("1 N4", 1, "'1' is no identifier of 2 to 4 digits, nor a range of them"),
            (
                "3105-3100 N6", 1,
                "'3105-3100' is no identifier of 2 to 4 digits, nor a range of them"
            ),
            ("01 N4\n01 N5", 2, "(01) stands in line 1 already"),
            ("91-99 N4\n95 N5", 2, "(95) stands in line 1 already"),
            ("01 N4\n010 N5", 2, "(010) is not as long as others that begin so"),
            ("01 X..4 N5", 1, "only the last component may vary in length"),
            ("01 [N4] N5", 1, "a component that must be there follows one that need not"),
            ("01 * N..4", 1, "a predefined length that varies"),
            ("01 N4 req=02,", 1, "an attribute with an empty part"),
            ("01 N4 ex=nn", 1, "'nn' is no identifier or pattern"),
            ("# nothing", 0, "no identifier in it"),
        ])
    func refused(text: String, line: Int, reason: String) {
        let error = failure(text)
        #expect(error?.line == line)
        #expect(error?.reason == reason)
    }

    @Test("a dictionary of the length of a book is refused unread")
    func tooLong() {
        let book = String(repeating: "# remark\n", count: 30_000)
        #expect(failure(book)?.line == 0)
    }

    @Test("a store's rules carry the dictionary, and one that does not read is a load error")
    func storeRules() throws {
        let table = try IdentifierTable(dictionary: Self.withTicket)
        let rules = StoreRules(store: 1, currency: .euro, identifiers: table)
        let back = try StoreRules(json: JSONField(rules.json))
        #expect(back == rules)
        #expect(back.identifiers["299"]?.title == "ENTRY")
        #expect(StoreRules(store: 1, currency: .euro).json["identifiers"] == nil)
        let broken = JSONValue.object([
            "store": .integer(1), "currency": .string("EUR"), "identifiers": .string("01 N14,luhn"),
        ])
        let error = #expect(throws: JSONReadError.self) {
            try StoreRules(json: JSONField(broken))
        }
        #expect(error?.pointer == "/identifiers")
    }
}
