/// How much one scan or entry adds (MON-8).
public enum Quantity: Hashable, Sendable {
    case pieces(Int)
    case grams(Int)

    public static let pieceRange = 1...999
    public static let gramRange = 1...99_999

    /// - Throws: `QuantityError.outOfRange` unless 1…999.
    public static func checkedPieces(_ count: Int) throws(QuantityError) -> Quantity {
        guard pieceRange.contains(count) else { throw .outOfRange(String(count)) }
        return .pieces(count)
    }

    /// - Throws: `QuantityError.outOfRange` unless 1…99999.
    public static func checkedGrams(_ grams: Int) throws(QuantityError) -> Quantity {
        guard gramRange.contains(grams) else { throw .outOfRange(String(grams)) }
        return .grams(grams)
    }

    /// Pieces as typed: ASCII digits, no sign, no leading zero, 1…999.
    public static func pieces(text: String) throws(QuantityError) -> Quantity {
        guard let number = DecimalText.unsigned(text), let count = Int(exactly: number) else {
            throw .outOfRange(text)
        }
        return try checkedPieces(count)
    }
}

public enum QuantityError: Error, Hashable, Sendable {
    /// `quantityOutOfRange`; the text is as given, unescaped.
    case outOfRange(String)
}
