package import ToteBarcodes

/// A way in which the scales of a country write their labels.
package struct LabelScheme: Sendable {
    package let country: String
    package let template: MeasureTemplate

    package var name: String { "\(country) \(template.text)" }

    /// Those that the product knows as presets (barcodes-decoding 2.3).
    package static let presets: [LabelScheme] = {
        let countries = ["DE", "GB", "DK", "SE", "NO", "FI", "EE", "LV", "LT", "US", "CA"]
        return countries.flatMap { country in
            MeasureTemplate.presets(country: country).map {
                LabelScheme(country: country, template: $0)
            }
        }
    }()
}

extension LabelScheme {
    /// Schemes that a store has to configure or learn.
    /// - GB 28: GS1 UK, "How to barcode variable measure items" (28XXX RR V PPPP C).
    /// - JP 02: in-store marking with the price in the number, article 5, price 5 digits, as
    ///   printers of such labels describe it (insatsu-net.com, in-store JAN).
    package static let others: [LabelScheme] = {
        let rows: [(String, String, String)] = [
            ("GB", "gb-28", "28{code:5}{i}{embed:4}{ec}"),
            ("JP", "jp-02", "02{code:5}{embed:5}{ec}"),
        ]
        return rows.compactMap { country, id, text in
            (try? MeasureTemplate(id: id, text: text, unit: .minor)).map {
                LabelScheme(country: country, template: $0)
            }
        }
    }()
}
