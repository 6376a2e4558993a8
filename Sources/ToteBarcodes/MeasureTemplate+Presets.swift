/// Templates that countries agree on, off until a store names its country (2.3).
extension MeasureTemplate {
    /// The presets of an ISO 3166 country: DE, GB, DK, SE, NO, FI, EE, LV, LT, US, CA; else none.
    public static func presets(country: String) -> [MeasureTemplate] {
        (table[country] ?? []).compactMap { row in
            try? MeasureTemplate(
                id: "\(country.lowercased())-\(row.prefix)", text: row.prefix + row.rest,
                unit: row.unit, scale: row.scale)
        }
    }

    package struct Row: Sendable {
        package let prefix: String
        package let rest: String
        package let unit: Unit
        package var scale = 0
    }

    package static let table: [String: [Row]] = [
        "DE": rows("22 23", verified, .minor) + rows("25 26", verified, .pieces)
            + rows("28 29", verified, .grams),
        "GB": rows("20", "{code:5}{i}{embed:4}{ec}", .minor),
        "DK": rows("21 22 23 24", "{code:4}{embed:6}{ec}", .minor)
            + rows("26 28", "{code:4}{embed:6}{ec}", .grams)
            + rows("27", "{code:5}{embed:5}{ec}", .grams),
        "SE": nordicPrices + nordicWeights, "NO": nordicPrices + nordicWeights,
        "FI": nordicWeights, "EE": nordicWeights, "LV": nordicWeights, "LT": nordicWeights,
        "US": northAmerican, "CA": northAmerican,
    ]

    private static let verified = "{code:4}{i}{embed:5}{ec}"
    private static let nordic = "{code:6}{embed:4}{ec}"
    private static let northAmerican = rows("2", "{code:5}{i}{embed:4}{ec}", .minor)
    /// The prefix fixes the decimals: 20, 21, 22 carry 2, 1, 0; 23, 24, 25 carry 3, 2, 1.
    private static let nordicPrices = scaled(20, .minor)
    private static let nordicWeights = scaled(23, .grams)

    private static func rows(_ prefixes: String, _ rest: String, _ unit: Unit) -> [Row] {
        prefixes.split(separator: " ").map { Row(prefix: String($0), rest: rest, unit: unit) }
    }

    private static func scaled(_ first: Int, _ unit: Unit) -> [Row] {
        (0...2).map { Row(prefix: String(first + $0), rest: nordic, unit: unit, scale: $0) }
    }
}
