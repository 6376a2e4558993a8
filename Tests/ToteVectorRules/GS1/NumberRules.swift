import ToteBarcodes
import ToteValues

/// VEC-6: verifiers, UPC-E, GTIN and store labels.
enum NumberRules {
    static func judge(_ vector: GS1Vector) -> GS1Verdict {
        switch vector.operation {
        case "gs1.priceVerifier4": verifier(vector, digits: 4)
        case "gs1.priceVerifier5": verifier(vector, digits: 5)
        case "upce.expand": upcE(vector)
        case "gtin.normalise": .equals(vector, vector.text.flatMap { GTIN14($0) }?.text)
        default: label(vector)
        }
    }

    private static func verifier(_ vector: GS1Vector, digits: Int) -> GS1Verdict {
        let found = vector.bytes.count == digits ? CheckDigit.verifier(vector.bytes) : nil
        return .equals(vector, found.map { .integer(Int64($0)) })
    }

    private static func upcE(_ vector: GS1Vector) -> GS1Verdict {
        let expanded = UPCE.expand(vector.bytes[...]).map { String(decoding: $0, as: UTF8.self) }
        let gtin = expanded.flatMap { GTIN14($0) }
        guard let expanded, let gtin else { return .accepts(vector, false) }
        return .equals(
            vector, .object(["upc_a": .string(expanded), "gtin14": .string(gtin.text)]))
    }

    private static func label(_ vector: GS1Vector) -> GS1Verdict {
        let name = (vector["template"]?.text ?? "").split(separator: ".").map(String.init)
        guard name.count >= 2, let reading = Label(vector.bytes, country: name[0]),
            reading.templateID == "\(name[0].lowercased())-\(name[1])"
        else { return .accepts(vector, false) }
        guard vector.isAccepted else { return .accepts(vector, true, reading.item) }
        let ours = reading.json
        let comparison = FieldComparison(expected: vector.expected, got: ours)
        return comparison.difference.map { .failed(expected: vector.expected.words, got: $0) }
            ?? .passed
    }
}

/// A store's label, read as a shop of that country reads it.
struct Label {
    let templateID: String
    let item: String
    let measure: MeasureKind?
    /// The number with its value set to 0, in 13 digits.
    let withoutValue: String

    init?(_ bytes: [UInt8], country: String) {
        let rules = StoreRules(
            store: 1, currency: .euro, templates: MeasureTemplate.presets(country: country))
        let input = ScanInput(bytes: bytes, symbology: .ean13, source: .camera)
        let code = try? interpret(input, rules: rules, today: GS1Judge.today)
        guard let article = code?.reading.article, let id = article.templateID,
            let item = article.lookupKeys.first?.text.split(separator: "/").last,
            let number = article.lookupKeys.last?.text.split(separator: ":").last
        else { return nil }
        templateID = id
        self.item = String(item)
        measure = article.measure?.kind
        withoutValue = String(number)
    }

    var json: JSONValue {
        var price: Int64?
        var grams: Int64?
        var count: Int64?
        switch measure {
        case .price(let minor): price = minor
        case .mass(let mass): grams = Int64(mass)
        case .count(let pieces): count = Int64(pieces)
        default: break
        }
        let number = withoutValue
        return .object([
            "item": .string(item), "price_minor": price.map { .integer($0) },
            "weight_g": grams.map { .integer($0) }, "count": count.map { .integer($0) },
            "lookup_gtin13": .string(number),
            "lookup_gtin12": number.hasPrefix("0") ? .string(String(number.dropFirst())) : nil,
        ])
    }
}
