import ToteValues

// The nearest to a code that is none: an EAN-13 with a wrong check digit, or a piece of a right
// one.

extension Drawing {
    /// - Parameter isWhole: all bars with a wrong check digit; else a right one cut short.
    static func retailBars(_ chance: inout SeededChance, isWhole: Bool) -> Drawing {
        let module = chance.number(1...4)
        var digits = (0..<12).map { _ in chance.number(0...9) }
        let right = checkDigit(of: digits)
        digits.append(isWhole ? (right + chance.number(1...9)) % 10 : right)
        var modules = RetailBars.modules(of: digits)
        if !isWhole {
            // At most 2 of 3: a scanner may not complete the rest.
            let kept = chance.number(12...62)
            let start = chance.number(0...(modules.count - kept))
            modules = Array(modules[start..<start + kept])
        }
        let margin = chance.number(0...12) * module
        let height = chance.number(16...120)
        var drawing = Drawing(
            2 * margin + modules.count * module, height + 2 * chance.number(0...9))
        let top = (drawing.height - height) / 2
        for (index, isBar) in modules.enumerated() where isBar {
            drawing.rectangle(
                x: margin + index * module, y: top, width: module, height: height, grey: 0)
        }
        return drawing
    }

    private static func checkDigit(of digits: [Int]) -> Int {
        let sum = digits.enumerated().reduce(0) {
            $0 + $1.element * ($1.offset.isMultiple(of: 2) ? 1 : 3)
        }
        return (10 - sum % 10) % 10
    }
}

/// The modules of an EAN-13 (GS1 General Specifications 5.2.1); `true` is a bar.
enum RetailBars {
    /// Seven modules of the digits 0…9 in set A.
    private static let setA = [0x0D, 0x19, 0x13, 0x3D, 0x23, 0x31, 0x2F, 0x3B, 0x37, 0x0B]
    /// Which of the digits 2…7 stand in set B, for each first digit.
    private static let parities = [0x00, 0x0B, 0x0D, 0x0E, 0x13, 0x19, 0x1C, 0x15, 0x16, 0x1A]

    static func modules(of digits: [Int]) -> [Bool] {
        var modules = [true, false, true]
        for place in 1...6 {
            let isSetB = parities[digits[0]] >> (6 - place) & 1 == 1
            let setC = bits(setA[digits[place]] ^ 0x7F)
            modules += isSetB ? setC.reversed() : bits(setA[digits[place]])
        }
        modules += [false, true, false, true, false]
        for digit in digits[7...] { modules += bits(setA[digit] ^ 0x7F) }
        return modules + [true, false, true]
    }

    private static func bits(_ pattern: Int) -> [Bool] {
        (0..<7).map { pattern >> (6 - $0) & 1 == 1 }
    }
}
