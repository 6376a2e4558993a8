import Tote
import ToteBarcodes
import ToteCatalogue
import ToteTerminal
import ToteValues

/// What a code is part by part, the cause of a refusal, and repairs that are offered and never
/// applied.
struct ExplanationText {
    let code: String
    let explanation: CodeExplanation

    /// A card or pass is shown by its ends only (PUR-4).
    init(code: String, _ explanation: CodeExplanation) {
        if case .token(let token)? = explanation.scanned?.reading {
            self.code = token.redacted
        } else {
            self.code = code
        }
        self.explanation = explanation
    }

    var text: String {
        let rows = [Row("code", code)] + explanation.parts.map(row) + article + diagnosis
        return rows.map(\.text).joined(separator: "\n")
    }

    /// A label, and words that go on below themselves.
    private struct Row {
        let label: String
        let words: String

        init(_ label: String, _ words: String) {
            self.label = label
            self.words = words
        }

        var text: String {
            Columns.folded(VisibleText.escaped(words), after: Columns.left(label, 12), columns: 80)
        }
    }

    private func row(_ part: CodePart) -> Row {
        let words = [part.title ?? "", part.value, part.meaning].filter { !$0.isEmpty }
        return Row(
            part.kind == .checkDigit ? "check digit" : part.kind.rawValue,
            words.joined(separator: "  "))
    }

    private var article: [Row] {
        if let item = explanation.item {
            return [Row("article", Self.line(item))]
        }
        return explanation.candidates.map { Row("candidate", Self.line($0)) }
    }

    private static func line(_ item: PricedItem) -> String {
        "\(item.product.name)  \(ItemText.price(item.shelfPriceMinor, of: item))  "
            + item.product.sku
    }

    private var diagnosis: [Row] {
        var rows: [Row] = []
        if let diagnosis = explanation.diagnosis {
            rows += [Row("cause", diagnosis.headline), Row("mend", diagnosis.mend)]
            let more = diagnosis.findings.filter { $0.message != diagnosis.headline }
            rows += more.map { Row($0.severity.rawValue, $0.message) }
            rows += diagnosis.repairs.map { repair in
                let listed = repair.isListed ? ", sold here" : ""
                return Row(
                    "perhaps", "\(repair.text)  \(repair.kind.rawValue)\(listed), not applied")
            }
        }
        guard let error = explanation.error else { return rows }
        // What the diagnosis has told already is not told twice.
        let isTold = explanation.diagnosis?.findings.first?.kind.rawValue == error.code
        rows.append(Row("refused", isTold ? error.code : "\(error.message) [\(error.code)]"))
        if !isTold, error.mend != explanation.diagnosis?.mend { rows.append(Row("", error.mend)) }
        return rows
    }

    var json: JSONValue {
        .object([
            "code": .string(code),
            "purpose": explanation.scanned.map { .string($0.purpose.rawValue) },
            "parts": .array(explanation.parts.map(Self.json)),
            "article": explanation.item.map(ItemText.json),
            "candidates": .array(explanation.candidates.map(ItemText.json)),
            "headline": explanation.diagnosis.map { .string($0.headline) },
            "mend": explanation.diagnosis.map { .string($0.mend) },
            "findings": .array((explanation.diagnosis?.findings ?? []).map(Self.json)),
            "repairs": .array((explanation.diagnosis?.repairs ?? []).map(Self.json)),
            "error": explanation.error.flatMap { Refusal.json(of: $0)["error"] },
        ])
    }

    private static func json(_ part: CodePart) -> JSONValue {
        .object([
            "part": .string(part.kind.rawValue), "title": part.title.map { .string($0) },
            "value": .string(part.value), "meaning": .string(part.meaning),
        ])
    }

    private static func json(_ finding: Finding) -> JSONValue {
        .object([
            "kind": .string(finding.kind.rawValue),
            "severity": .string(finding.severity.rawValue), "message": .string(finding.message),
            "from": finding.range.map { .integer(Int64($0.lowerBound)) },
            "to": finding.range.map { .integer(Int64($0.upperBound)) },
        ])
    }

    private static func json(_ repair: Repair) -> JSONValue {
        .object([
            "code": .string(repair.text), "kind": .string(repair.kind.rawValue),
            "listed": .bool(repair.isListed),
        ])
    }
}
