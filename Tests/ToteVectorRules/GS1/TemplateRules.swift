import ToteBarcodes
import ToteValues

/// VEC-7: templates compile, match, create and embed.
enum TemplateRules {
    static func judge(_ vector: GS1Vector) -> GS1Verdict {
        if vector.operation == "template.compile" {
            return .accepts(vector, template(vector.text) != nil)
        }
        guard let template = template(vector["template"]?.text) else {
            return .accepts(vector, false, "the template does not compile")
        }
        let value = vector["value"]?.number ?? 0
        switch vector.operation {
        case "template.match": return match(vector, template)
        case "template.create":
            return .equals(vector, try? template.create(code: vector.text ?? "", value: value))
        default: return .equals(vector, try? template.embed(value, into: vector.text ?? ""))
        }
    }

    private static func template(_ text: String?) -> MeasureTemplate? {
        text.flatMap { try? MeasureTemplate(id: "t", text: $0, unit: .minor) }
    }

    private static func match(_ vector: GS1Vector, _ template: MeasureTemplate) -> GS1Verdict {
        let reading = template.pattern.match(vector.bytes).flatMap {
            $0.failedCheck == nil ? $0 : nil
        }
        guard vector.isAccepted, let reading else {
            return .accepts(vector, reading != nil, reading?.code ?? "")
        }
        let ours = JSONValue.object([
            "code": .string(reading.code), "embed": reading.embed.map { .integer($0) },
            "price": reading.price.map { .integer($0) },
            "fractionDigits": .integer(Int64(reading.fractionDigits)),
        ])
        let comparison = FieldComparison(expected: vector.expected, got: ours)
        return comparison.difference.map { .failed(expected: vector.expected.words, got: $0) }
            ?? .passed
    }
}
