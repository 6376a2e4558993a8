// An encoder of GS1 DataBar Omnidirectional and Stacked (ISO/IEC 24724), written the long way
// round: sets of element widths are listed and taken by their number, so that it shares only the
// standard's numbers with the reader.

/// Modules of a row, `true` is a bar.
typealias DataBarModules = [Bool]

struct DataBarCharacterTable {
    struct Group {
        var first: Int
        var oddSum: Int
        var sets: (odd: Int, even: Int)
        var widest: (odd: Int, even: Int)
    }

    var modules: Int
    /// Whether the even elements have a narrow one, else the odd.
    var narrowEven: Bool
    /// Whether the number of the odd set counts faster.
    var oddFirst: Bool
    var groups: [Group]

    private init(_ modules: Int, narrowEven: Bool, oddFirst: Bool, _ groups: [[Int]]) {
        self.modules = modules
        self.narrowEven = narrowEven
        self.oddFirst = oddFirst
        self.groups = groups.map {
            Group(first: $0[0], oddSum: $0[1], sets: ($0[2], $0[3]), widest: ($0[4], $0[5]))
        }
    }

    static let outside = DataBarCharacterTable(
        16, narrowEven: true, oddFirst: false,
        [
            [0, 12, 161, 1, 8, 1], [161, 10, 80, 10, 6, 3], [961, 8, 31, 34, 4, 5],
            [2015, 6, 10, 70, 3, 6], [2715, 4, 1, 126, 1, 8],
        ])
    static let inside = DataBarCharacterTable(
        15, narrowEven: false, oddFirst: true,
        [
            [0, 5, 4, 84, 2, 7], [336, 7, 20, 35, 4, 5], [1036, 9, 48, 10, 6, 3],
            [1516, 11, 81, 1, 8, 1],
        ])
    static let expanded = DataBarCharacterTable(
        17, narrowEven: false, oddFirst: false,
        [
            [0, 12, 87, 4, 7, 2], [348, 10, 52, 20, 5, 4], [1388, 8, 30, 52, 4, 5],
            [2948, 6, 10, 104, 3, 6], [3988, 4, 1, 204, 1, 8],
        ])

    /// Widths of the eight elements of a character, from the outer end.
    func widths(_ value: Int) -> [Int] {
        let group = groups.last { $0.first <= value } ?? groups[0]
        let rest = value - group.first
        let ranks =
            oddFirst
            ? (rest % group.sets.odd, rest / group.sets.odd)
            : (rest / group.sets.even, rest % group.sets.even)
        let odd = Self.sets(group.oddSum, widest: group.widest.odd, narrow: !narrowEven)[ranks.0]
        let even = Self.sets(
            modules - group.oddSum, widest: group.widest.even, narrow: narrowEven)[ranks.1]
        return (0..<4).flatMap { [odd[$0], even[$0]] }
    }

    private static func sets(_ sum: Int, widest: Int, narrow: Bool) -> [[Int]] {
        var sets: [[Int]] = []
        for a in 1...widest {
            for b in 1...widest {
                for c in 1...widest where (1...widest).contains(sum - a - b - c) {
                    let set = [a, b, c, sum - a - b - c]
                    if !narrow || set.contains(1) { sets.append(set) }
                }
            }
        }
        return sets
    }
}

enum DataBarDrawing {
    /// Widths times the powers of three from this exponent.
    static func weighted(_ widths: [Int], from exponent: Int, modulus: Int) -> Int {
        var weight = 1
        for _ in 0..<exponent { weight = weight * 3 % modulus }
        var sum = 0
        for width in widths {
            sum = (sum + width * weight) % modulus
            weight = weight * 3 % modulus
        }
        return sum
    }

    static func modules(_ elements: [Int], startsWithBar: Bool = false) -> DataBarModules {
        elements.enumerated().flatMap { index, width in
            DataBarModules(repeating: (index % 2 == 0) == startsWithBar, count: width)
        }
    }

    private static let finders = [
        [3, 8, 2, 1, 1], [3, 5, 5, 1, 1], [3, 3, 7, 1, 1], [3, 1, 9, 1, 1], [2, 7, 4, 1, 1],
        [2, 5, 6, 1, 1], [2, 3, 8, 1, 1], [1, 5, 7, 1, 1], [1, 3, 9, 1, 1],
    ]

    /// Elements of the left and the right half without guards, for a GTIN-14 without check digit.
    private static func halves(_ number: Int) -> [[Int]] {
        let values = [number / 4_537_077, number % 4_537_077]
        let outside = values.map { DataBarCharacterTable.outside.widths($0 / 1597) }
        let inside = values.map { DataBarCharacterTable.inside.widths($0 % 1597) }
        var check = 0
        for (half, first) in [(0, 0), (1, 16)] {
            check += weighted(outside[half], from: first, modulus: 79)
            check += weighted(inside[half], from: first + 8, modulus: 79)
        }
        check %= 79
        if check >= 8 { check += 1 }
        if check >= 72 { check += 1 }
        return [
            outside[0] + finders[check / 9] + inside[0].reversed(),
            inside[1] + finders[check % 9].reversed() + outside[1].reversed(),
        ]
    }

    static func omnidirectional(_ number: Int) -> DataBarModules {
        modules([1, 1] + halves(number).joined() + [1, 1])
    }

    /// The two rows of a stacked symbol.
    static func stacked(_ number: Int) -> [DataBarModules] {
        let halves = halves(number)
        return [
            modules([1, 1] + halves[0] + [1, 1]),
            modules([1, 1] + halves[1] + [1, 1], startsWithBar: true),
        ]
    }
}
