import ToteBarcodes
import ToteValues

/// VEC-8: prefixes and check digits.
enum PrefixRules {
    static func judge(_ vector: GS1Vector) -> GS1Verdict {
        switch vector.operation(after: "biip.") ?? "" {
        case "gs1_company_prefix": return .skipped(CodeAnatomy.needsPrefixes)
        case "gs1_8_prefix": return prefix(vector, eightPrefix(vector.text ?? ""))
        case "gs1_prefix": return prefix(vector, GS1Prefix.of(vector.text ?? ""))
        case let name where name.hasPrefix("gs1_standard_check_digit"):
            let isNumber = !vector.bytes.isEmpty && vector.bytes.allSatisfy(isDigit)
            let digit = isNumber ? CheckDigit.mod10(vector.bytes) : nil
            return .equals(vector, digit.map { .integer(Int64($0)) })
        case let name where name.hasPrefix("gs1_price_weight_check_digit"):
            let digit = CheckDigit.verifier(vector.bytes)
            return .equals(vector, digit.map { .integer(Int64($0)) })
        default:
            return .accepts(vector, GS1Prefix.of(vector.text ?? "") != nil)
        }
    }

    private static func prefix(_ vector: GS1Vector, _ found: String?) -> GS1Verdict {
        .equals(vector, found.map { JSONValue.object(["value": .string($0)]) })
    }

    private static func eightPrefix(_ text: String) -> String? {
        let prefix = text.prefix(3)
        return prefix.utf8.count == 3 && prefix.utf8.allSatisfy(isDigit) ? String(prefix) : nil
    }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
