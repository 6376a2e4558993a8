// A data character: four bars and four spaces (ISO/IEC 24724 5.2.1, 7.2.2). Only distances between
// like edges are measured, which ink spread and thresholds leave alone; they fix all widths but for
// one number, that is fixed by the rule that some element of one colour is a single module wide.

/// The three kinds of data characters of the family.
enum DataBarCharacterKind {
    /// Beside the guard of DataBar Omnidirectional: (16,4).
    case outside
    /// Beside the middle of DataBar Omnidirectional: (15,4).
    case inside
    /// DataBar Expanded: (17,4).
    case expanded

    var modules: Int {
        switch self {
        case .outside: 16
        case .inside: 15
        case .expanded: 17
        }
    }

    /// Which elements, counted from the outer end, have a single module among them: the second,
    /// fourth and so on, or the first, third and so on.
    fileprivate var hasNarrowEven: Bool { self == .outside }

    /// Characters of one sum of odd elements: how many sets of odd and of even elements are used,
    /// their widest elements, and the value of the first.
    fileprivate struct Group {
        let odd: Int
        let even: Int
        let widestOdd: Int
        let widestEven: Int
        let first: Int
    }

    fileprivate func group(oddSum: Int) -> Group? {
        switch (self, oddSum) {
        case (.outside, 12): Group(odd: 161, even: 1, widestOdd: 8, widestEven: 1, first: 0)
        case (.outside, 10): Group(odd: 80, even: 10, widestOdd: 6, widestEven: 3, first: 161)
        case (.outside, 8): Group(odd: 31, even: 34, widestOdd: 4, widestEven: 5, first: 961)
        case (.outside, 6): Group(odd: 10, even: 70, widestOdd: 3, widestEven: 6, first: 2015)
        case (.outside, 4): Group(odd: 1, even: 126, widestOdd: 1, widestEven: 8, first: 2715)
        case (.inside, 5): Group(odd: 4, even: 84, widestOdd: 2, widestEven: 7, first: 0)
        case (.inside, 7): Group(odd: 20, even: 35, widestOdd: 4, widestEven: 5, first: 336)
        case (.inside, 9): Group(odd: 48, even: 10, widestOdd: 6, widestEven: 3, first: 1036)
        case (.inside, 11): Group(odd: 81, even: 1, widestOdd: 8, widestEven: 1, first: 1516)
        case (.expanded, 12): Group(odd: 87, even: 4, widestOdd: 7, widestEven: 2, first: 0)
        case (.expanded, 10): Group(odd: 52, even: 20, widestOdd: 5, widestEven: 4, first: 348)
        case (.expanded, 8): Group(odd: 30, even: 52, widestOdd: 4, widestEven: 5, first: 1388)
        case (.expanded, 6): Group(odd: 10, even: 104, widestOdd: 3, widestEven: 6, first: 2948)
        case (.expanded, 4): Group(odd: 1, even: 204, widestOdd: 1, widestEven: 8, first: 3988)
        default: nil
        }
    }
}

struct DataBarCharacter: Hashable {
    var value: Int
    /// Modules of the eight elements, from the outer end to the finder pattern.
    var widths: SIMD8<Int32>

    /// - Parameter edges: nine positions, from the outer end to the finder pattern, in any unit.
    init?(_ kind: DataBarCharacterKind, edges: (Int) -> Int) {
        guard let widths = Self.widths(kind, edges) else { return nil }
        self.init(kind, widths: widths)
    }

    init?(_ kind: DataBarCharacterKind, widths: SIMD8<Int32>) {
        let odd = widths.evenHalf
        let even = widths.oddHalf
        guard let group = kind.group(oddSum: Int(odd.wrappedSum())),
            Int(widths.wrappedSum()) == kind.modules,
            let oddRank = ElementCombinations.rank(
                odd, widest: group.widestOdd, needsNarrow: !kind.hasNarrowEven),
            let evenRank = ElementCombinations.rank(
                even, widest: group.widestEven, needsNarrow: kind.hasNarrowEven),
            oddRank < group.odd, evenRank < group.even
        else { return nil }
        self.widths = widths
        value =
            group.first
            + (kind == .inside
                ? evenRank * group.odd + oddRank : oddRank * group.even + evenRank)
    }

    private static func widths(
        _ kind: DataBarCharacterKind, _ edges: (Int) -> Int
    ) -> SIMD8<Int32>? {
        guard let pairs = pairs(kind, edges) else { return nil }
        // As if the first element had no width; what it lacks, all odd elements lack, and all even
        // elements have it too much.
        var widths = SIMD8<Int32>()
        for index in 1..<8 { widths[index] = pairs[index - 1] - widths[index - 1] }
        let shift =
            kind.hasNarrowEven ? widths.oddHalf.min() - 1 : 1 - widths.evenHalf.min()
        for index in 0..<8 { widths[index] += index % 2 == 0 ? shift : -shift }
        return widths.min() >= 1 ? widths : nil
    }

    /// Modules of each two neighbours, seven sums; the first, third, fifth and seventh make up the
    /// whole character.
    private static func pairs(
        _ kind: DataBarCharacterKind, _ edges: (Int) -> Int
    ) -> SIMD8<Int32>? {
        let whole = edges(8) - edges(0)
        guard whole != 0 else { return nil }
        var pairs = SIMD8<Int32>()
        var rest = SIMD8<Int32>()
        for index in 0..<7 {
            let sixteenths = 16 * kind.modules * (edges(index + 2) - edges(index)) / whole
            let modules = (sixteenths + 8) >> 4
            guard modules >= 2, modules < kind.modules else { return nil }
            pairs[index] = Int32(modules)
            rest[index] = Int32(sixteenths - 16 * modules)
        }
        let lacking = Int32(kind.modules) - pairs.evenHalf.wrappedSum()
        guard lacking != 0 else { return pairs }
        guard abs(lacking) == 1 else { return nil }
        // One was rounded the wrong way: the one that was closest to the other way.
        var worst = 0
        for index in [2, 4, 6] where rest[index] * lacking > rest[worst] * lacking {
            worst = index
        }
        pairs[worst] += lacking
        return pairs
    }

    /// Widths times powers of three (5.2.4, 7.2.6), of which the first has this exponent.
    func weighted(from exponent: Int, modulus: Int) -> Int {
        var weight = 1
        for _ in 0..<exponent { weight = weight * 3 % modulus }
        var sum = 0
        for index in 0..<8 {
            sum += weight * Int(widths[index])
            weight = weight * 3 % modulus
        }
        return sum % modulus
    }
}
