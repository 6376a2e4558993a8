public import ToteValues

/// One part of a code and what it says, for a person and for `--json`.
public struct CodePart: Hashable, Sendable {
    /// Stable names.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case source, symbology, link, number, pack, prefix, company, checkDigit, addOn
        case template, article, measure, unitPrice, element, publication, produce, coupon, token
        case text, purpose
    }

    public let kind: Kind
    /// `(10) BATCH/LOT` of an element, a coupon's field; `nil` where the kind says it all.
    public let title: String?
    /// As it stands in the code; a token's ends only (PUR-4).
    public let value: String
    /// In words; may be empty where the value speaks for itself.
    public let meaning: String

    public init(_ kind: Kind, title: String? = nil, value: String = "", meaning: String = "") {
        self.kind = kind
        self.title = title
        self.value = value
        self.meaning = meaning
    }
}

extension ScanInput {
    /// Every part of the code that can be told, in the order of a reader's questions. Works for
    /// codes that are refused too, as far as they go.
    public func parts(rules: StoreRules, today: CalendarDay) -> [CodePart] {
        CodeParts(input: self, rules: rules, today: today).all
    }
}

/// Tells a code's parts. It decides nothing: what is right or wrong comes from `interpret`.
struct CodeParts {
    let input: ScanInput
    let rules: StoreRules
    let today: CalendarDay

    var all: [CodePart] {
        do {
            let code = try interpret(input, rules: rules, today: today)
            return carrier + parts(of: code.reading) + [purpose(code)]
        } catch {
            return carrier + attempted(error)
        }
    }

    /// What carried it.
    private var carrier: [CodePart] {
        var parts = [CodePart(.source, value: input.source.rawValue, meaning: sourceWords)]
        if let symbology = input.symbology {
            parts.append(
                CodePart(
                    .symbology, value: symbology.name,
                    meaning: input.aim.map { "identifier \($0.text)" } ?? ""))
        }
        return parts
    }

    private var sourceWords: String {
        switch input.source {
        case .camera: "seen by a camera"
        case .scanner: "sent by a scanner"
        case .typed:
            input.aim == nil ? "typed, so nothing says what kind of code it is" : "a scanner's line"
        }
    }

    private func parts(of reading: CodeReading) -> [CodePart] {
        switch reading {
        case .article(let article): parts(of: article)
        case .plu(let plu):
            [
                CodePart(
                    .produce, value: plu.text,
                    meaning: plu.organic
                        ? "organic produce; \(plu.base) is the conventional one, another article"
                        : "conventional produce; 9\(plu.base) is the organic one, another article")
            ]
        case .coupon(let coupon): number(of: coupon) + parts(of: coupon)
        case .publication(let publication): parts(of: publication)
        case .logistic(let elements): parts(of: elements)
        case .token(let token): [CodePart(.token, value: token.redacted, meaning: "shown in part")]
        case .text(let text):
            [CodePart(.text, value: text, meaning: "never opened and never run")]
        }
    }

    private func parts(of article: ArticleCode) -> [CodePart] {
        var parts: [CodePart] = []
        if let elements = article.elements {
            parts += link(elements) + self.parts(of: elements)
        } else {
            parts += numberParts(input.bytes, isUPCE: isUPCE)
        }
        if let id = article.templateID, let key = article.lookupKeys.first {
            parts.append(CodePart(.template, value: id, meaning: templateText(id)))
            parts.append(CodePart(.article, value: key.text, meaning: "the store's own number"))
        }
        guard let measure = article.measure else { return parts }
        parts.append(CodePart(.measure, value: words(measure.kind), meaning: "in the code"))
        if let minor = measure.unitPriceMinor {
            parts.append(CodePart(.unitPrice, value: money(minor)))
        }
        return parts
    }

    private func templateText(_ id: String) -> String {
        rules.templates.first { $0.id == id }.map { "read as \($0.text)" } ?? ""
    }

    private func parts(of publication: Publication) -> [CodePart] {
        var parts = numberParts(input.bytes, isUPCE: false)
        switch publication.kind {
        case .book(let isbn13, let isbn10):
            parts.append(
                CodePart(
                    .publication, title: "ISBN", value: isbn13,
                    meaning: isbn10.map { "ISBN-10 \($0)" } ?? "has no ISBN-10"))
        case .periodical(let issn, let variant):
            parts.append(
                CodePart(.publication, title: "ISSN", value: issn, meaning: "variant \(variant)"))
        case .music(let ismn):
            parts.append(CodePart(.publication, title: "ISMN", value: ismn))
        }
        guard let addOn = publication.addOn else { return parts }
        let isIssue = addOn.utf8.count == 2
        let words = isIssue ? "the issue" : "the publisher's, never used as a price"
        parts.append(CodePart(.addOn, value: addOn, meaning: words))
        return parts
    }

    private func purpose(_ code: ScannedCode) -> CodePart {
        CodePart(
            .purpose, value: code.purpose.rawValue,
            meaning: "\(code.purpose.words). \(code.purpose.place)")
    }

    /// Parts of a code that was refused.
    private func attempted(_ error: BarcodeError) -> [CodePart] {
        if let elements = readableElements(before: error) {
            return link(elements) + parts(of: elements)
        }
        let bytes = input.bytes
        guard (6...14).contains(bytes.count), bytes.allSatisfy(\.isDigit) else { return [] }
        return numberParts(bytes, isUPCE: isUPCE)
    }

    var isUPCE: Bool {
        guard input.bytes.count == 8 else { return false }
        if input.symbology == .upcE { return true }
        return input.symbology == nil && !CheckDigit.isRight(input.bytes)
            && UPCE.expand(input.bytes[...]) != nil
    }
}
