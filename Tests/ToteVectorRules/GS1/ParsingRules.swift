import ToteBarcodes
import ToteValues

/// VEC-8: what a text is, and its other forms.
enum ParsingRules {
    static func describe(_ vector: GS1Vector) -> FieldOutcome {
        let name = vector.operation(after: "biip.") ?? ""
        if name.hasPrefix("as_") { return form(name, vector) }
        if name == "from_element_strings" { return assembled(vector) }
        var anatomy = CodeAnatomy(text: vector.text ?? "")
        anatomy.region = vector.parameter("rcn_region")?.text
        switch name {
        case "parse_error": return .text(anatomy.link?.bracketed)
        case "parse_fails_if_unparsed_data_left": return .text(anatomy.elements?.bracketed)
        case "parse_ignores_redundant_separator_chars", "parse_with_separator_char":
            anatomy.separators = separators(vector)
            return .read(
                anatomy.elements.map { .object(["expected_hri": .string($0.bracketed)]) })
        case "parse_with_invalid_element_values":
            let verifies = vector.parameter("config")?["gs1_element_strings_verify_date"]
            if verifies == .bool(false) { anatomy.checks = .none }
            return .read(anatomy.message(anatomy.elements))
        case "parse_rcn": return .read(anatomy.gtin)
        case "parse_upc_e": return .read(NumberAnatomy.upcE(vector.text ?? ""))
        case "parse_upc_e_with_invalid_number_system": return numberSystem(vector)
        case "parse_nonnumeric_value": return number(vector.text ?? "")
        case let name where name.hasPrefix("parse_hri"):
            return .read(anatomy.message(anatomy.bracketed))
        case let name where name.hasPrefix("parse_gtin"): return number(vector.text ?? "")
        default: return everything(anatomy)
        }
    }

    private static func everything(_ anatomy: CodeAnatomy) -> FieldOutcome {
        let readings = [
            anatomy.whole, anatomy.message(anatomy.link, value: anatomy.text),
            anatomy.message(anatomy.elements, value: anatomy.text),
            NumberAnatomy.gln(anatomy.text),
        ].compactMap(\.self)
        return readings.isEmpty ? .refused("nothing in it") : .read(readings)
    }

    private static func separators(_ vector: GS1Vector) -> Set<Character> {
        guard case .array(let signs)? = vector.parameter("separator_chars") else {
            return ["\u{1D}"]
        }
        return Set(signs.compactMap(\.text?.first))
    }

    /// Any of the numbers that are known.
    private static func number(_ text: String) -> FieldOutcome {
        let found = [
            NumberAnatomy.gtin(text), NumberAnatomy.upcE(text), NumberAnatomy.sscc(text),
            NumberAnatomy.gln(text),
        ].compactMap(\.self)
        return found.isEmpty ? .refused("no number") : .read(found)
    }

    /// The same digits under every length that UPC-E may be written in.
    private static func numberSystem(_ vector: GS1Vector) -> FieldOutcome {
        guard let digit = vector["in"]?["number_system"]?.number else {
            return .refused("no digit")
        }
        let seven = "\(digit)425261"
        let eight = (0...9).map { "\(seven)\($0)" }
        return .read(([seven] + eight).lazy.compactMap(NumberAnatomy.upcE).first)
    }

    /// Elements given one by one: as a message and as a link.
    private static func assembled(_ vector: GS1Vector) -> FieldOutcome {
        guard case .array(let given)? = vector["in"]?["value"] else { return .refused("no list") }
        let elements = given.compactMap { member -> ElementString.Element? in
            guard let ai = member["ai"]?["ai"]?.text, let value = member["value"]?.text else {
                return nil
            }
            return ElementString.Element(ai: ai, value: value, range: 0..<0)
        }
        let string = ElementString(elements: elements, origin: .bracketed)
        let anatomy = CodeAnatomy(text: "")
        let link = try? DigitalLink(table: .standard, today: GS1Judge.today).build(string)
        return .read(
            [
                anatomy.message(string), link.flatMap { anatomy.message(string, value: $0) },
            ].compactMap(\.self))
    }

    private static func form(_ name: String, _ vector: GS1Vector) -> FieldOutcome {
        let text = vector.text ?? ""
        let anatomy = CodeAnatomy(text: text)
        let links = DigitalLink(table: .standard, today: GS1Judge.today)
        switch name {
        case "as_canonical_uri": return .text(anatomy.link.flatMap { try? links.build($0) })
        case "as_uri":
            let domain = vector.parameter("domain")?.text ?? "id.gs1.org"
            let prefix = vector.parameter("prefix")?.text.map { "/\($0)" } ?? ""
            let stem = "https://\(domain)\(prefix)"
            return .text(anatomy.link.flatMap { try? links.build($0, stem: stem) })
        case "as_gs1_digital_link_uri":
            return .text(anatomy.elements.flatMap { try? links.build($0) })
        case "as_gs1_message": return .text(anatomy.link?.bracketed)
        case "as_hri":
            if ShippingCode(text) != nil { return .skipped(CodeAnatomy.needsPrefixes) }
            return .text(anatomy.elements?.bracketed)
        case "as_upc_a": return .text(GTIN14(upcE: text)?.text(as: .gtin12))
        case "as_upc_e": return .text(shortened(text))
        default: return gtin(name, text)
        }
    }

    private static func shortened(_ text: String) -> String? {
        guard let gtin = GTIN14(upcE: text) else { return GTIN14(text)?.upcE }
        let full = text.utf8.count == 6 ? "0" + text : text
        return "\(full.prefix(7))\(gtin.checkDigit)"
    }

    /// `as_gtin_12`, `as_gtin_13_fails_for_too_long_values` …
    private static func gtin(_ name: String, _ text: String) -> FieldOutcome {
        let digits = name.dropFirst("as_gtin_".count).prefix { $0.isNumber }
        guard let form = Int(digits).flatMap(GTIN14.Format.init(rawValue:)) else {
            return .refused("no form of that name")
        }
        let short = form == .gtin8 ? nil : GTIN14(upcE: text)
        return .text((short ?? GTIN14(text))?.text(as: form))
    }
}
