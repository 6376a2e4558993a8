import Testing
import ToteVectorRules

@Suite("When a picture is read and when it is misread")
struct PhotoRulesTests {
    private func judge(
        _ symbology: String, _ expected: String, _ answers: [(String, String)],
        tier: Photo.Tier = .retail, also: [String] = []
    ) -> PhotoRules.Verdict {
        PhotoRules.judge(
            Photo(
                path: "picture.png", symbology: symbology, tier: tier, expected: expected,
                also: also),
            answers.map { PhotoRules.Answer(symbology: $0.0, text: $0.1) })
    }

    private let read = PhotoRules.Verdict(isRead: true, misreads: [])
    private let unread = PhotoRules.Verdict(isRead: false, misreads: [])

    @Test("a picture of which nothing came back is neither read nor misread")
    func nothing() {
        #expect(judge("EAN-13", "4012345000016", []) == unread)
    }

    @Test("a picture can be read and misread at once (COR-1)")
    func both() {
        let verdict = judge(
            "EAN-13", "4012345000016", [("ean13", "4012345000016"), ("itf", "901985")])
        #expect(verdict.isRead)
        #expect(verdict.misreads == [PhotoRules.Answer(symbology: "itf", text: "901985")])
    }

    @Test("another true text of the picture is neither a read nor a misread (COR-1)")
    func alsoTrue() {
        #expect(
            judge("EAN-13", "4012345000016", [("qr", "hello")], also: ["hello"]) == unread)
        #expect(
            judge("QR", "hello", [("upcA", "012345000010")], also: ["0012345000010"]) == unread)
    }

    @Test(
        "whatever comes from a picture without a readable code is a misread (COR-1)",
        arguments: [Photo.Tier.negative, .partial, .unsupported])
    func noCode(tier: Photo.Tier) {
        let verdict = judge("none", "", [("ean13", "4012345000016")], tier: tier)
        #expect(!verdict.isRead)
        #expect(verdict.misreads.count == 1)
        #expect(judge("EAN-13", "1", [("ean13", "1")], tier: tier).misreads.count == 1)
    }

    @Test(
        "EAN and UPC are one family (COR-2)",
        arguments: [
            ("UPC-A", "012345678905", "ean13", "0012345678905"),
            ("UPC-A", "0012345678905", "upcA", "012345678905"),
            ("UPC-E", "01234565", "upcE", "01234565"),
            ("UPC-E", "01234565", "ean13", "0012345000065"),
            ("EAN-13+addon", "9771234567003", "ean13", "9771234567003 05"),
            ("EAN-13+addon", "9771234567003", "ean13", "9771234567003-05"),
            ("EAN-8", "40123455", "ean8", " 40123455\n"),
        ])
    func ean(symbology: String, expected: String, name: String, text: String) {
        #expect(judge(symbology, expected, [(name, text)]) == read)
    }

    @Test("an EAN-8 is no UPC-E of the same digits (COR-2)")
    func shortCodes() {
        #expect(judge("EAN-8", "01234565", [("upcE", "01234565")]).misreads.count == 1)
    }

    @Test("a separate add-on symbol is dropped (COR-2)")
    func addOn() {
        let answers = [("ean13", "9771234567003"), ("ean2", "05"), ("ean5", "51995")]
        #expect(judge("EAN-13+addon", "9771234567003", answers) == read)
    }

    @Test(
        "the DataBar family agrees however it is written (COR-3)",
        arguments: [
            ("DataBar", "04012345123456", "dataBar", "0104012345123456"),
            ("DataBar", "(01)04012345123456", "dataBarExpanded", "04012345123456"),
            (
                "DataBarExpanded", "(01)98898765432106(3202)012345", "dataBarExpanded",
                "01988987654321063202012345"
            ),
            ("DataBarExpandedStacked", "(10)12A(422)123", "dataBarExpanded", "1012A\u{1D}422123"),
            ("Code128", "(00)106141412345678908", "code128", "00106141412345678908\u{1D}"),
        ])
    func elements(symbology: String, expected: String, name: String, text: String) {
        #expect(judge(symbology, expected, [(name, text)]) == read)
    }

    @Test(
        "what belongs to the symbol and not to the text is removed (COR-4)",
        arguments: [
            ("Code39", "TEST", "code39", "*TEST*"),
            ("Code39", "ab", "code39", "+A+B"),
            ("Code39", "+A+B", "code39", "+A+B"),
            ("Codabar", "A1234B", "codabar", "1234"),
            ("Codabar", "1234", "codabar", "c1234d"),
            ("ITF", "00012345678905", "itf", " 00012345678905 "),
            ("QR", "one\ntwo", "qr", "one\r\ntwo\r\n"),
        ])
    func ends(symbology: String, expected: String, name: String, text: String) {
        #expect(judge(symbology, expected, [(name, text)]) == read)
    }

    @Test(
        "a text that only looks alike is a misread",
        arguments: [
            ("Codabar", "1234", "codabar", "AA1234"),
            ("Code39", "TEST", "code39", "TES"),
            ("ITF", "0012345678905", "itf", "012345678905"),
            ("QR", "one two", "qr", "one\ntwo"),
            ("DataBarExpanded", "(01)98898765432106(3202)012345", "dataBar", "98898765432106"),
            ("EAN-13", "4012345000016", "ean13", "4012345000023"),
        ])
    func alike(symbology: String, expected: String, name: String, text: String) {
        let verdict = judge(symbology, expected, [(name, text)])
        #expect(!verdict.isRead)
        #expect(verdict.misreads.count == 1)
    }
}
