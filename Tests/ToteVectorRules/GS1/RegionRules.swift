import ToteBarcodes
import ToteValues

/// VEC-8: labels of a region, and their numbers without the value.
enum RegionRules {
    private static let names = [
        "denmark": "dk", "finland": "fi", "germany": "de", "great_britain": "gb",
        "norway": "no", "sweden": "se", "estonia": "ee", "latvia": "lv", "lithuania": "lt",
    ]

    private static let currencies = ["se": "SEK", "no": "NOK", "dk": "DKK", "gb": "GBP"]

    static func describe(_ vector: GS1Vector) -> FieldOutcome {
        let name = vector.operation(after: "biip.") ?? ""
        let named = name.hasPrefix("region_") ? names[String(name.dropFirst(7))] : nil
        let region = vector.parameter("rcn_region")?.text ?? named
        if name.contains("nonvariable") { return unchanged(vector, region) }
        guard let gtin = vector.text.flatMap({ GTIN14($0) }) else { return .refused("no number") }
        let label = region.flatMap { self.label(gtin, region: $0) }
        if name.hasPrefix("region_") {
            return .read(.object(label.flatMap { l in region.map { fields(l, region: $0) } } ?? []))
        }
        let plain = label?.withoutValue ?? gtin.text(as: gtin.format)
        let isKept = name.contains("keeps")
        if isKept, plain != gtin.text(as: gtin.format) { return .refused("changed") }
        return .text(plain)
    }

    /// A number of every prefix that the region gives no value to stays as it is.
    private static func unchanged(_ vector: GS1Vector, _ region: String?) -> FieldOutcome {
        guard case .array(let prefixes)? = vector["in"]?["nonvariable_prefixes"], let region else {
            return .refused("no prefixes")
        }
        for prefix in prefixes.compactMap(\.text) {
            let payload = Array((prefix + String(repeating: "1", count: 10)).utf8)
            let digits = payload + [0x30 + CheckDigit.mod10(payload)]
            let text = String(decoding: digits, as: UTF8.self)
            guard let gtin = GTIN14(text), label(gtin, region: region) == nil else {
                return .refused(text)
            }
        }
        return .read([.null])
    }

    static func label(_ gtin: GTIN14, region: String) -> Label? {
        gtin.text(as: .gtin13).flatMap { Label(Array($0.utf8), country: region.uppercased()) }
    }

    /// Kilograms, and amounts in the region's currency; both of its two decimals or three.
    static func fields(_ label: Label, region: String) -> [JSONMember] {
        switch label.measure {
        case .mass(let grams):
            return [JSONMember("weight", .string(decimal(Int64(grams), places: 3)))]
        case .count(let pieces): return [JSONMember("count", .integer(Int64(pieces)))]
        case .price(let minor):
            let amount = JSONValue.string(decimal(minor, places: 2))
            let currency = JSONValue.string(currencies[region] ?? "EUR")
            return [
                JSONMember("price", amount),
                JSONMember("money", .object(["amount": amount, "currency": currency])),
            ]
        default: return []
        }
    }

    private static func decimal(_ number: Int64, places: Int) -> String {
        let digits = String(number)
        let filled = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        return "\(filled.dropLast(places)).\(filled.suffix(places))"
    }
}

/// VEC-8: every reading that the reference found.
enum InterpretationRules {
    static func describe(_ vector: GS1Vector) -> FieldOutcome {
        var anatomy = CodeAnatomy(text: vector.text ?? "")
        anatomy.region = vector.parameter("rcn_region")?.text
        return .read(anatomy.whole)
    }
}
