import Testing
import ToteBarcodes
import ToteValues

@Suite("Learning a store's template")
struct LearnerTests {
    /// The labels of the specification: weights of three articles, numbers written down.
    static let worked: [(String, String, Int64)] = [
        ("2812346005001", "1234", 500), ("2812347012503", "1234", 1250),
        ("2856787000959", "5678", 95), ("2856786023102", "5678", 2310),
        ("2800426007779", "0042", 777),
    ]

    private func labels(
        _ rows: [(String, String, Int64)], _ unit: MeasureTemplate.Unit = .grams,
        hasItems: Bool = true
    ) throws -> [LabelledExample] {
        try rows.map { code, item, value in
            try LabelledExample(
                code: code, item: hasItems ? item : nil, value: value, unit: unit)
        }
    }

    /// Labels of a template, as article, name and embedded value.
    private func printed(
        _ text: String, _ rows: [(String, String?, Int64)], factor: Int64 = 1,
        unit: MeasureTemplate.Unit = .grams
    ) throws -> [LabelledExample] {
        let template = try Fixtures.template(text)
        return try rows.map { article, item, value in
            try LabelledExample(
                code: template.create(code: article, value: value), item: item,
                value: value * factor, unit: unit)
        }
    }

    private func decided(_ labels: [LabelledExample]) throws -> (MeasureTemplate, LearnEvidence) {
        guard case .decided(let template, let evidence) = try learn(labels) else {
            throw NotDecided(result: try learn(labels))
        }
        return (template, evidence)
    }

    private struct NotDecided: Error { let result: LearnResult }

    private func request(_ labels: [LabelledExample]) throws -> LabelRequest? {
        guard case .undecided(_, let request) = try learn(labels) else { return nil }
        return request
    }

    private func conflict(_ labels: [LabelledExample]) throws -> LabelConflict? {
        guard case .impossible(let conflict) = try learn(labels) else { return nil }
        return conflict
    }

    @Test(
        "five labels of three articles decide, and five verifiers agree", arguments: [true, false])
    func workedExample(hasItems: Bool) throws {
        let (template, evidence) = try decided(labels(Self.worked, hasItems: hasItems))
        #expect(template.text == "28{code:4}{i}{embed:5}{ec}")
        #expect(template.unit == .grams)
        #expect(template.scale == 0)
        #expect(evidence.verifiers == 5)
        #expect(evidence.checkDigits == 5)
        #expect(evidence.differentValues == 5)
        #expect(evidence.differentArticles == 3)
        #expect(evidence.isNumbered == hasItems)
        #expect(evidence.readings.map(\.article) == ["1234", "1234", "5678", "5678", "0042"])
        #expect(evidence.readings.map(\.value) == Self.worked.map(\.2))
    }

    @Test("numbers may be written without their leading zeros")
    func shortNumbers() throws {
        var rows = Self.worked
        rows[4].1 = "42"
        #expect(try decided(labels(rows)).0.text == "28{code:4}{i}{embed:5}{ec}")
    }

    @Test("what was learned reads the labels as the store will")
    func learnedIsUsed() throws {
        let (template, _) = try decided(labels(Self.worked))
        let rules = StoreRules(store: 1, currency: .euro, templates: [template])
        for (code, item, value) in Self.worked {
            let article = try #require(
                Fixtures.camera(code.utf8, .ean13, rules).reading.article)
            #expect(article.measure?.kind == .mass(grams: Int(value)))
            #expect(article.lookupKeys.first?.text == "own-28/\(item)")
        }
    }

    @Test("decimals in the label are found as the scale", arguments: [-2, -1, 0, 1, 3])
    func scales(scale: Int) throws {
        let power: Int64 = (0..<abs(scale)).reduce(1) { product, _ in product * 10 }
        let template = try Fixtures.template("24{code:6}{embed:4}{ec}")
        let rows: [(String, Int64)] = [
            ("123456", 700), ("123456", 1200), ("654321", 9900), ("654321", 300),
            ("777123", 400), ("777123", 5100),
        ]
        let labels = try rows.map { article, value in
            try LabelledExample(
                code: template.create(code: article, value: value), item: article,
                value: scale < 0 ? value / power : value * power, unit: .grams)
        }
        let (found, _) = try decided(labels)
        #expect(found.text == "24{code:6}{embed:4}{ec}")
        #expect(found.scale == scale)
    }

    @Test("an American label is the same with and without its leading zero")
    func upcForms() throws {
        var labels = try printed(
            "2{code:5}{i}{embed:4}{ec}",
            [
                ("26907", "ham", 4223), ("26907", "ham", 399), ("11820", "brie", 1250),
                ("50333", "lox", 1999), ("50333", "lox", 2750),
            ], unit: .minor)
        #expect(try decided(labels).0.text == "2{code:5}{i}{embed:4}{ec}")
        let first = labels[0]
        labels[0] = try LabelledExample(
            code: "0" + first.code, item: first.item, value: first.value, unit: .minor)
        #expect(try decided(labels).0.text == "02{code:5}{i}{embed:4}{ec}")
    }

    @Test("a label may begin with its value, and end without a check digit")
    func otherOrder() throws {
        let labels = try printed(
            "21{embed:5}{code:4}{_:2}",
            [
                ("1111", "a", 12_345), ("1111", "a", 20_310), ("2753", "b", 41_002),
                ("2753", "b", 33_333), ("9024", "c", 57_911), ("9024", "c", 80_017),
            ]
        ).enumerated().map { index, label in
            // Two digits that mean nothing; the check digit is wrong in most.
            try LabelledExample(
                code: label.code.dropLast(1) + String((index * 3 + 1) % 10), item: label.item,
                value: label.value, unit: .grams)
        }
        let found = try decided(labels).0
        #expect(found.text == "21{embed:5}{code:5}{_}")
    }

    // MARK: More labels are needed

    @Test("verifiers of three values are no proof")
    func fewVerifiers() throws {
        let request = try request(labels(Array(Self.worked.prefix(3))))
        #expect(request == .otherValues)
    }

    @Test("labels of one value tell nothing of its place")
    func oneValue() throws {
        let labels = try printed(
            "24{code:6}{embed:4}{ec}",
            ["123456", "654321", "777123", "880214"].map { ($0, $0, 4567) })
        #expect(try request(labels) == .otherValues)
    }

    @Test("one article alone does not show where its number begins")
    func oneArticle() throws {
        let labels = try printed(
            "28{code:4}{i}{embed:5}{ec}", [500, 1250, 95, 2310, 777].map { ("1234", nil, $0) })
        #expect(try request(labels) == .otherArticles)
        let numbered = try printed(
            "28{code:4}{i}{embed:5}{ec}", [500, 1250, 95, 2310, 777].map { ("1234", "1234", $0) })
        #expect(try request(numbered) == .otherArticles)
    }

    @Test("two articles whose numbers begin alike do not settle the literal; their numbers do")
    func sharedDigit() throws {
        let rows: [(String, String?, Int64)] = [
            ("1234", "gouda", 500), ("1234", "gouda", 1250), ("1567", "brie", 95),
            ("1567", "brie", 2310), ("1567", "brie", 777),
        ]
        #expect(try request(printed("28{code:4}{i}{embed:5}{ec}", rows)) == .otherArticles)
        let numbered = rows.map { ($0.0, Optional($0.0), $0.2) }
        let (found, _) = try decided(printed("28{code:4}{i}{embed:5}{ec}", numbered))
        #expect(found.text == "28{code:4}{i}{embed:5}{ec}")
    }

    @Test("a digit between that no article repeats may be the article's or nobody's")
    func noRepeats() throws {
        let rows: [(String, Int64)] = [
            ("123456", 4567), ("654321", 1234), ("777123", 9876), ("880214", 3141),
            ("345019", 2718),
        ]
        let unnamed = try printed("24{code:6}{embed:4}{ec}", rows.map { ($0, nil, $1) })
        #expect(try request(unnamed) == .sameArticle)
        let numbered = try printed("24{code:6}{embed:4}{ec}", rows.map { ($0, $0, $1) })
        #expect(try decided(numbered).0.text == "24{code:6}{embed:4}{ec}")
    }

    @Test("prices that never fill their digits leave the width open: a dearer label is asked for")
    func smallValues() throws {
        let rows: [(String, String?, Int64)] = [
            ("1234", "a", 12_345), ("1234", "a", 50_021), ("5678", "b", 23_999),
            ("5678", "b", 61_250), ("9021", "c", 73_310), ("9021", "c", 14_999),
        ]
        let small = try printed("21{code:4}{embed:6}{ec}", rows, unit: .minor)
        #expect(try request(small) == .largerValue(100_000))
        let dear = try printed(
            "21{code:4}{embed:6}{ec}", rows + [("1234", "a", 123_456)], unit: .minor)
        #expect(try decided(dear).0.text == "21{code:4}{embed:6}{ec}")
    }

    @Test("labels of two prefixes are two templates until a third is seen")
    func twoPrefixes() throws {
        func labels(_ prefixes: [String]) throws -> [LabelledExample] {
            try prefixes.enumerated().map { index, prefix in
                let value = Int64(index * 3733 + 211)
                let template = try Fixtures.template("\(prefix){code:4}{i}{embed:5}{ec}")
                return try LabelledExample(
                    code: template.create(code: "\(1021 + index % 3 * 1817)", value: value),
                    value: value, unit: .grams)
            }
        }
        #expect(try request(labels(["28", "28", "29", "28", "29", "29"])) == .prefixes)
        let found = try decided(labels(["28", "27", "29", "28", "27", "29"])).0
        #expect(found.text == "2{code:5}{i}{embed:5}{ec}")
    }

    // MARK: Labels that contradict

    private func spoilt(
        _ index: Int, code: String? = nil, item: String? = nil, value: Int64? = nil
    ) throws -> [LabelledExample] {
        var rows = Self.worked + [("2812345019992", "1234", 1999), ("2856780000100", "5678", 10)]
        rows[5].0 = try Fixtures.template("28{code:4}{i}{embed:5}{ec}")
            .create(code: "1234", value: 1999)
        rows[6].0 = try Fixtures.template("28{code:4}{i}{embed:5}{ec}")
            .create(code: "5678", value: 10)
        rows[index].0 = code ?? rows[index].0
        rows[index].1 = item ?? rows[index].1
        rows[index].2 = value ?? rows[index].2
        return try labels(rows)
    }

    @Test("one wrong value is named")
    func wrongValue() throws {
        let conflict = try conflict(spoilt(3, value: 2130))
        #expect(conflict?.labels == [3])
        #expect(conflict?.reason == .values)
        #expect(conflict?.template?.text == "28{code:4}{i}{embed:5}{ec}")
    }

    @Test("one mistyped digit is named, and never ends in a template without checks")
    func wrongDigit() throws {
        let conflict = try conflict(spoilt(1, code: "2812347012504"))
        #expect(conflict?.labels == [1])
        #expect(conflict?.reason == .checkDigit)
    }

    @Test("one wrong verifier is named, also where the check digit was made to fit")
    func wrongVerifier() throws {
        let payload = digits("281234801250")
        let code = String(decoding: payload + [0x30 + CheckDigit.mod10(payload)], as: UTF8.self)
        let conflict = try conflict(spoilt(1, code: code))
        #expect(conflict?.labels == [1])
        #expect(conflict?.reason == .verifier)
    }

    @Test("one wrong article is named")
    func wrongItem() throws {
        #expect(try conflict(spoilt(0, item: "5678"))?.labels == [0])
        let mistyped = try conflict(spoilt(4, item: "0024"))
        #expect(mistyped?.labels == [4])
        #expect(mistyped?.reason == .itemNumber)
    }

    @Test("where either of two may be wrong, both are suspects")
    func suspects() throws {
        let named = try spoilt(0).map { label in
            let name = ["1234": "gouda", "5678": "brie", "0042": "ham"][label.item ?? ""]
            return try LabelledExample(
                code: label.code, item: name, value: label.value, unit: label.unit)
        }
        var twice = named
        twice.append(
            try LabelledExample(
                code: named[0].code, item: "gouda", value: 501, unit: .grams))
        #expect(try conflict(twice)?.labels == [7])
        let pair = try printed(
            "28{code:4}{i}{embed:5}{ec}",
            [
                ("1234", "gouda", 500), ("9876", "gouda", 1250), ("5678", "brie", 95),
                ("5678", "brie", 2310), ("0042", "ham", 777), ("0042", "ham", 1777),
            ])
        let conflict = try conflict(pair)
        #expect(conflict?.labels == [0, 1])
        #expect(conflict?.reason == .items)
        #expect(conflict?.template == nil)
    }

    @Test("labels of two kinds are refused")
    func contradictory() throws {
        let weights = try labels(Self.worked)
        let prices = try printed(
            "22{code:4}{i}{embed:5}{ec}", (1...5).map { ("1234", nil, $0 * 1007) }, unit: .minor)
        #expect(try conflict(weights + prices)?.reason == .mixedUnits)
        #expect(try conflict(weights + prices)?.labels == [])
        #expect(try conflict(weights + [prices[0]])?.labels == [5])
        let shuffled = try zip(Self.worked, Self.worked.dropFirst() + [Self.worked[0]]).map {
            try LabelledExample(code: $0.0, item: $0.1, value: $1.2, unit: .grams)
        }
        #expect(try conflict(shuffled)?.labels == [])
        let other = try printed("28{code:6}{i}{embed:4}{ec}", [("123456", nil, 500)])
        #expect(try conflict(weights + other)?.reason == .mixedLengths)
    }

    // MARK: Bad input

    @Test("a label that is none is refused with the reason")
    func badLabels() {
        func code(_ text: String, _ value: Int64 = 1) -> BarcodeError.Code? {
            do throws(BarcodeError) {
                _ = try LabelledExample(code: text, value: value, unit: .grams)
                return nil
            } catch { return error.code }
        }
        #expect(code("") == .empty)
        #expect(code("28123460O5001") == .invalidCharacter)
        #expect(code("٢812346005001") == .invalidCharacter)
        #expect(code("28123460") == .length)
        #expect(code("2812346005001281234") == .length)
        #expect(code("2812346005001", 0) == .priceEmbeddedInvalid)
        #expect(code("2812346005001", -5) == .priceEmbeddedInvalid)
        #expect(code("2812346005001", .max) == .priceEmbeddedInvalid)
        #expect(code("2812346005001") == nil)
    }

    @Test("2 labels are too few, 65 too many", arguments: [0, 2, 65])
    func counts(count: Int) throws {
        let label = try LabelledExample(code: "2812346005001", value: 500, unit: .grams)
        let error = #expect(throws: BarcodeError.self) {
            try learn(Array(repeating: label, count: count))
        }
        #expect(error?.code == .template)
        #expect(error?.found == String(count))
    }
}
