// From symbol characters to bytes (ISO/IEC 15417, 4.3.4 and Annex B): three code sets, shift, and
// the four function characters. FNC4 moves one character, or two of them all that follow, to the
// upper half of ISO 8859-1.

struct Code128Text {
    private enum CodeSet { case a, b, c }

    private(set) var bytes: [UInt8] = []
    private(set) var hasUpperHalf = false
    /// FNC3 speaks to the scanner: the symbol is no data.
    private(set) var isForScanner = false

    private var codeSet: CodeSet
    private var shifted: CodeSet?
    private var isUpperLatched = false
    private var isUpperNext = false

    /// `nil` if the first is no start character.
    init?(_ characters: [Int]) {
        switch characters.first {
        case 103: codeSet = .a
        case 104: codeSet = .b
        case 105: codeSet = .c
        default: return nil
        }
        let data = characters.dropFirst()
        for (place, value) in data.enumerated() { take(value, at: place) }
    }

    private mutating func take(_ value: Int, at place: Int) {
        if value == 102 {
            takeFNC1(at: place)
        } else if codeSet == .c {
            takeDigits(value)
        } else if value < 96 {
            takeCharacter(value)
        } else {
            takeFunction(value)
        }
    }

    /// First or second in the symbol it is a mark of the whole, later a separator.
    private mutating func takeFNC1(at place: Int) {
        if place > 1 { bytes.append(29) }
    }

    private mutating func takeDigits(_ value: Int) {
        switch value {
        case 0...99: bytes += [UInt8(0x30 + value / 10), UInt8(0x30 + value % 10)]
        case 100: codeSet = .b
        default: codeSet = .a
        }
    }

    private mutating func takeCharacter(_ value: Int) {
        let isControl = (shifted ?? codeSet) == .a && value >= 64
        let lower = UInt8(isControl ? value - 64 : value + 32)
        let isUpper = isUpperLatched != isUpperNext
        bytes.append(isUpper ? lower | 0x80 : lower)
        hasUpperHalf = hasUpperHalf || isUpper
        isUpperNext = false
        shifted = nil
    }

    private mutating func takeFunction(_ value: Int) {
        switch (value, codeSet) {
        case (96, _): isForScanner = true
        case (98, .a): shifted = .b
        case (98, .b): shifted = .a
        case (99, _): codeSet = .c
        case (100, .a): codeSet = .b
        case (101, .b): codeSet = .a
        case (100, .b), (101, .a): takeFNC4()
        default: break
        }
    }

    private mutating func takeFNC4() {
        if isUpperNext { isUpperLatched.toggle() }
        isUpperNext.toggle()
    }
}
