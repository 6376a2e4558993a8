// Finder patterns: five elements of which two narrow ones stand at one end (ISO/IEC 24724 5.2.4,
// 7.2.7). Which end, and whether they begin with a bar, tells the half or the place in the symbol
// and which way it is read.

enum DataBarFamily: Hashable {
    case omnidirectional, expanded
}

struct DataBarFinder: Hashable {
    var family: DataBarFamily
    /// 0…8, or 0…5 for A…F.
    var number: Int
    /// The pattern begins with a bar: right half of Omnidirectional, the mirrored patterns of
    /// Expanded.
    var isMirrored: Bool
    /// The symbol runs from right to left.
    var isReversed: Bool

    /// Sums of the first two and of the second and third element, in modules of 15. With the last
    /// two elements one module each, they tell all.
    private static let omnidirectional = sums([
        (3, 8, 2), (3, 5, 5), (3, 3, 7), (3, 1, 9), (2, 7, 4), (2, 5, 6), (2, 3, 8), (1, 5, 7),
        (1, 3, 9),
    ])
    private static let expanded = sums([
        (1, 8, 4), (3, 6, 4), (3, 4, 6), (3, 2, 8), (2, 6, 5), (2, 2, 9),
    ])

    private static func sums(_ patterns: [(Int, Int, Int)]) -> [Int] {
        patterns.map { key($0.0 + $0.1, $0.1 + $0.2) }
    }

    private static func key(_ first: Int, _ second: Int) -> Int { 16 * first + second }

    /// - Parameters:
    ///   - first: width of the first two elements from the wide end.
    ///   - second: of the second and third.
    ///   - four: of the first four, which are 14 modules.
    static func numbers(
        first: Int, second: Int, four: Int
    ) -> (omnidirectional: Int?, expanded: Int?) {
        guard four > 0 else { return (nil, nil) }
        let key = key((28 * first / four + 1) / 2, (28 * second / four + 1) / 2)
        return (omnidirectional.firstIndex(of: key), expanded.firstIndex(of: key))
    }
}
