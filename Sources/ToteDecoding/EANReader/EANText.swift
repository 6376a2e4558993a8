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
}
