/// The application identifiers that are known: the standard's, or those of a dictionary that a
/// store loads in their place, so that a new identifier needs no code (AI-1).
public struct IdentifierTable: Sendable {
    /// The dictionary it was read from.
    public var text: String { contents.text }
    /// Identifiers known.
    public var count: Int { contents.rows.count }

    package subscript(ai: some StringProtocol) -> ApplicationIdentifier? {
        place(ai.utf8).map { contents.rows[$0] }
    }

    subscript(digits: ArraySlice<UInt8>) -> ApplicationIdentifier? {
        place(digits).map { contents.rows[$0] }
    }

    /// Whether a Digital Link may be about it; without a copy of its row.
    func isKey(_ digits: some Collection<UInt8>) -> Bool {
        place(digits).map { contents.rows[$0].qualifiers != nil } ?? false
    }

    private func place(_ digits: some Collection<UInt8>) -> Int? {
        guard let slot = Contents.slot(digits) else { return nil }
        let place = contents.places[slot]
        return place < 0 ? nil : Int(place)
    }

    /// Digits of the identifiers that begin so; `nil` when the table has none of them.
    func length(first: UInt8, second: UInt8) -> Int? {
        guard first.isDigit, second.isDigit else { return nil }
        let length = contents.lengths[Int(first - 0x30) * 10 + Int(second - 0x30)]
        return length == 0 ? nil : Int(length)
    }

    /// Rows in the order of the dictionary.
    package var rows: [ApplicationIdentifier] { contents.rows }

    private let contents: Contents

    init(rows: [ApplicationIdentifier], text: String) {
        contents = Contents(rows: rows, text: text)
    }

    /// Rows with an index by number: a table is handed about a lot and copied never.
    private final class Contents: Sendable {
        let text: String
        let rows: [ApplicationIdentifier]
        let places: [Int16]
        let lengths: [UInt8]

        init(rows: [ApplicationIdentifier], text: String) {
            var places = [Int16](repeating: -1, count: 11_100)
            var lengths = [UInt8](repeating: 0, count: 100)
            for (place, row) in rows.enumerated() {
                let digits = Array(row.ai.utf8)
                guard let slot = Self.slot(digits) else { continue }
                places[slot] = Int16(place)
                lengths[Int(digits[0] - 0x30) * 10 + Int(digits[1] - 0x30)] = UInt8(digits.count)
            }
            self.text = text
            self.rows = rows
            self.places = places
            self.lengths = lengths
        }

        /// Two digits come first, then three, then four.
        static func slot(_ digits: some Collection<UInt8>) -> Int? {
            var number = 0
            var count = 0
            for digit in digits {
                guard digit.isDigit, count < 4 else { return nil }
                number = number * 10 + Int(digit - 0x30)
                count += 1
            }
            switch count {
            case 2: return number
            case 3: return 100 + number
            case 4: return 1100 + number
            default: return nil
            }
        }
    }
}

extension IdentifierTable: Hashable {
    public static func == (left: IdentifierTable, right: IdentifierTable) -> Bool {
        left.contents === right.contents || left.text == right.text
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
