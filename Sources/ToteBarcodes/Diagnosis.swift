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

/// Names the cause and the next step for any input (DIAG-1…4, 6).
public func diagnose(
    _ input: ScanInput, rules: StoreRules, today: CalendarDay, isListed: (LookupKey) -> Bool
) -> Diagnosis {
    do {
        let code = try interpret(input, rules: rules, today: today)
        return diagnosis(of: code, isListed: isListed)
    } catch {
        let repairs =
            error.code == .checkDigit
            ? Repairs(digits: input.bytes, source: input.source).best(isListed: isListed) : []
        let finding = Finding(
            kind: error.finding.kind, severity: error.finding.severity,
            range: error.finding.range, repairs: repairs, message: error.message)
        return Diagnosis(
            headline: error.message, mend: mend(error, repairs), findings: [finding],
            repairs: repairs)
    }
}

private func mend(_ error: BarcodeError, _ repairs: [Repair]) -> String {
    guard let listed = repairs.first(where: \.isListed) else { return error.mend }
    return "\(error.mend) Listed here is \(listed.text); it was not applied."
}

/// Of a code that reads well.
private func diagnosis(of code: ScannedCode, isListed: (LookupKey) -> Bool) -> Diagnosis {
    switch code.reading {
    case .article, .publication, .plu:
        guard !code.lookupKeys.contains(where: isListed) else {
            return Diagnosis(
                headline: "The code is right: \(code.reading.words).",
                mend: code.purpose.place, findings: code.findings)
        }
        return notListed(code)
    case .text:
        let message = "The code is read, but it is a text and no article's number."
        let finding = Finding(kind: .unknownCode, severity: .stop, message: message)
        return Diagnosis(
            headline: message, mend: CodePurpose.unknown.place,
            findings: code.findings + [finding])
    case .coupon, .logistic, .token:
        let message = "This is \(code.purpose.words)."
        let kind: Finding.Kind = code.purpose == .logistic ? .notASaleUnit : .wrongPurpose
        let finding = Finding(kind: kind, severity: .stop, message: message)
        return Diagnosis(
            headline: message, mend: code.purpose.place, findings: code.findings + [finding])
    }
}

/// A valid number that the store does not sell: in full, so that staff can read it; near numbers
/// are not offered (DIAG-4).
private func notListed(_ code: ScannedCode) -> Diagnosis {
    let isPLU = if case .plu = code.reading { true } else { false }
    let message = "The number is valid, but not sold here: \(code.reading.words)."
    let finding = Finding(
        kind: isPLU ? .unknownPLU : .notListed, severity: .stop, message: message)
    return Diagnosis(
        headline: message, mend: "Show the number to the staff.",
        findings: code.findings + [finding])
}

/// Numbers one slip away from a number with a wrong check digit (DIAG-1).
package struct Repairs {
    let digits: [UInt8]
    let source: ScanSource

    package init(digits: [UInt8], source: ScanSource) {
        self.digits = digits
        self.source = source
    }

    /// Every single-digit change that validates, exactly one a position.
    package var substitutions: [[UInt8]] {
        digits.indices.flatMap { index in
            (UInt8(0x30)...0x39).compactMap { digit in
                guard digit != digits[index] else { return nil }
                var changed = digits
                changed[index] = digit
                return CheckDigit.isRight(changed) ? changed : nil
            }
        }
    }

    /// Every swap of neighbours that validates.
    package var transpositions: [[UInt8]] {
        digits.indices.dropLast().compactMap { index in
            guard digits[index] != digits[index + 1] else { return nil }
            var changed = digits
            changed.swapAt(index, index + 1)
            return CheckDigit.isRight(changed) ? changed : nil
        }
    }

    /// Listed first; then what is likelier for the source: a swap when typed, a changed digit
    /// when scanned.
    package func best(isListed: (LookupKey) -> Bool) -> [Repair] {
        guard [8, 12, 13, 14].contains(digits.count), digits.allSatisfy(\.isDigit) else {
            return []
        }
        let swapped = transpositions.map { repair($0, .transposition, isListed) }
        let changed = substitutions.map { repair($0, .substitution, isListed) }
        let all = source == .typed ? swapped + changed : changed + swapped
        return Array((all.filter(\.isListed) + all.filter { !$0.isListed }).prefix(3))
    }

    private func repair(
        _ digits: [UInt8], _ kind: Repair.Kind, _ isListed: (LookupKey) -> Bool
    ) -> Repair {
        let key = GTIN14(digits: digits[...])?.lookupKey
        return Repair(
            kind: kind, text: String(decoding: digits, as: UTF8.self),
            isListed: key.map(isListed) ?? false)
    }
}
