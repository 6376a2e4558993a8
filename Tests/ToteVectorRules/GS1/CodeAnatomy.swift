import ToteBarcodes
import ToteValues

/// All that Tote finds in a text, in the field names of the vectors.
struct CodeAnatomy {
    static let needsPrefixes = "needs a table of GS1 Company Prefix lengths"

    let text: String
    var region: String?
    var checks = ElementChecks.datesOnly
    /// Characters that stand for FNC1.
    var separators: Set<Character> = ["\u{1D}"]

    /// `]` with letter and modifier, and what follows it. A system expansion (`]Y`) has a
    /// modifier of two characters (ISO/IEC 15424).
    private var split: (identifier: String?, data: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 3, bytes[0] == 0x5D,
            SymbologyIdentifier(text: text.prefix(3)) != nil
        else { return (nil, text) }
        let count = bytes[1] == 0x59 ? 4 : 3
        return (String(text.prefix(count)), String(text.dropFirst(count)))
    }

    var data: String { split.data }

    private static let gs1Identifiers: Set<String> = [
        "E0", "E1", "E2", "E3", "E4", "I1", "C1", "e0", "e1", "e2", "d2", "Q3", "J1",
    ]

    var symbology: JSONValue? {
        guard let identifier = split.identifier else { return nil }
        let name = String(identifier.dropFirst())
        return .object([
            "value": .string(identifier), "iso_symbology": .string(String(name.prefix(1))),
            "modifiers": .string(String(name.dropFirst())),
            "gs1_symbology": Self.gs1Identifiers.contains(name) ? .string(name) : nil,
        ])
    }

    // MARK: Elements

    var elements: ElementString? {
        let bytes = data.map { separators.contains($0) ? "\u{1D}" : $0 }
        return try? parser.parse(Array(String(bytes).utf8))
    }

    var bracketed: ElementString? { try? parser.parseBracketed(Array(data.utf8)) }

    private var parser: ElementParser {
        ElementParser(table: .standard, today: GS1Judge.today, checks: checks)
    }

    var link: ElementString? {
        let link = DigitalLink(
            table: .standard, today: GS1Judge.today, options: .zeroSuppressedGTIN)
        return try? link.parse(Array(data.utf8))
    }

    func message(_ string: ElementString?, value: String? = nil) -> JSONValue? {
        string.map { string in
            let joined = string.joined(.standard, separator: ElementParser.separator)
            let text = value ?? String(decoding: joined, as: UTF8.self)
            return .object([
                "value": .string(text),
                "element_strings": .array(string.elements.map { Self.element($0) }),
            ])
        }
    }

    static func element(_ element: ElementString.Element) -> JSONValue {
        let row = IdentifierTable.standard[element.ai]
        let groups = row?.parts(Array(element.value.utf8)[...]) ?? []
        let day = element.day(today: GS1Judge.today)
        let isTrade = ["01", "02", "03"].contains(element.ai)
        let isPlace = element.ai.utf8.count == 3 && element.ai.hasPrefix("41")
        return .object([
            "ai": .object(["ai": .string(element.ai)]), "value": .string(element.value),
            "pattern_groups": .strings(groups.map { String(decoding: $0, as: UTF8.self) }),
            "gtin": isTrade ? NumberAnatomy.gtin(element.value) : nil,
            "sscc": element.ai == "00" ? NumberAnatomy.sscc(element.value) : nil,
            "gln": isPlace ? NumberAnatomy.gln(element.value) : nil,
            "date": day.map { .string($0.text) },
            "datetime": moment(element, day).map { .string($0) },
            "decimal": element.decimalText.map { .string($0) },
        ])
    }

    static func moment(_ element: ElementString.Element, _ day: CalendarDay?) -> String? {
        guard let day, let time = element.time else { return nil }
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(day.text)T\(two(time.hour)):\(two(time.minute)):\(two(time.second))"
    }

    // MARK: Numbers

    /// The number itself, or the one that the elements name.
    private var number: String? {
        if GTIN14(data) != nil { return data }
        return (elements ?? link)?["01"] ?? link?["01"]
    }

    var gtin: JSONValue? {
        if let number, let described = NumberAnatomy.gtin(number, region: region) {
            return described
        }
        return GTIN14(upcE: data).flatMap { $0.text(as: .gtin12) }.flatMap {
            NumberAnatomy.gtin($0, region: region)
        }
    }

    var upc: JSONValue? {
        if let short = NumberAnatomy.upcE(data) { return short }
        return number.flatMap { GTIN14($0) }.flatMap(NumberAnatomy.upcA)
    }

    var sscc: JSONValue? {
        NumberAnatomy.sscc(data)
            ?? (elements ?? link)?["00"].flatMap(NumberAnatomy.sscc)
            ?? link?["00"].flatMap(NumberAnatomy.sscc)
    }

    /// Everything at once; `nil` when nothing is found.
    var whole: JSONValue? {
        let elements = self.elements
        let link = self.link
        let pairs = (link ?? elements)?.elements.map { JSONValue.strings([$0.ai, $0.value]) }
        let found: [JSONValue?] = [symbology, gtin, upc, sscc, pairs.map { .array($0) }]
        guard found.contains(where: { $0 != nil }) else { return nil }
        return .object([
            "value": .string(text), "symbology_identifier": symbology, "symbology": symbology,
            "gtin": gtin, "upc": upc, "sscc": sscc, "elements": pairs.map { .array($0) },
            "gs1_message": message(elements, value: data),
            "gs1_digital_link_uri": message(link, value: data),
        ])
    }
}
