import ToteValues

extension Interpreter {
    /// A retail number by its prefix: brand article, store label, coupon, publication (GTIN-3).
    func meaning(of number: RetailNumber) throws(BarcodeError) -> Meaning {
        let match = TemplateMatch(rules: rules, number: number)
        if let label = try match.meaning() { return label }
        let gtin = number.gtin
        switch gtin.range {
        case .article:
            return Meaning(article: ArticleCode(gtin: gtin))
        case .restricted: throw match.unknownCode
        case .coupon: return try coupon(CouponCode(gtin), [])
        case .refund: return Meaning(.voucher, .token(OpaqueToken(kind: nil, text: gtin.text)))
        case .publication:
            let addOn = input.addOn.map(ScanInput.text)
            return Meaning(.product, .publication(Publication(gtin, addOn: addOn)))
        }
    }

    /// Elements by their key: article, card, coupon, shipping label.
    func elements(_ string: ElementString) throws(BarcodeError) -> Meaning {
        let broken = ElementRules(today: today).associations(string, table)
        if let worst = broken.first(where: { !$0.lacksOnlyMeasure }) { throw worst.error }
        let notes = broken.map {
            Finding(kind: .measureMissing, severity: .note, message: $0.error.message)
        }
        if let value = string["01"], let gtin = GTIN14(value) {
            return try article(gtin, string, notes)
        }
        if let number = string["8018"] {
            return Meaning(
                .member, .token(OpaqueToken(kind: nil, text: number)), findings: notes)
        }
        if let data = string["8110"] {
            return try coupon(CouponCode(form: .ai8110, data: data), notes)
        }
        if let data = string["8112"] {
            return try coupon(CouponCode(form: .ai8112, data: data), notes)
        }
        guard string.elements.contains(where: { Self.logisticKeys.contains($0.ai) }) else {
            throw .association(.required, ["01"], "it does not say which article it is")
        }
        return Meaning(.logistic, .logistic(string), findings: notes)
    }

    /// Keys of what is no article: shipping units, contents, places, assets, documents.
    private static let logisticKeys: Set = [
        "00", "02", "253", "401", "402", "410", "411", "412", "413", "414", "415", "416", "417",
        "8003", "8004", "8017",
    ]

    private func coupon(
        _ code: CouponCode, _ notes: [Finding]
    ) throws(BarcodeError) -> Meaning {
        Meaning(.coupon, .coupon(code), findings: try code.findings(today: today) + notes)
    }

    private func article(
        _ gtin: GTIN14, _ string: ElementString, _ notes: [Finding]
    ) throws(BarcodeError) -> Meaning {
        let measure = try ElementMeasure(elements: string, currency: rules.currency).measure()
        switch gtin.range {
        case .coupon: return try coupon(CouponCode(gtin), notes)
        case .restricted:
            let number = try RetailNumber(digits: gtin.digits)
            let match = TemplateMatch(rules: rules, number: number)
            guard let label = try match.meaning(), let article = label.reading.article else {
                throw match.unknownCode
            }
            let both = ArticleCode(
                gtin: article.gtin, lookupKeys: article.lookupKeys,
                measure: article.measure ?? measure, elements: string,
                templateID: article.templateID)
            return Meaning(article: both, findings: label.findings + notes)
        case .article, .publication, .refund:
            let article = ArticleCode(
                gtin: gtin, measure: measure, elements: string)
            return Meaning(article: article, findings: notes)
        }
    }
}

extension CouponCode {
    fileprivate init(_ gtin: GTIN14) {
        let isUPC = gtin.number < 1_000_000_000_000
        self.init(form: isUPC ? .upcA : .ean13, data: String(gtin.text.suffix(isUPC ? 12 : 13)))
    }
}

extension Publication {
    /// PUB-1; the number's prefix is 977, 978 or 979.
    init(_ gtin: GTIN14, addOn: String?) {
        let digits = Array(gtin.digits[1...])
        let thirteen = String(decoding: digits, as: UTF8.self)
        let kind: Kind
        switch (digits[2], digits[3]) {
        case (0x37, _):
            let seven = digits[3..<10]
            let issn =
                String(decoding: seven.prefix(4), as: UTF8.self)
                + "-" + String(decoding: seven.dropFirst(4), as: UTF8.self) + Self.mod11(seven)
            kind = .periodical(
                issn: issn, variant: String(decoding: digits[10..<12], as: UTF8.self))
        case (0x39, 0x30): kind = .music(ismn: thirteen)
        case (0x38, _):
            let nine = digits[3..<12]
            let isbn10 = String(decoding: nine, as: UTF8.self) + Self.mod11(nine)
            kind = .book(isbn13: thirteen, isbn10: isbn10)
        default: kind = .book(isbn13: thirteen, isbn10: nil)
        }
        self.init(gtin: gtin, kind: kind, addOn: addOn)
    }

    /// Weights 2, 3, 4 … from the right; 10 is written X (ISO 2108, ISO 3297).
    private static func mod11(_ digits: ArraySlice<UInt8>) -> String {
        var sum = 0
        for (index, byte) in digits.reversed().enumerated() {
            sum += Int(byte - 0x30) * (index + 2)
        }
        let check = (11 - sum % 11) % 11
        return check == 10 ? "X" : String(check)
    }
}
