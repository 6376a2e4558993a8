import Tote
import ToteBarcodes
import ToteTerminal
import ToteValues

/// What a code is, the cause of a refusal, and repairs that are offered and never applied.
struct ExplanationText {
    let code: String
    let explanation: CodeExplanation

    init(code: String, _ explanation: CodeExplanation) {
        self.code = code
        self.explanation = explanation
    }

    var text: String {
        var rows: [String] = []
        if let scanned = explanation.scanned {
            rows.append("purpose   \(scanned.purpose.rawValue)")
        }
        if let item = explanation.item { rows.append("article   \(ItemText.line(item))") }
        if let diagnosis = explanation.diagnosis {
            rows.append("cause     \(VisibleText.escaped(diagnosis.headline))")
            rows.append("mend      \(VisibleText.escaped(diagnosis.mend))")
            let more = diagnosis.findings.filter { $0.message != diagnosis.headline }
            rows += more.map { "          \(VisibleText.escaped($0.message))" }
            rows += diagnosis.repairs.map {
                "perhaps   \(VisibleText.escaped($0.text))  \($0.kind.rawValue)"
                    + "\($0.isListed ? ", sold here" : ""), not applied"
            }
        }
        if let error = explanation.error {
            rows.append("refused   \(VisibleText.escaped(error.message)) [\(error.code)]")
            rows.append("          \(VisibleText.escaped(error.mend))")
        }
        return rows.joined(separator: "\n")
    }

    var json: JSONValue {
        .object([
            "code": .string(code),
            "purpose": explanation.scanned.map { .string($0.purpose.rawValue) },
            "article": explanation.item.map(ItemText.json),
            "headline": explanation.diagnosis.map { .string($0.headline) },
            "mend": explanation.diagnosis.map { .string($0.mend) },
            "findings": .strings(explanation.diagnosis?.findings.map(\.message) ?? []),
            "repairs": .array(
                (explanation.diagnosis?.repairs ?? []).map {
                    .object([
                        "code": .string($0.text), "kind": .string($0.kind.rawValue),
                        "listed": .bool($0.isListed),
                    ])
                }),
            "error": explanation.error.flatMap { Refusal.json(of: $0)["error"] },
        ])
    }
}
