// From the values of the data characters to the element string (ISO/IEC 24724 7.2.4, 7.2.5). Each
// is twelve bits; the first bit tells of a composite component, the next name the method.

enum ExpandedContent {
    /// `nil` if the bits are no content by the standard.
    static func bytes(of values: [Int]) -> [UInt8]? {
        guard values.allSatisfy({ $0 < 4096 }) else { return nil }
        var bits = ExpandedBits(values)
        guard bits.take(1) != nil else { return nil }
        guard let content = content(&bits, characters: values.count + 1) else { return nil }
        return content.isEmpty ? nil : content
    }

    private static func content(_ bits: inout ExpandedBits, characters: Int) -> [UInt8]? {
        if bits.takes(0b1, of: 1) {
            guard bits.takesSize(characters),
                let article = article(&bits, firstDigit: nil)
            else { return nil }
            return general(article, &bits)
        }
        if bits.takes(0b00, of: 2) {
            return bits.takesSize(characters) ? general([], &bits) : nil
        }
        if bits.takes(0b0100, of: 4) { return weight(&bits) { ("3103", $0) } }
        if bits.takes(0b0101, of: 4) {
            return weight(&bits) { $0 < 10000 ? ("3202", $0) : ("3203", $0 - 10000) }
        }
        if bits.takes(0b01100, of: 5) {
            return price("392", currencyBits: 0, &bits, characters)
        }
        if bits.takes(0b01101, of: 5) {
            return price("393", currencyBits: 10, &bits, characters)
        }
        if bits.takes(0b0111, of: 4) { return datedWeight(&bits) }
        return nil
    }

    /// `01` and a GTIN-14: its first digit, twelve digits in groups of three, and the check digit,
    /// which is not in the symbol.
    private static func article(_ bits: inout ExpandedBits, firstDigit: Int?) -> [UInt8]? {
        guard var number = firstDigit ?? bits.take(4), number <= 9 else { return nil }
        for _ in 0..<4 {
            guard let group = bits.take(10), group < 1000 else { return nil }
            number = number * 1000 + group
        }
        return Array("01".utf8) + GTINDigits.checked(number, count: 13)
    }

    private static func general(_ start: [UInt8], _ bits: inout ExpandedBits) -> [UInt8]? {
        GeneralCompaction.text(&bits).map { start + $0 }
    }

    private static func weight(
        _ bits: inout ExpandedBits, _ split: (Int) -> (String, Int)
    ) -> [UInt8]? {
        guard let article = article(&bits, firstDigit: 9), let value = bits.take(15) else {
            return nil
        }
        let (identifier, weight) = split(value)
        return article + Array(identifier.utf8) + GTINDigits.digits(weight, count: 6)
    }

    /// The price, or the currency and the price, whose decimal place is in two bits.
    private static func price(
        _ identifier: String, currencyBits: Int, _ bits: inout ExpandedBits, _ characters: Int
    ) -> [UInt8]? {
        guard bits.takesSize(characters), var text = article(&bits, firstDigit: 9),
            let place = bits.take(2)
        else { return nil }
        text += Array(identifier.utf8) + GTINDigits.digits(place, count: 1)
        if currencyBits > 0 {
            guard let currency = bits.take(currencyBits), currency < 1000 else { return nil }
            text += GTINDigits.digits(currency, count: 3)
        }
        return general(text, &bits)
    }

    /// A weight and a date: three bits name the kind of date and kilograms or pounds.
    private static func datedWeight(_ bits: inout ExpandedBits) -> [UInt8]? {
        guard let kind = bits.take(3), let article = article(&bits, firstDigit: 9),
            let weight = bits.take(20), weight < 1_000_000, let date = bits.take(16)
        else { return nil }
        let identifier = kind % 2 == 0 ? "310" : "320"
        let text =
            article + Array(identifier.utf8) + GTINDigits.digits(weight / 100_000, count: 1)
            + GTINDigits.digits(weight % 100_000, count: 6)
        guard date != noDate else { return text }
        guard date < noDate else { return nil }
        let days = ((date / 384) * 100 + date / 32 % 12 + 1) * 100 + date % 32
        return text + Array(["11", "13", "15", "17"][kind / 2].utf8)
            + GTINDigits.digits(days, count: 6)
    }

    /// A hundred years of twelve months of 32 days.
    private static let noDate = 38400
}

/// The bits of a symbol, taken from the front.
struct ExpandedBits {
    private let values: [Int]
    private var next = 0

    /// - Parameter values: of the data characters, below 4096.
    init(_ values: [Int]) { self.values = values }

    var left: Int { 12 * values.count - next }

    /// The next bits without taking them; `nil` if there are fewer.
    func peek(_ count: Int) -> Int? {
        guard count <= left else { return nil }
        var bits = 0
        for place in next..<next + count {
            let bit = (values[place / 12] >> (11 - place % 12)) & 1
            bits = 2 * bits + bit
        }
        return bits
    }

    mutating func take(_ count: Int) -> Int? {
        let bits = peek(count)
        if bits != nil { next += count }
        return bits
    }

    /// Takes the next bits if they are these.
    mutating func takes(_ bits: Int, of count: Int) -> Bool {
        guard peek(count) == bits else { return false }
        next += count
        return true
    }

    /// The two bits that say again how long the symbol is: an odd number of characters, more than
    /// 14 of them.
    mutating func takesSize(_ characters: Int) -> Bool {
        takes((characters % 2) * 2 + (characters > 14 ? 1 : 0), of: 2)
    }
}
