import ToteBarcodes
import ToteValues

/// VEC-8: one element, or the identifier in front of a code.
enum ExtractionRules {
    static func describe(_ vector: GS1Vector) -> FieldOutcome {
        let name = vector.operation(after: "biip.") ?? ""
        let text = vector.text ?? ""
        if name == "extract", text.hasPrefix("]") {
            return .read(CodeAnatomy(text: text).symbology)
        }
        let dated = name == "extract_fails_with_invalid_date"
        let prefix = dated ? vector.parameter("ai_code")?.text ?? "" : ""
        guard let element = CodeAnatomy(text: prefix + text).elements?.elements.first else {
            return .refused("no element")
        }
        let day = element.day(today: GS1Judge.today)
        switch name {
        case "extract_gs1_ai", "extract_unknown_gs1_ai":
            return .read(.object(["ai": .string(element.ai)]))
        case "extract_amount_payable", "extract_percentage_discount",
            "extract_variable_measures":
            return .text(element.decimalText)
        case "extract_amount_payable_and_currency":
            return .read(
                .object([
                    "expected_currency": element.currency.map { .string($0.code) },
                    "expected_decimal": element.decimalText.map { .string($0) },
                ]))
        case "extract_date_and_datetime":
            let moment = CodeAnatomy.moment(element, day)
            return .read(
                .object([
                    "expected_date": day.map { .string($0.text) },
                    "expected_datetime": moment.map { .string($0) },
                ]))
        case "extract_handles_zero_day_as_last_day_of_month": return .text(day?.text)
        default: return .read(CodeAnatomy.element(element))
        }
    }
}
