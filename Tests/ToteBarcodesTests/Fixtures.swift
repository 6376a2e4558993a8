import ToteBarcodes
import ToteValues

/// A store with the German labels and a member card, and a day to read dates by.
enum Fixtures {
    static let today = day("2026-06-30")

    static func day(_ text: String) -> CalendarDay {
        CalendarDay(text: text) ?? CalendarDay(daysSince1970: 0)
    }

    static let card = PurposeRule(id: "card", purpose: .member, prefix: "M-", length: 10...10)

    static func rules(
        _ country: String = "DE", extra: [MeasureTemplate] = [], purposes: [PurposeRule] = [card]
    ) -> StoreRules {
        StoreRules(
            store: 42, currency: .euro,
            templates: MeasureTemplate.presets(country: country) + extra, purposes: purposes)
    }

    static func typed(_ text: String, _ rules: StoreRules = rules()) throws -> ScannedCode {
        try interpret(ScanInput(typed: text), rules: rules, today: today)
    }

    /// A scanner's line: AIM identifier and data; `~` stands for GS.
    static func line(_ text: String) -> ScanInput {
        let bytes = text.utf8.map { $0 == 0x7E ? 29 : $0 }
        let aim = SymbologyIdentifier(text: text.prefix(3))
        return ScanInput(
            bytes: aim == nil ? bytes : Array(bytes.dropFirst(3)), aim: aim, source: .scanner)
    }

    static func scanned(_ text: String, _ rules: StoreRules = rules()) throws -> ScannedCode {
        try interpret(line(text), rules: rules, today: today)
    }

    static func camera(
        _ bytes: some Sequence<UInt8>, _ symbology: Symbology, _ rules: StoreRules = rules()
    ) throws -> ScannedCode {
        let input = ScanInput(bytes: Array(bytes), symbology: symbology, source: .camera)
        return try interpret(input, rules: rules, today: today)
    }

    static func template(_ text: String) throws -> MeasureTemplate {
        try MeasureTemplate(id: "t", text: text, unit: .minor)
    }
}

func digits(_ text: String) -> [UInt8] { Array(text.utf8) }
