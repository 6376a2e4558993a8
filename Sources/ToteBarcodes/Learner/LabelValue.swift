package import ToteValues

/// What a label says in words, as a clerk copies it: `0.500 kg`, `500 g`, `2.39 EUR`, `3 pieces`.
package struct LabelValue: Hashable, Sendable {
    /// In `unit`.
    package let value: Int64
    package let unit: MeasureTemplate.Unit
    /// Of a price.
    package let currency: Currency?

    /// Exact or nothing: digits with one point or comma at most, then the unit. A part of the
    /// smallest unit (`0.5 g`) is no value.
    package init?(_ text: String) {
        let bytes = Array(text.utf8).drop { $0 == 0x20 }
        let number = bytes.prefix { $0.isDigit || $0 == 0x2E || $0 == 0x2C }
        let unit = bytes[number.endIndex...].drop { $0 == 0x20 }
        self.init(
            number: String(decoding: number, as: UTF8.self),
            unit: String(decoding: unit, as: UTF8.self))
    }

    package init?(number: String, unit: String) {
        guard let measure = Self.measure(unit) else { return nil }
        let parts = Array(number.utf8).split(maxSplits: 1, omittingEmptySubsequences: false) {
            $0 == 0x2E || $0 == 0x2C
        }
        let decimals = parts.count == 2 ? parts[1] : []
        guard let whole = parts.first, !whole.isEmpty, parts.count == 1 || !decimals.isEmpty,
            (whole + decimals).allSatisfy(\.isDigit), whole.count + decimals.count <= 15
        else { return nil }
        // Zeros at the end say nothing: 1.2000 kg is 1200 g.
        var digits = Array(whole + decimals)
        var exponent = measure.exponent - decimals.count
        while exponent < 0 {
            guard digits.last == 0x30 else { return nil }
            digits.removeLast()
            exponent += 1
        }
        digits += [UInt8](repeating: 0x30, count: exponent)
        value = digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
        self.unit = measure.unit
        currency = measure.currency
    }

    /// The words a value is written in.
    package static func text(
        _ value: Int64, _ unit: MeasureTemplate.Unit, currency: Currency?
    ) -> String {
        switch unit {
        case .minor:
            currency.map { "\(Money(minor: value, currency: $0).text) \($0.code)" }
                ?? "\(value) minor units"
        case .pieces: value == 1 ? "1 piece" : "\(value) pieces"
        case .grams, .millilitres, .millimetres: "\(value) \(unit.rawValue)"
        }
    }

    private struct Measure {
        var unit: MeasureTemplate.Unit
        /// Power of ten to the template's unit.
        var exponent: Int
        var currency: Currency?
    }

    private static func measure(_ word: String) -> Measure? {
        switch word.lowercased() {
        case "g": Measure(unit: .grams, exponent: 0)
        case "kg": Measure(unit: .grams, exponent: 3)
        case "ml": Measure(unit: .millilitres, exponent: 0)
        case "cl": Measure(unit: .millilitres, exponent: 1)
        case "l": Measure(unit: .millilitres, exponent: 3)
        case "mm": Measure(unit: .millimetres, exponent: 0)
        case "cm": Measure(unit: .millimetres, exponent: 1)
        case "m": Measure(unit: .millimetres, exponent: 3)
        case "piece", "pieces", "pcs": Measure(unit: .pieces, exponent: 0)
        default:
            Currency(code: word.uppercased()).map {
                Measure(unit: .minor, exponent: $0.exponent, currency: $0)
            }
        }
    }
}
