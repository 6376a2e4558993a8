import ToteBarcodes
import ToteCatalogue
import ToteTerminal
import ToteValues

/// What was learned, for people and as JSON.
struct LearnView {
    let labels: LabelFile
    let result: LearnResult

    var text: String {
        switch result {
        case .decided(let template, let evidence): decided(template, evidence)
        case .undecided(let templates, let request): undecided(templates, request)
        case .impossible(let conflict): impossible(conflict)
        }
    }

    // MARK: Decided

    private func decided(_ template: MeasureTemplate, _ evidence: LearnEvidence) -> String {
        var table = Table(columns: [
            .init("line", alignment: .right), .init("label"), .init("item", isFlexible: true),
            .init("article"), .init("value", alignment: .right),
        ])
        for (index, reading) in evidence.readings.enumerated() {
            let label = labels.labels[index]
            table.add([
                "\(labels.lines[index])", label.code, label.item ?? "", reading.article,
                value(reading.value, label.unit),
            ])
        }
        let lines = [Self.words(template), ""] + table.lines(columns: 100)
        return (lines + ["", Self.words(evidence)]).joined(separator: "\n")
    }

    private static func words(_ template: MeasureTemplate) -> String {
        let unit =
            switch template.unit {
            case .minor: "price in minor units"
            case .grams: "weight in g"
            case .millilitres: "volume in ml"
            case .millimetres: "length in mm"
            case .pieces: "pieces"
            }
        let scale = template.scale == 0 ? "" : ", value × 10^\(template.scale)"
        return "\(template.text)  \(unit)\(scale)"
    }

    private static func words(_ evidence: LearnEvidence) -> String {
        let count = evidence.readings.count
        var words = [
            "\(count) labels agree: \(evidence.differentArticles) articles, "
                + "\(evidence.differentValues) values."
        ]
        if evidence.verifiers > 0 {
            words.append("All \(evidence.verifiers) inner check digits {i} are right.")
        }
        if evidence.checkDigits > 0 {
            words.append("All \(evidence.checkDigits) check digits {ec} are right.")
        }
        if evidence.isNumbered { words.append("The items are the articles' numbers.") }
        return words.joined(separator: "\n")
    }

    // MARK: More labels

    private func undecided(_ templates: [MeasureTemplate], _ request: LabelRequest) -> String {
        let count = templates.count
        var lines = [
            count == 1
                ? "Not decided yet: one template reads these labels, but they are too much alike."
                : "Not decided yet: \(count) templates read these labels alike."
        ]
        lines += templates.prefix(8).map { "  " + Self.words($0) }
        return (lines + ["Add " + words(request)]).joined(separator: "\n")
    }

    private func words(_ request: LabelRequest) -> String {
        switch request {
        case .otherValues: return "labels with other values, five in all."
        case .otherArticles:
            return "labels of articles whose numbers begin with other digits, or write the "
                + "articles' numbers as items."
        case .sameArticle:
            return "labels of the same article with another value, and name the article as item."
        case .largerValue(let least):
            let unit = labels.labels.first?.unit ?? .grams
            return "a label of \(value(least, unit)) or more, or write the articles' numbers as "
                + "items."
        case .finerValue: return "a label whose value does not end in 0."
        case .prefixes:
            return "labels of one prefix only: two prefixes are two templates. Or add a third."
        }
    }

    // MARK: Contradictions

    private func impossible(_ conflict: LabelConflict) -> String {
        let lines = conflict.labels.map { "\(labels.lines[$0])" }
        let headline: String
        switch lines.count {
        case 0: headline = "No template reads these labels: \(Self.words(conflict.reason))."
        case 1: headline = "Line \(lines[0]) contradicts the others."
        default:
            headline =
                "One of the lines \(lines.joined(separator: ", ")) is wrong: "
                + "\(Self.words(conflict.reason))."
        }
        guard let index = conflict.labels.first, let template = conflict.template else {
            return headline
        }
        return headline + "\n  " + fault(labels.labels[index], template)
            + "\nThe others agree on \(Self.words(template)). Look at that label again."
    }

    private static func words(_ reason: LabelConflict.Reason) -> String {
        switch reason {
        case .mixedUnits: "weights, prices and counts have a template each; learn them apart"
        case .mixedLengths: "their codes differ in length"
        case .checkDigit: "most end in a right check digit, some do not"
        case .verifier: "most have a right inner check digit, some do not"
        case .itemNumber: "most items are the article's number in the label, some are not"
        case .items: "one article has two numbers, or one number two articles"
        case .values: "no place in them holds all the values"
        }
    }

    /// What the others' template makes of the label that contradicts.
    private func fault(_ label: LabelledExample, _ template: MeasureTemplate) -> String {
        let written = value(label.value, label.unit)
        let item = label.item.map { " of \"\($0)\"" } ?? ""
        let begin = "\(label.code) is written down as \(written)\(item)"
        guard label.unit == template.unit, let reading = template.reading(of: label.code) else {
            return VisibleText.escaped(begin + ": it is another kind of label.")
        }
        if let check = reading.failedCheck {
            return VisibleText.escaped(
                begin + ": its check digit \(check.part) is \(check.found), right would be "
                    + "\(check.expected).")
        }
        if let read = reading.value, read != label.value {
            return VisibleText.escaped(begin + ": it reads \(value(read, label.unit)).")
        }
        return VisibleText.escaped(begin + ": its article reads \(reading.article).")
    }

    private func value(_ value: Int64, _ unit: MeasureTemplate.Unit) -> String {
        LabelValue.text(value, unit, currency: labels.currency)
    }
}

extension LearnView {
    var json: JSONValue {
        switch result {
        case .decided(let template, let evidence):
            .object([
                "result": .string("decided"), "template": template.json,
                "evidence": json(evidence),
            ])
        case .undecided(let templates, let request):
            .object([
                "result": .string("undecided"), "templates": .array(templates.map(\.json)),
                "askFor": .string(request.name), "words": .string("Add " + words(request)),
            ])
        case .impossible(let conflict):
            .object([
                "result": .string("impossible"), "reason": .string(conflict.reason.rawValue),
                "lines": .array(conflict.labels.map { .integer(Int64(labels.lines[$0])) }),
                "others": conflict.template.map(\.json), "words": .string(impossible(conflict)),
            ])
        }
    }

    private func json(_ evidence: LearnEvidence) -> JSONValue {
        .object([
            "labels": .array(
                evidence.readings.enumerated().map { index, reading in
                    .object([
                        "line": .integer(Int64(labels.lines[index])),
                        "code": .string(labels.labels[index].code),
                        "item": labels.labels[index].item.map { .string($0) },
                        "article": .string(reading.article), "value": .integer(reading.value),
                    ])
                }),
            "checkDigits": .integer(Int64(evidence.checkDigits)),
            "verifiers": .integer(Int64(evidence.verifiers)),
            "articles": .integer(Int64(evidence.differentArticles)),
            "values": .integer(Int64(evidence.differentValues)),
            "itemsAreNumbers": .bool(evidence.isNumbered),
        ])
    }
}
