// Where guards and digits stand in a symbol, in modules from its first bar.

import ToteValues

struct EANLayout: Sendable {
    enum Kind: Int, Sendable { case ean13, ean8, upcE }

    let kind: Kind
    let modules: Int
    /// Bars of the whole symbol.
    let bars: Int
    /// Left edges of the guard bars; each is one module wide.
    let guardBars: [Int]
    let digitStarts: [Int]
    /// The alternatives that a digit may be, as a range of `EANPatterns.digits`.
    let choices: [Range<Int>]
    /// Digits before the centre guard; all of them in a UPC-E.
    let leftDigits: Int

    static let ean13 = EANLayout(
        kind: .ean13, modules: 95, bars: 30, guardBars: [0, 2, 46, 48, 92, 94],
        digitStarts: (0..<6).map { 3 + 7 * $0 } + (0..<6).map { 50 + 7 * $0 },
        choices: [0..<10] + Array(repeating: 0..<20, count: 5)
            + Array(repeating: 20..<30, count: 6),
        leftDigits: 6)
    static let ean8 = EANLayout(
        kind: .ean8, modules: 67, bars: 22, guardBars: [0, 2, 32, 34, 64, 66],
        digitStarts: (0..<4).map { 3 + 7 * $0 } + (0..<4).map { 36 + 7 * $0 },
        choices: Array(repeating: 0..<10, count: 4) + Array(repeating: 20..<30, count: 4),
        leftDigits: 4)
    static let upcE = EANLayout(
        kind: .upcE, modules: 51, bars: 17, guardBars: [0, 2, 46, 48, 50],
        digitStarts: (0..<6).map { 3 + 7 * $0 },
        choices: Array(repeating: 0..<20, count: 6), leftDigits: 6)
    static let all = [ean13, ean8, upcE]

    var symbology: Symbology {
        switch kind {
        case .ean13: .ean13
        case .ean8: .ean8
        case .upcE: .upcE
        }
    }
}

extension EANLayout {
    /// Samples of a profile for one module.
    static let density = 2
    /// Quiet zone that is compared with the picture, modules on each side. The standard demands 7
    /// at least; less is left here because neighbours come too near in practice.
    static let quiet = 5
    /// Samples that a digit has an influence on: its modules and three and a half on either side.
    static let reach = 28

    var samples: Int { Self.density * (modules + 2 * Self.quiet) }

    /// First sample that digit `index` has an influence on.
    func firstSample(_ index: Int) -> Int {
        Self.density * (digitStarts[index] + Self.quiet) - Self.reach / 4
    }
}
