/// Pairs of Code 39 that stand for one ASCII character (ISO/IEC 16388, annex A).
package enum FullASCII {
    private static let shifts = Set("$%/+".utf8)

    /// `nil` if a shift is not followed by a letter: the text was not meant so.
    package static func translated(_ bytes: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var shift: UInt8?
        for byte in bytes {
            if let sign = shift {
                guard let meant = meaning(of: sign, byte) else { return nil }
                result.append(meant)
                shift = nil
            } else if shifts.contains(byte) {
                shift = byte
            } else {
                result.append(byte)
            }
        }
        return shift == nil ? result : nil
    }

    private static func meaning(of sign: UInt8, _ letter: UInt8) -> UInt8? {
        guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter) else { return nil }
        let index = letter - UInt8(ascii: "A")
        switch sign {
        case UInt8(ascii: "$"): return 1 + index
        case UInt8(ascii: "+"): return 97 + index
        case UInt8(ascii: "/"): return index == 25 ? 58 : 33 + index
        default: return percent(index)
        }
    }

    /// Five characters each from `ESC`, `;`, `[` and `{`, then some singles.
    private static func percent(_ index: UInt8) -> UInt8 {
        switch index {
        case 0..<20: [27, 59, 91, 123][Int(index / 5)] + index % 5
        case 20: 0
        case 21: 64
        case 22: 96
        default: 127
        }
    }
}
