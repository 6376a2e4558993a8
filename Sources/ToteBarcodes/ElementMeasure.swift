import ToteValues

/// Weight, volume, length, count and amount out of elements (AI-6), as whole units by named
/// rounding.
struct ElementMeasure {
    let elements: ElementString
    let currency: Currency

    /// The amount payable wins over a weight beside it: it is what the label says to pay.
    /// - Throws: `priceEmbeddedInvalid` for 0, `element` for a foreign currency or a fraction of
    ///   a minor unit.
    func measure() throws(BarcodeError) -> EmbeddedMeasure? {
        let unitPrice = try amount("395", skip: 0)
        var kind = try price()
        if kind == nil { kind = try quantity() }
        if kind == nil { kind = try count() }
        return kind.map { EmbeddedMeasure(kind: $0, unitPriceMinor: unitPrice) }
    }

    private func price() throws(BarcodeError) -> MeasureKind? {
        if let (element, _) = elements.measure("393") {
            let digits = Array(element.value.utf8)[..<3]
            guard Currency(number: digits) == currency else {
                throw .element(
                    element.ai, .foreignCurrency, element.range,
                    "the price is not in \(currency.code)")
            }
        }
        let stem = elements.measure("392") == nil ? "393" : "392"
        guard let amount = try amount(stem, skip: stem == "393" ? 3 : 0) else { return nil }
        guard (1...MeasureTemplate.largestValue).contains(amount) else {
            throw .embeddedValue(amount, limit: MeasureTemplate.largestValue)
        }
        return .price(amount)
    }

    /// Minor units; decimals beyond the currency's must be zeros.
    private func amount(_ stem: String, skip: Int) throws(BarcodeError) -> Int64? {
        guard let (element, decimals) = elements.measure(stem) else { return nil }
        let number = Self.number(element.value, skip: skip)
        let surplus = decimals - currency.exponent
        let divisor = Self.power(max(0, surplus))
        let (minor, overflow) = number.multipliedReportingOverflow(
            by: Self.power(max(0, -surplus)))
        guard number % divisor == 0, !overflow else {
            throw .element(
                element.ai, .fraction, element.range, "a fraction of the smallest coin")
        }
        return minor / divisor
    }

    private func quantity() throws(BarcodeError) -> MeasureKind? {
        if let grams = try scaled("310", 1000, 1) { return .mass(grams: grams) }
        // Avoirdupois pound and troy ounce, exact by definition (grams).
        if let grams = try scaled("320", 45_359_237, 100_000) { return .mass(grams: grams) }
        if let grams = try scaled("356", 311_034_768, 10_000_000) { return .mass(grams: grams) }
        if let volume = try scaled("315", 1000, 1) { return .volume(millilitres: volume) }
        if let length = try scaled("311", 1000, 1) { return .length(millimetres: length) }
        return nil
    }

    /// value · factor / (divisor · 10^decimals), half up.
    private func scaled(
        _ stem: String, _ factor: Int128, _ divisor: Int128
    ) throws(BarcodeError) -> Int? {
        guard let (element, decimals) = elements.measure(stem) else { return nil }
        let number = Int128(Self.number(element.value, skip: 0))
        let whole = try? divide(
            number * factor, divisor * Int128(Self.power(decimals)), .halfUp)
        guard let whole, whole > 0 else { throw .embeddedValue(0, limit: nil) }
        return Int(whole)
    }

    private func count() throws(BarcodeError) -> MeasureKind? {
        guard let text = elements["30"] else { return nil }
        let number = Self.number(text, skip: 0)
        guard number > 0 else { throw .embeddedValue(0, limit: nil) }
        return .count(Int(number))
    }

    private static func number(_ text: String, skip: Int) -> Int64 {
        text.utf8.dropFirst(skip).reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    private static func power(_ exponent: Int) -> Int64 {
        (0..<exponent).reduce(1) { product, _ in product * 10 }
    }
}
