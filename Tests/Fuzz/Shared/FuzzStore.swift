import ToteBarcodes
import ToteValues

/// A store with labels of several kinds and codes of its own, and what it makes of a scan.
enum FuzzStore {
    static let today = CalendarDay(text: "2026-06-30") ?? CalendarDay(daysSince1970: 0)

    static let rules: StoreRules = {
        let presets = ["DE", "GB", "DK", "US"].flatMap(MeasureTemplate.presets(country:))
        let own = [
            ("open", "S{_:2}{embed:3.2}{code:*}"), ("plain", "99{code:ean8}{price:4}{embed100:3}"),
            ("skip", "295778{i}{embed:5}{_}"),
        ].compactMap { try? MeasureTemplate(id: $0, text: $1, unit: .grams, scale: -1) }
        return StoreRules(
            store: 42, currency: .euro, templates: presets + own,
            purposes: [
                PurposeRule(id: "card", purpose: .member, prefix: "M-", length: 4...40),
                PurposeRule(
                    id: "voucher", purpose: .voucher, prefix: "291", length: 13...13, check: .mod10),
            ])
    }()

    static func outcome(_ input: ScanInput) -> Result<ScannedCode, BarcodeError> {
        do throws(BarcodeError) {
            return .success(try interpret(input, rules: rules, today: today))
        } catch {
            return .failure(error)
        }
    }

    /// Two readings of one scan are the same, and hold what they must (FUZZ-2).
    static func check(_ input: ScanInput) {
        let outcome = outcome(input)
        precondition(outcome == Self.outcome(input), "earlier calls changed the reading")
        let diagnosis = diagnose(input, rules: rules, today: today, isListed: { _ in true })
        precondition(!diagnosis.headline.isEmpty)
        switch outcome {
        case .success(let code): check(code, input)
        case .failure(let error):
            precondition(!error.message.isEmpty && !error.mend.isEmpty)
            precondition((error.offset ?? 0) >= 0 && (error.offset ?? 0) <= 8192)
        }
    }

    private static func check(_ code: ScannedCode, _ input: ScanInput) {
        precondition(code.raw == input.bytes)
        guard let article = code.reading.article else { return }
        if let gtin = article.gtin { precondition(GTIN14(gtin.text) == gtin) }
        precondition(!article.lookupKeys.isEmpty)
        switch article.measure?.kind {
        case .price(let minor): precondition(minor > 0)
        case .mass(let value), .volume(let value), .length(let value), .count(let value):
            precondition(value > 0)
        case nil: break
        }
        for element in article.elements?.elements ?? [] {
            precondition(!element.value.isEmpty && element.range.upperBound <= input.bytes.count)
        }
    }
}
