public import ToteValues

/// Says what a code is (`specs`: barcodes, Part 2). Pure: no clock, no table but `rules`.
///
/// The AIM identifier decides the grammar (SYM-2); without one every reading that validates is
/// ranked, and a tie is refused rather than guessed (SYM-3).
/// - Parameter today: settles the century of dates (AI-7).
/// - Throws: `BarcodeError` with a code, a sentence and a mend.
public func interpret(
    _ input: ScanInput, rules: StoreRules, today: CalendarDay
) throws(BarcodeError) -> ScannedCode {
    guard !input.bytes.isEmpty else { throw .empty }
    guard input.bytes.count <= ScanInput.maximumBytes else { throw .tooLong(input.bytes.count) }
    if let part = input.part { throw .partOf(part) }
    if input.source == .typed, let offset = input.bytes.firstIndex(where: { $0 >= 0x80 }) {
        throw .invalidCharacter(at: offset)
    }
    if let article = plainArticle(input, rules) { return article }
    let meaning = try Interpreter(input: input, rules: rules, today: today).meaning()
    return ScannedCode(
        raw: input.bytes, aim: input.aim, symbology: input.symbology, addOn: input.addOn,
        source: input.source, purpose: meaning.purpose, reading: meaning.reading,
        findings: meaning.findings)
}

/// What nearly every scan is, an EAN-13 of a brand's article, without a detour and without
/// taking memory but for the result (PERF-2). `nil` leaves it to the interpreter, which would say
/// the same of an article.
private func plainArticle(_ input: ScanInput, _ rules: StoreRules) -> ScannedCode? {
    guard input.grammar == .ean13, input.bytes.count == 13,
        let gtin = GTIN14(digits: input.bytes[...]), gtin.range == .article,
        !rules.purposes.contains(where: { $0.matches(input.bytes) })
    else { return nil }
    for index in rules.templates.indices
    where rules.templates[index].pattern.mayMatch(input.bytes) { return nil }
    return ScannedCode(
        raw: input.bytes, aim: input.aim, symbology: input.symbology, addOn: input.addOn,
        source: input.source, purpose: .product,
        reading: .article(ArticleCode(gtin: gtin)))
}

/// What a grammar made of the bytes.
struct Meaning {
    var purpose: CodePurpose
    var reading: CodeReading
    var findings: [Finding] = []

    init(_ purpose: CodePurpose, _ reading: CodeReading, findings: [Finding] = []) {
        self.purpose = purpose
        self.reading = reading
        self.findings = findings
    }

    init(article: ArticleCode, findings: [Finding] = []) {
        let purpose: CodePurpose = article.measure == nil ? .product : .measuredProduct
        self.init(purpose, .article(article), findings: findings)
    }
}

/// Chooses the grammar and walks its readings in order of rank.
struct Interpreter {
    let input: ScanInput
    let rules: StoreRules
    let today: CalendarDay

    var bytes: [UInt8] { input.bytes }
    var table: IdentifierTable { rules.identifiers }

    func meaning() throws(BarcodeError) -> Meaning {
        switch input.grammar {
        case .open: try open()
        case .addOn: throw .length(bytes.count, possible: [8, 12, 13])
        case .ean13, .ean8, .upcE: try retailNumber()
        case .elements: try elementString()
        case .matrix: try link()
        case .plain: try plain()
        }
    }

    private var text: Meaning { Meaning(.unknown, .text(ScanInput.text(bytes))) }

    /// `]E0 ]E3 ]E4`: digits with a check digit, and nothing else.
    private func retailNumber() throws(BarcodeError) -> Meaning {
        if let offset = bytes.firstIndex(where: { !$0.isDigit }) {
            throw .invalidCharacter(at: offset)
        }
        let isEAN8 = input.grammar == .ean8
        let isUPCE = input.grammar == .upcE || (!isEAN8 && bytes.count == 8)
        let possible = isEAN8 || isUPCE ? 8...8 : 12...13
        guard possible.contains(bytes.count) else {
            throw .length(bytes.count, possible: Array(possible))
        }
        let number = isUPCE ? try RetailNumber(upcE: bytes) : try RetailNumber(digits: bytes)
        if let own = purposeRule() { return own }
        return try meaning(of: number)
    }

    /// Plain QR and DataMatrix: a link, an own code, or a text.
    private func link() throws(BarcodeError) -> Meaning {
        if let string = try DigitalLink(table: table, today: today).parse(bytes) {
            return try elements(string)
        }
        return ownCode() ?? text
    }

    /// Symbologies that say nothing of their content. Only ITF-14 is a trade item's number.
    private func plain() throws(BarcodeError) -> Meaning {
        if let own = purposeRule() { return own }
        let isITF14 = input.symbology == .itf && bytes.count == 14
        let number = isITF14 ? try? RetailNumber(digits: bytes) : nil
        let match = TemplateMatch(
            rules: rules, numbers: number.map { [$0] } ?? [], bytes: bytes)
        if let label = try match.meaning() { return label }
        if let number { return try meaning(of: number) }
        return text
    }

    /// SYM-3: no identifier.
    private func open() throws(BarcodeError) -> Meaning {
        if let own = ownCode() { return own }
        if bytes.first == 0x28 {
            return try elements(
                ElementParser(table: table, today: today).parseBracketed(bytes))
        }
        if let string = try DigitalLink(table: table, today: today).parse(bytes) {
            return try elements(string)
        }
        let numbers = RetailNumber.readings(bytes)
        let match = TemplateMatch(rules: rules, numbers: numbers, bytes: bytes)
        if let label = try match.meaning() { return label }
        guard numbers.count < 2 else {
            throw .ambiguous(
                numbers.map {
                    .article(ArticleCode(gtin: $0.gtin))
                })
        }
        if let number = numbers.first { return try meaning(of: number) }
        if input.source == .typed, let plu = PLU(ScanInput.text(bytes)) {
            return Meaning(.product, .plu(plu))
        }
        if input.source == .typed, PLU.isReserved(bytes) { throw .reservedPLU }
        return try elementStringOrText()
    }

    /// What begins like an element string is one, or is wrong; what is mostly digits was meant
    /// as a number.
    private func elementStringOrText() throws(BarcodeError) -> Meaning {
        let digits = bytes.count(where: \.isDigit)
        if bytes.count >= 16, digits >= 16, bytes.contains(29) || bytes.starts(with: [0x30, 0x31]) {
            return try elements(ElementParser(table: table, today: today).parse(bytes))
        }
        guard digits > 0, digits * 2 >= bytes.count else { return text }
        if let offset = bytes.firstIndex(where: { !$0.isDigit }) {
            throw .invalidCharacter(at: offset)
        }
        throw RetailNumber.failure(bytes)
    }

    /// A code that Tote made, or one of the store's (PUR-1). Tote's are read from QR symbols and
    /// from lines that name no symbology only (CODE-5).
    private func ownCode() -> Meaning? {
        let mayBeOwn = input.symbology == .qr || (input.source != .camera && input.aim == nil)
        if mayBeOwn, CodeKind.allCases.contains(where: { $0.textLength == bytes.count }) {
            let text = ScanInput.text(bytes)
            if let kind = CodeKind.kind(ofText: text) {
                return Meaning(kind.purpose, .token(OpaqueToken(kind: kind, text: text)))
            }
        }
        return purposeRule()
    }

    private func purposeRule() -> Meaning? {
        guard let rule = rules.purposes.first(where: { $0.matches(bytes) }) else { return nil }
        let text = ScanInput.text(bytes)
        return rule.purpose == .coupon
            ? Meaning(.coupon, .coupon(CouponCode(form: .store, data: text)))
            : Meaning(rule.purpose, .token(OpaqueToken(kind: nil, text: text)))
    }
}

extension CodeKind {
    /// Characters of its Base45 text: three for two bytes, two for a single one.
    fileprivate var textLength: Int { length / 2 * 3 + length % 2 * 2 }
}
