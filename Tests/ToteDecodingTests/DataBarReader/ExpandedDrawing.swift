// An encoder of GS1 DataBar Expanded and Expanded Stacked (ISO/IEC 24724 7.2).

struct ExpandedDrawing {
    /// Values of the data characters.
    private(set) var values: [Int]

    /// - Parameters:
    ///   - head: bits before the size bits; the first is the linkage flag.
    ///   - sized: whether two bits tell the size again.
    ///   - tail: bits behind them.
    ///   - padding: what fills the last character.
    init(head: String, sized: Bool, tail: String, padding: String = "") {
        let count = head.count + (sized ? 2 : 0) + tail.count
        // Four characters at least, one of them the check character.
        let characters = max(3, (count + 11) / 12)
        let size = "\((characters + 1) % 2)\(characters + 1 > 14 ? 1 : 0)"
        var bits = head + (sized ? size : "") + tail + padding
        while bits.count < 12 * characters { bits += "00100" }
        let all = bits.map { $0 == "1" ? 1 : 0 }
        values = (0..<characters).map { character in
            all[12 * character..<12 * character + 12].reduce(0) { 2 * $0 + $1 }
        }
    }

    static func bits(_ value: Int, _ count: Int) -> String {
        let bits = String(value, radix: 2)
        return String(repeating: "0", count: count - bits.count) + bits
    }

    private static let finders = [
        "A": [1, 8, 4, 1, 1], "B": [3, 6, 4, 1, 1], "C": [3, 4, 6, 1, 1], "D": [3, 2, 8, 1, 1],
        "E": [2, 6, 5, 1, 1], "F": [2, 2, 9, 1, 1],
    ]
    private static let orders = [
        "AA", "ABB", "ACBD", "AEBDC", "AEBDDF", "AEBDEFF", "AABBCCDD", "AABBCCDEE", "AABBCCDEFF",
        "AABBCDDEEFF",
    ]

    /// Elements of each pair: a character, its finder pattern and, if there is one, the second
    /// character. Every second finder pattern is mirrored.
    private var pairs: [[Int]] {
        let count = values.count + 1
        let order = Self.orders[(count + 1) / 2 - 2].map(String.init)
        let table = DataBarCharacterTable.expanded
        var sum = 0
        for (index, value) in values.enumerated() {
            let place = index + 1
            let letter = Int(order[place / 2].utf8.first ?? 65) - 65
            let row = 4 * letter + (place / 2 % 2) * 2 + place % 2 - 1
            sum += DataBarDrawing.weighted(table.widths(value), from: 8 * row, modulus: 211)
        }
        let characters = ([211 * (count - 4) + sum % 211] + values).map(table.widths)
        return order.indices.map { pair in
            let finder = Self.finders[order[pair]] ?? []
            let second = 2 * pair + 1 < count ? characters[2 * pair + 1].reversed() : []
            return characters[2 * pair] + (pair % 2 == 0 ? finder : finder.reversed()) + second
        }
    }

    /// Rows of so many pairs; all in one row if there are fewer.
    func rows(of width: Int) -> [DataBarModules] {
        let pairs = pairs
        return stride(from: 0, to: pairs.count, by: width).map { first in
            let elements = pairs[first..<min(first + width, pairs.count)].joined()
            let row = DataBarDrawing.modules(
                [1, 1] + elements + [1, 1], startsWithBar: first % 2 == 1)
            // With an even number of pairs every second row runs backwards.
            return width % 2 == 0 && first / width % 2 == 1 ? row.reversed() : row
        }
    }
}

extension ExpandedDrawing {
    /// `01` and a GTIN-14, then any element strings: method 1.
    static func article(_ gtin: String, and text: String) -> ExpandedDrawing {
        let general = GeneralDrawing(text)
        let first = bits(gtin.first?.wholeNumberValue ?? 0, 4)
        return ExpandedDrawing(
            head: "01", sized: true, tail: first + groups(gtin) + general.bits,
            padding: general.padding)
    }

    /// Any element strings: method 2.
    static func plain(_ text: String) -> ExpandedDrawing {
        let general = GeneralDrawing(text)
        return ExpandedDrawing(
            head: "000", sized: true, tail: general.bits, padding: general.padding)
    }

    /// A GTIN-14 that begins with 9 and what the method's bits say of it.
    static func weighed(_ method: String, _ gtin: String, _ tail: String) -> ExpandedDrawing {
        ExpandedDrawing(head: "0" + method, sized: false, tail: groups(gtin) + tail)
    }

    /// A price with two bits for its decimal place, in a currency or the local one.
    static func priced(
        _ gtin: String, place: Int, currency: Int?, _ text: String
    ) -> ExpandedDrawing {
        let general = GeneralDrawing(text)
        let money = currency.map { bits($0, 10) } ?? ""
        return ExpandedDrawing(
            head: currency == nil ? "001100" : "001101", sized: true,
            tail: groups(gtin) + bits(place, 2) + money + general.bits, padding: general.padding)
    }

    /// Digits 2 to 13 in groups of three.
    private static func groups(_ gtin: String) -> String {
        let digits = Array(gtin)[1..<13].compactMap(\.wholeNumberValue)
        return stride(from: 0, to: 12, by: 3).map { index in
            bits(digits[index] * 100 + digits[index + 1] * 10 + digits[index + 2], 10)
        }.joined()
    }
}

/// General purpose data compaction that latches as seldom as it can. `\u{1D}` is FNC1.
struct GeneralDrawing {
    private(set) var bits = ""
    private enum Mode { case numeric, alphanumeric, iso646 }
    private var mode = Mode.numeric

    /// The latch that a reader must not take for data.
    var padding: String { mode == .numeric ? "0000" : "" }

    init(_ text: String) {
        var rest = Array(text.utf8)[...]
        while let next = rest.first {
            if mode == .numeric {
                rest = numeric(rest)
            } else {
                character(next)
                rest = rest.dropFirst()
            }
        }
    }

    private mutating func numeric(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let pair = rest.prefix(2) + (rest.count == 1 ? [29] : [])
        let codes = pair.map { $0 == 29 ? 10 : ($0 < 58 ? Int($0) - 48 : -1) }
        guard codes.allSatisfy({ (0...10).contains($0) }), codes != [10, 10] else {
            bits += "0000"
            mode = .alphanumeric
            return rest
        }
        bits += ExpandedDrawing.bits(8 + 11 * codes[0] + codes[1], 7)
        return rest.dropFirst(2)
    }

    private mutating func character(_ byte: UInt8) {
        let code = Int(byte)
        switch code {
        case 29:
            bits += "01111"
            mode = .numeric
        case 48...57: bits += ExpandedDrawing.bits(code - 48 + 5, 5)
        case 65...90 where mode == .alphanumeric: bits += ExpandedDrawing.bits(code - 65 + 32, 6)
        case 65...90: bits += ExpandedDrawing.bits(code - 65 + 64, 7)
        case _ where mode == .alphanumeric:
            if let sign = Array("*,-./".utf8).firstIndex(of: byte) {
                bits += ExpandedDrawing.bits(58 + sign, 6)
            } else {
                bits += "00100"
                mode = .iso646
                character(byte)
            }
        case 97...122: bits += ExpandedDrawing.bits(code - 97 + 90, 7)
        default:
            let sign = Array("!\"%&'()*+,-./:;<=>?_ ".utf8).firstIndex(of: byte) ?? 0
            bits += ExpandedDrawing.bits(232 + sign, 8)
        }
    }
}
