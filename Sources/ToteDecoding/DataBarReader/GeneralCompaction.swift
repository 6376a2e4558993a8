// General purpose data compaction (ISO/IEC 24724 7.2.5.5): digits in pairs of seven bits, capital
// letters in six, other characters in seven or eight, with latches between the three.

enum GeneralCompaction {
    private static let separator: UInt8 = 29
    private enum Mode { case numeric, alphanumeric, iso646 }

    /// What a code of a mode says.
    private enum Step {
        case text([UInt8])
        case latch(Mode)
        /// FNC1, after which digits follow.
        case separator
        case end
    }

    /// `nil` if some bits are no code.
    static func text(_ bits: inout ExpandedBits) -> [UInt8]? {
        var mode = Mode.numeric
        var text: [UInt8] = []
        while true {
            let step =
                switch mode {
                case .numeric: numeric(&bits)
                case .alphanumeric: alphanumeric(&bits)
                case .iso646: iso646(&bits)
                }
            switch step {
            case nil: return nil
            case .text(let part): text += part
            case .latch(let next): mode = next
            case .separator:
                text.append(separator)
                mode = .numeric
                // Some encoders latch to digits once more. An identifier follows, never letters.
                if let next = bits.peek(7), next < 8 { _ = bits.take(3) }
            case .end:
                // A single last digit is filled up with a separator that separates nothing.
                if text.last == separator { text.removeLast() }
                return text
            }
        }
    }

    private static func numeric(_ bits: inout ExpandedBits) -> Step? {
        guard bits.left >= 4 else { return .end }
        guard bits.left >= 7 else {
            guard let code = bits.take(4), code > 0 else { return .end }
            return code <= 10 ? .text([digit(code - 1)]) : nil
        }
        if bits.takes(0, of: 4) { return .latch(.alphanumeric) }
        guard let code = bits.take(7) else { return nil }
        return .text([digit((code - 8) / 11), digit((code - 8) % 11)])
    }

    private static func digit(_ value: Int) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + UInt8(value) : separator
    }

    /// Codes of five bits that both other modes have.
    private static func common(_ bits: inout ExpandedBits, other: Mode) -> Step? {
        if bits.takes(0, of: 3) { return .latch(.numeric) }
        guard let code = bits.peek(5) else { return .end }
        guard code < 16 else { return nil }
        _ = bits.take(5)
        switch code {
        case 4: return .latch(other)
        case 15: return .separator
        default: return .text([digit(code - 5)])
        }
    }

    private static func alphanumeric(_ bits: inout ExpandedBits) -> Step? {
        if let step = common(&bits, other: .iso646) { return step }
        guard let code = bits.take(6) else { return .end }
        switch code {
        case 32...57: return .text([UInt8(ascii: "A") + UInt8(code - 32)])
        case 58...62: return .text([Array("*,-./".utf8)[code - 58]])
        default: return nil
        }
    }

    private static let signs = Array("!\"%&'()*+,-./:;<=>?_ ".utf8)

    private static func iso646(_ bits: inout ExpandedBits) -> Step? {
        if let step = common(&bits, other: .alphanumeric) { return step }
        guard let code = bits.peek(7) else { return .end }
        switch code {
        case 64...89:
            _ = bits.take(7)
            return .text([UInt8(ascii: "A") + UInt8(code - 64)])
        case 90...115:
            _ = bits.take(7)
            return .text([UInt8(ascii: "a") + UInt8(code - 90)])
        default:
            guard let code = bits.take(8) else { return .end }
            guard (232...252).contains(code) else { return nil }
            return .text([signs[code - 232]])
        }
    }
}
