import ToteValues

/// VEC-8: every field that is named in `expect` must be ours, decimals as exact numbers; fields
/// that need a table of company prefixes, and the words of errors, are left out and counted.
struct FieldComparison {
    private(set) var difference: String?
    private(set) var leftOut: [String: Int] = [:]

    private static let decimals: Set<String> = [
        "weight", "price", "amount", "expected_decimal", "count",
    ]

    init(expected: JSONValue, got: JSONValue) {
        compare(expected, got, path: "")
    }

    private mutating func compare(_ expected: JSONValue, _ got: JSONValue, path: String) {
        switch (expected, got) {
        case (.object(let members), .object):
            let needsPrefix = members.contains { $0.name == "company_prefix" }
            for member in members {
                let isDivision = needsPrefix && member.name == "item_reference"
                if member.name == "company_prefix" || isDivision {
                    leftOut[member.name, default: 0] += 1
                } else if member.name == "error" || member.name.hasSuffix("_error") {
                    leftOut["error text", default: 0] += 1
                } else {
                    compare(member.value, got[member.name] ?? .null, path: "\(path).\(member.name)")
                }
            }
        case (.array(let expected), .array(let got)) where expected.count == got.count:
            for (index, pair) in zip(expected, got).enumerated() {
                compare(pair.0, pair.1, path: "\(path)[\(index)]")
            }
        default:
            let name = path.split(separator: ".").last.map(String.init) ?? ""
            let isSame =
                expected == got
                || Self.decimals.contains(name) && Self.isSameNumber(expected, got)
            if !isSame { difference = difference ?? "\(path) \(got.words)" }
        }
    }

    /// `6.870` is `6.87`.
    static func isSameNumber(_ one: JSONValue, _ other: JSONValue) -> Bool {
        guard let one = normal(one), let other = normal(other) else { return false }
        return one == other
    }

    private static func normal(_ value: JSONValue) -> String? {
        let text = value.number.map(String.init) ?? value.text ?? ""
        let halves = text.split(separator: ".", omittingEmptySubsequences: false)
        let isNumber =
            (1...2).contains(halves.count)
            && halves.allSatisfy { half in
                !half.isEmpty && half.utf8.allSatisfy { (0x30...0x39).contains($0) }
            }
        guard isNumber else { return nil }
        let fraction = halves.count == 2 ? halves[1] : ""
        let kept = String(fraction.reversed().drop { $0 == "0" }.reversed())
        let whole = halves[0].drop { $0 == "0" }
        return "\(whole.isEmpty ? "0" : whole).\(kept)"
    }
}
