/// A scale label of which somebody knows what it says: the digits of its bars, the article, and
/// the weight, price or count printed beside them (2.9).
public struct LabelledExample: Hashable, Sendable {
    /// Digits of a label: literal, article and value at their shortest and longest.
    public static let digitRange = 9...18

    /// ASCII digits, as scanned.
    public let code: String
    /// Name or number of the article; the same text is the same article. `nil` if unknown.
    public let item: String?
    /// What is printed, 1…2^53 − 1 in `unit`.
    public let value: Int64
    public let unit: MeasureTemplate.Unit

    /// - Throws: `empty`, `invalidCharacter`, `length`; `priceEmbeddedInvalid` for a value of 0
    ///   or less, which tells nothing of its place.
    public init(
        code: String, item: String? = nil, value: Int64, unit: MeasureTemplate.Unit
    ) throws(BarcodeError) {
        guard !code.isEmpty else { throw .empty }
        if let offset = Array(code.utf8).firstIndex(where: { !$0.isDigit }) {
            throw .invalidCharacter(at: offset)
        }
        guard Self.digitRange.contains(code.utf8.count) else {
            throw .length(code.utf8.count, possible: Array(Self.digitRange))
        }
        guard (1...MeasureTemplate.largestValue).contains(value) else {
            throw .embeddedValue(value, limit: MeasureTemplate.largestValue)
        }
        self.code = code
        self.item = item
        self.value = value
        self.unit = unit
    }
}
