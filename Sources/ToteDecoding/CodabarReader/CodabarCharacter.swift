/// Seven elements, bar first, of which two or three are wide (EN 798, table 1).
struct CodabarCharacter {
    static let elements = 7

    /// One bit an element, the first bar highest; 1 is wide.
    private static let patterns: [(character: Character, wide: Int)] = [
        ("0", 0b0000011), ("1", 0b0000110), ("2", 0b0001001), ("3", 0b1100000), ("4", 0b0010010),
        ("5", 0b1000010), ("6", 0b0100001), ("7", 0b0100100), ("8", 0b0110000), ("9", 0b1001000),
        ("-", 0b0001100), ("$", 0b0011000), (":", 0b1000101), ("/", 0b1010001), (".", 0b1010100),
        ("+", 0b0010101), ("A", 0b0011010), ("B", 0b0101001), ("C", 0b0001011), ("D", 0b0001110),
    ]
    /// Wide to narrow in quarters: the standard allows 2.25 to 3.
    private static let ratios = [9, 10, 12]

    let value: UInt8
    /// Width of a narrow element, 1/16 px.
    private let narrow: Int

    var isEnd: Bool { (UInt8(ascii: "A")...UInt8(ascii: "D")).contains(value) }

    /// `nil` if no pattern fits, or two do.
    init?(_ widths: [Int], at start: Int) {
        guard start + Self.elements <= widths.count else { return nil }
        let total = widths[start..<start + Self.elements].reduce(0, +)
        var best: (distance: Int, value: UInt8, narrow: Int)?
        var second = Int.max
        for (character, wide) in Self.patterns {
            guard let value = character.asciiValue else { continue }
            let fit = Self.fit(widths, start, total, wide)
            if fit.distance < best?.distance ?? .max {
                second = best?.distance ?? .max
                best = (fit.distance, value, fit.narrow)
            } else {
                second = min(second, fit.distance)
            }
        }
        // A quarter of a narrow element each is off; the next pattern is half as far again.
        guard let best, 4 * best.distance < Self.elements * best.narrow,
            2 * second > 3 * best.distance
        else { return nil }
        value = best.value
        narrow = max(1, best.narrow)
    }

    private static func fit(
        _ widths: [Int], _ start: Int, _ total: Int, _ wide: Int
    ) -> (distance: Int, narrow: Int) {
        let wides = wide.nonzeroBitCount
        var best = (distance: Int.max, narrow: 1)
        for ratio in ratios {
            let narrow = 4 * total / (4 * (elements - wides) + ratio * wides)
            var distance = 0
            for element in 0..<elements {
                let isWide = wide >> (elements - 1 - element) & 1 == 1
                distance += abs(widths[start + element] - (isWide ? ratio * narrow / 4 : narrow))
            }
            if distance < best.distance { best = (distance, narrow) }
        }
        return best
    }

    /// The space between two characters.
    func isGap(_ width: Int) -> Bool { 2 * width >= narrow && width <= 4 * narrow }

    /// Neighbours are of one size, a little perspective apart.
    func isLike(_ other: CodabarCharacter) -> Bool {
        3 * narrow >= 2 * other.narrow && 2 * narrow <= 3 * other.narrow
    }

    /// Quiet zone before an element; the line may as well begin or end there.
    func isWhite(before place: Int, _ widths: [Int]) -> Bool {
        guard place > 0, place - 1 < widths.count else { return true }
        return widths[place - 1] >= 4 * narrow
    }
}
