import ToteValues

/// A number, or a text, against all the templates of a store (RCN-2, RCN-4…6).
struct TemplateMatch {
    private struct Hit {
        let template: MeasureTemplate
        let reading: TemplateReading
        let digits: [UInt8]
    }

    private let hits: [Hit]
    /// Shapes that fit but for a failed check.
    private let misses: [Hit]
    private let currency: Currency

    /// A number, tried in the form that each template is for.
    init(rules: StoreRules, number: RetailNumber) {
        self.init(rules: rules, whole: number.digits, form: number.form)
    }

    /// The numbers that the bytes may be, else the bytes themselves.
    init(rules: StoreRules, numbers: [RetailNumber], bytes: [UInt8]) {
        self.init(rules: rules, whole: numbers.first?.digits ?? bytes) { count in
            guard !numbers.isEmpty else { return count == bytes.count ? bytes[...] : nil }
            return numbers.lazy.compactMap { $0.form(count) }.first
        }
    }

    /// - Parameters:
    ///   - whole: what templates of any length are tried on.
    ///   - form: the digits in a given number, if there is such a form.
    private init(
        rules: StoreRules, whole: [UInt8], form: (Int) -> ArraySlice<UInt8>?
    ) {
        var hits: [Hit] = []
        var misses: [Hit] = []
        for index in rules.templates.indices {
            let isOpen = rules.templates[index].pattern.isOpen
            guard let digits = isOpen ? whole[...] : form(rules.templates[index].pattern.length),
                rules.templates[index].pattern.beginsLike(digits),
                let reading = rules.templates[index].pattern.match(digits)
            else { continue }
            let hit = Hit(
                template: rules.templates[index], reading: reading, digits: Array(digits))
            if reading.failedCheck == nil { hits.append(hit) } else { misses.append(hit) }
        }
        self.hits = hits
        self.misses = misses
        self.currency = rules.currency
    }

    /// `nil` when no template fits.
    /// - Throws: `ambiguousTemplate`, `priceEmbeddedInvalid`.
    func meaning() throws(BarcodeError) -> Meaning? {
        guard let priority = hits.lazy.map(\.template.priority).max() else {
            guard let miss = misses.first(where: { $0.reading.failedCheck?.part == "{i}" }),
                let check = miss.reading.failedCheck
            else { return nil }
            throw .verifier(check, template: miss.template.id)
        }
        let best = hits.filter { $0.template.priority == priority }
        let first = best[0]
        guard best.allSatisfy({ Self.readAlike($0, first) }) else {
            throw .ambiguous(
                try best.map { (hit) throws(BarcodeError) in .article(try article(hit)) },
                isTemplate: true)
        }
        return Meaning(article: try article(first), findings: notes(best.count))
    }

    /// For a restricted number that no template reads (GTIN-4).
    var unknownCode: BarcodeError {
        .unknownInStoreCode(closest: misses.first?.template.id)
    }

    private func notes(_ used: Int) -> [Finding] {
        var notes: [Finding] = []
        if hits.count > used {
            notes.append(
                Finding(
                    kind: .higherPriorityTemplate, severity: .note,
                    message: "Another label template fits too; the one of higher priority counts."))
        }
        if let check = misses.first?.reading.failedCheck {
            notes.append(
                Finding(
                    kind: .verifierMismatch, severity: .note,
                    range: check.offset..<check.offset + 1,
                    message: "Another label template fits but for its check \(check.part)."))
        }
        return notes
    }

    private static func readAlike(_ one: Hit, _ other: Hit) -> Bool {
        one.reading == other.reading && one.template.unit == other.template.unit
            && one.template.scale == other.template.scale
    }

    private func article(_ hit: Hit) throws(BarcodeError) -> ArticleCode {
        let gtin = hit.reading.codeIsEAN ? GTIN14(hit.reading.code) : nil
        var keys = [LookupKey(text: "\(hit.template.id)/\(hit.reading.code)")]
        if let gtin { keys.append(gtin.lookupKey) }
        if let number = hit.template.pattern.withoutValue(hit.digits) {
            keys.append(LookupKey(text: "code:\(number)"))
        }
        return ArticleCode(
            gtin: gtin, lookupKeys: keys, measure: try measure(hit), templateID: hit.template.id)
    }

    /// The value in its unit; never 0, never above the ceiling (RCN-6).
    private func measure(_ hit: Hit) throws(BarcodeError) -> EmbeddedMeasure? {
        guard let embed = hit.reading.embed else { return nil }
        let template = hit.template
        let scaled = template.inUnit(embed)
        let ceiling = template.maxValue ?? MeasureTemplate.largestValue
        guard let value = scaled, (1...ceiling).contains(value), let small = Int(exactly: value)
        else { throw .embeddedValue(scaled ?? embed, limit: ceiling) }
        let kind: MeasureKind =
            switch template.unit {
            case .minor: .price(value)
            case .grams: .mass(grams: small)
            case .millilitres: .volume(millilitres: small)
            case .millimetres: .length(millimetres: small)
            case .pieces: .count(small)
            }
        return EmbeddedMeasure(kind: kind, unitPriceMinor: hit.reading.price)
    }
}

extension MeasureTemplate {
    /// The embedded integer × 10^scale, half up; `nil` where it does not fit.
    func inUnit(_ embedded: Int64) -> Int64? {
        let power = Int128((0..<abs(scale)).reduce(1) { product, _ in product * 10 })
        return scale < 0
            ? try? divide(Int128(embedded), power, .halfUp)
            : Int64(exactly: Int128(embedded) * power)
    }
}

extension TemplatePattern {
    /// The number with verifier and value set to 0 and its check digit recomputed, in 13 digits;
    /// `nil` for a code that is no retail number (RCN-4).
    func withoutValue(_ digits: [UInt8]) -> String? {
        guard [8, 12, 13, 14].contains(digits.count), digits.allSatisfy(\.isDigit), !isOpen else {
            return nil
        }
        var zeroed = digits
        var offset = 0
        for part in parts {
            let width = part.width ?? 0
            switch part {
            case .embed, .price, .verifier:
                for index in offset..<offset + width { zeroed[index] = 0x30 }
            default: break
            }
            offset += width
        }
        zeroed[zeroed.count - 1] = 0x30 + CheckDigit.mod10(zeroed.dropLast())
        let zeros = [UInt8](repeating: 0x30, count: max(0, 13 - zeroed.count))
        return String(decoding: zeros + zeroed, as: UTF8.self)
    }
}
