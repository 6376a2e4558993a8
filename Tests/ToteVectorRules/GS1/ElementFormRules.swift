import ToteBarcodes
import ToteValues

/// VEC-3 and VEC-5: element strings in brackets and with `^`.
enum ElementFormRules {
    static func judge(_ vector: GS1Vector) -> GS1Verdict {
        switch vector.operation {
        case "gs1.parseAIdata": .equals(vector, bracketed(vector)?.caretText(.standard))
        case "gs1.processAIdata":
            .accepts(vector, (try? parser(vector).parseCaret(vector.bytes)) != nil)
        case "gs1.validateAIs": validate(vector)
        default: exists(vector)
        }
    }

    static func parser(_ vector: GS1Vector) -> ElementParser {
        ElementParser(table: .standard, today: GS1Judge.today, options: ElementOptions(vector))
    }

    static func bracketed(_ vector: GS1Vector) -> ElementString? {
        try? parser(vector).parseBracketed(vector.bytes)
    }

    /// Only the rule that is named.
    private static func validate(_ vector: GS1Vector) -> GS1Verdict {
        let names: [String: AssociationRule] = [
            "mutex": .exclusions, "requisites": .requisites, "repeats": .repeats,
            "digsig": .signature,
        ]
        guard let rule = vector["fn"]?.text.flatMap({ names[$0] }) else {
            return .failed(expected: "a rule of that name", got: "none")
        }
        guard let string = bracketed(vector) else { return .accepts(vector, false, "not parsed") }
        let keeps = ElementRules(today: GS1Judge.today).keeps(rule, string, .standard)
        return .accepts(vector, keeps)
    }

    private static func exists(_ vector: GS1Vector) -> GS1Verdict {
        guard let string = bracketed(vector),
            let pattern = vector["needle"]?.text.flatMap(ApplicationIdentifier.Pattern.init)
        else { return .accepts(vector, false, "not parsed") }
        return .equals(vector, string.first(matching: pattern, except: vector["ignore"]?.text))
    }
}
