/// Pairs of Code 39 that stand for one ASCII character (ISO/IEC 16388, annex A).
package enum FullASCII {
    /// `nil` if a shift is not followed by a letter.
    package static func translated(_ text: String) -> String? {
        var result = ""
        var shift: Character?
        for character in text {
            if let sign = shift {
                guard let meant = meaning(of: sign, character) else { return nil }
                result.unicodeScalars.append(meant)
                shift = nil
            } else if "$%/+".contains(character) {
                shift = character
            } else {
                result.append(character)
            }
        }
        return shift == nil ? result : nil
    }

    private static func meaning(of sign: Character, _ letter: Character) -> Unicode.Scalar? {
        guard let value = letter.asciiValue, (65...90).contains(value) else { return nil }
        let index = value - 65
        switch sign {
        case "$": return Unicode.Scalar(1 + index)
        case "+": return Unicode.Scalar(97 + index)
        case "/": return Unicode.Scalar(index == 25 ? 58 : 33 + index)
        default:
            let starts: [UInt8] = [27, 59, 91, 123, 0]
            let bases: [UInt8] = [0, 5, 10, 15, 20]
            guard let group = bases.lastIndex(where: { $0 <= index }) else { return nil }
            switch index {
            case 20: return Unicode.Scalar(0)
            case 21: return Unicode.Scalar(64)
            case 22: return Unicode.Scalar(96)
            case 23...: return Unicode.Scalar(127)
            default: return Unicode.Scalar(starts[group] + index - bases[group])
            }
        }
    }
}
