public import ToteValues

/// Why a code does not sell, and what may be done (2.8). Nothing is ever applied.
public struct Diagnosis: Hashable, Sendable {
    /// The cause in one sentence.
    public let headline: String
    /// The next step.
    public let mend: String
    public let findings: [Finding]
    /// At most three; choosing one is a new, typed entry.
    public let repairs: [Repair]

    public init(headline: String, mend: String, findings: [Finding], repairs: [Repair] = []) {
        self.headline = headline
        self.mend = mend
        self.findings = findings
        self.repairs = repairs
    }
}

/// Names the cause and the next step for any input (DIAG-1…6).
/// - Parameters:
///   - sale: what else stands against a sale, for a code that reads well (EXP-1…6).
///   - minute: of the day at the store, for an expiry with a time.
///   - isListed: whether the store sells that key.
///   - sharesPrefix: whether the store sells goods of the number's company; ranks repairs.
public func diagnose(
    _ input: ScanInput, rules: StoreRules, today: CalendarDay, sale: SaleCheck = SaleCheck(),
    minute: Int? = nil, isListed: (LookupKey) -> Bool,
    sharesPrefix: (GTIN14) -> Bool = { _ in false }
) -> Diagnosis {
    do {
        let code = try interpret(input, rules: rules, today: today)
        let against = sale.check(code, today: today, minute: minute, isListed: isListed)
        return Diagnosis(of: code, against: against, isListed: isListed)
    } catch {
        let repairs =
            Repairs(input, refusedFor: error)?
            .best(isListed: isListed, sharesPrefix: sharesPrefix) ?? []
        let words = FailureWords(error: error, input: input, rules: rules)
        let finding = Finding(
            kind: error.finding.kind, severity: error.finding.severity,
            range: error.finding.range, repairs: repairs, message: words.headline)
        return Diagnosis(
            headline: words.headline, mend: words.mend(repairs), findings: [finding],
            repairs: repairs)
    }
}

extension Diagnosis {
    /// Of a code that reads well.
    fileprivate init(
        of code: ScannedCode, against: [Finding], isListed: (LookupKey) -> Bool
    ) {
        // What stops the sale or must be asked comes before whether the article is listed.
        let all = against + code.findings
        if let worst = all.first(where: { $0.severity == .stop })
            ?? all.first(where: { $0.severity == .ask })
        {
            self.init(headline: worst.message, mend: worst.mend, findings: all)
            return
        }
        switch code.reading {
        case .article, .publication, .plu:
            guard code.lookupKeys.contains(where: isListed) else {
                self.init(notListed: code, all)
                return
            }
            self.init(
                headline: "The code is right: \(code.reading.words).", mend: code.purpose.place,
                findings: all)
        case .text:
            let message = "The code is read, but it is a text and no article's number."
            self.init(message, CodePurpose.unknown.place, .unknownCode, all)
        case .coupon, .logistic, .token:
            self.init(
                "This is \(code.purpose.words).", code.purpose.place, .wrongPurpose, all)
        }
    }

    /// A valid number that the store does not sell: in full, so that staff can read it; near
    /// numbers are not offered (DIAG-4).
    private init(notListed code: ScannedCode, _ findings: [Finding]) {
        let isPLU = if case .plu = code.reading { true } else { false }
        self.init(
            "The number is valid, but not sold here: \(code.reading.words).",
            isPLU ? "Compare the sticker, or search by name." : "Show the number to the staff.",
            isPLU ? .unknownPLU : .notListed, findings)
    }

    private init(
        _ headline: String, _ mend: String, _ kind: Finding.Kind, _ findings: [Finding]
    ) {
        let finding = Finding(kind: kind, severity: .stop, message: headline)
        self.init(headline: headline, mend: mend, findings: [finding] + findings)
    }
}
