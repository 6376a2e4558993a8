public import ToteBarcodes
public import ToteDecoding
public import ToteValues

extension ScanWatch {
    /// A watch that knows an article by its GTIN-14, so that a pack with two codes is scanned once
    /// (VID-2). Two packs of one article that carry different weights or prices are two.
    /// - Parameters:
    ///   - today: settles the century of dates (AI-7).
    ///   - identifiers: the store's, where it has a table of its own.
    public static func trip(
        today: CalendarDay, identifiers: IdentifierTable = .standard
    ) -> ScanWatch {
        // Labels of a store's own have no GTIN: no other rules of the store are needed.
        let rules = StoreRules(store: 0, currency: .euro, identifiers: identifiers)
        return ScanWatch { symbology, aim, bytes in
            let input = ScanInput(bytes: bytes, aim: aim, symbology: symbology, source: .camera)
            guard let code = try? interpret(input, rules: rules, today: today),
                let gtin = code.reading.article?.gtin
            else { return nil }
            return [gtin.text, code.measure?.kind.mark].compactMap(\.self).joined(separator: " ")
        }
    }
}

extension MeasureKind {
    fileprivate var mark: String {
        switch self {
        case .price(let minor): "price \(minor)"
        case .mass(let grams): "g \(grams)"
        case .volume(let millilitres): "ml \(millilitres)"
        case .length(let millimetres): "mm \(millimetres)"
        case .count(let count): "count \(count)"
        }
    }
}
