/// Digits of number sets to text.
enum EANText {
    /// The text of a code, `nil` unless its sets and its check digit are right. UPC-E has eight
    /// digits, EAN-13 thirteen.
    static func text(_ digits: [Int], _ layout: EANLayout) -> [UInt8]? {
        let values = digits.map { UInt8($0 % 10) + 0x30 }
        var parity: UInt8 = 0
        for digit in digits.prefix(layout.leftDigits) {
            parity = parity << 1 | (digit / 10 == 1 ? 1 : 0)
        }
        switch layout.kind {
        case .ean13:
            guard let leading = EANPatterns.leadingParity.firstIndex(of: parity) else { return nil }
            let bytes = [UInt8(leading) + 0x30] + values
            return CheckDigit.holds(bytes) ? bytes : nil
        case .ean8:
            return CheckDigit.holds(values) ? values : nil
        case .upcE:
            for system in 0..<2 {
                let wanted = system == 0 ? parity : ~parity & 0x3F
                guard let check = EANPatterns.checkParity.firstIndex(of: wanted) else { continue }
                let bytes = [UInt8(system) + 0x30] + values + [UInt8(check) + 0x30]
                let isRight = CheckDigit.expandedUPCE(bytes).map { CheckDigit.holds($0) } ?? false
                return isRight ? bytes : nil
            }
            return nil
        }
    }

    /// The digits of number sets of an EAN-13: set A from 0, B from 10, C from 20.
    static func digits(ean13 text: [UInt8]) -> [Int] {
        let values = text.map { Int($0 &- 0x30) % 10 }
        guard let leading = values.first else { return [] }
        let parity = EANPatterns.leadingParity[leading]
        return values.dropFirst().enumerated().map { place, value in
            guard place < 6 else { return value + 20 }
            return parity >> (5 - place) & 1 == 1 ? value + 10 : value
        }
    }
}
