package import ToteBarcodes

/// Prints labels as a shop's scale would: a few articles, each weighed now and then.
package struct LabelPress {
    /// What the person beside the scale writes down of the article.
    package enum Naming: CaseIterable { case number, name, nothing }

    package let template: MeasureTemplate
    package let naming: Naming
    private let articles: [String]

    /// - Parameter articles: how many there are to choose from.
    package init(
        _ template: MeasureTemplate, naming: Naming, articles: Int,
        using chance: inout some RandomNumberGenerator
    ) {
        self.template = template
        self.naming = naming
        let shape = TemplateShape(template)
        var numbers: [String] = []
        while numbers.count < articles {
            let number = (0..<shape.articleDigits).map { _ in
                String(Int.random(in: 0...9, using: &chance))
            }.joined()
            if !numbers.contains(number) { numbers.append(number) }
        }
        self.articles = numbers
    }

    /// - Throws: `template`, for a template that cannot be printed.
    package func label(
        using chance: inout some RandomNumberGenerator
    ) throws -> LabelledExample {
        let index = Int.random(in: articles.indices, using: &chance)
        let shape = TemplateShape(template)
        let embedded = Int64.random(in: 1...shape.largestValue, using: &chance)
        return try LabelledExample(
            code: try template.create(code: articles[index], value: embedded),
            item: item(index), value: embedded * shape.factor, unit: template.unit)
    }

    package func labels(
        _ count: Int, using chance: inout some RandomNumberGenerator
    ) throws -> [LabelledExample] {
        var labels: [LabelledExample] = []
        for _ in 0..<count { labels.append(try label(using: &chance)) }
        return labels
    }

    private func item(_ index: Int) -> String? {
        switch naming {
        case .number: articles[index]
        case .name: "article \(index)"
        case .nothing: nil
        }
    }
}

/// Where a template has what, as one letter a digit.
struct TemplateShape: Equatable {
    /// `a` for article or literal, `i`, `v` for value, `_`, `c`.
    let letters: String
    let scale: Int
    let articleDigits: Int
    let valueDigits: Int

    init(_ template: MeasureTemplate) {
        var letters = ""
        var articleDigits = 0
        var valueDigits = 0
        for part in template.pattern.parts {
            switch part {
            case .literal(let bytes): letters += String(repeating: "a", count: bytes.count)
            case .code(.characters(let count)):
                articleDigits = count ?? 0
                letters += String(repeating: "a", count: articleDigits)
            case .embed(let digits, _, _):
                valueDigits = digits
                letters += String(repeating: "v", count: digits)
            case .skip(let count): letters += String(repeating: "_", count: count ?? 0)
            case .verifier: letters += "i"
            case .checkDigit: letters += "c"
            case .code, .price: letters += "?"
            }
        }
        self.letters = letters
        scale = template.scale
        self.articleDigits = articleDigits
        self.valueDigits = valueDigits
    }

    var largestValue: Int64 { Self.power(valueDigits) - 1 }
    var factor: Int64 { Self.power(scale) }

    private static func power(_ exponent: Int) -> Int64 {
        (0..<max(0, exponent)).reduce(Int64(1)) { product, _ in product * 10 }
    }
}
