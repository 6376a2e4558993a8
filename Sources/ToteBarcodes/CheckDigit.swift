/// GS1 mod-10 check digits and the verifiers of price and weight labels (General Specifications
/// 7.9, 7.10). Only bytes 0x30–0x39 are digits (SYM-5); callers have looked.
package enum CheckDigit {
    /// The check digit (0…9) of a number given without one: weights 3, 1, 3 … from the right.
    package static func mod10(_ payload: some BidirectionalCollection<UInt8>) -> UInt8 {
        var sum = 0
        var weight = 3
        for byte in payload.reversed() {
            sum += Int(byte &- 0x30) * weight
            weight = 4 - weight
        }
        return UInt8((10 - sum % 10) % 10)
    }

    /// Whether the last digit checks the others.
    package static func isRight(_ digits: some BidirectionalCollection<UInt8>) -> Bool {
        guard let last = digits.last, digits.allSatisfy(\.isDigit) else { return false }
        return mod10(digits.dropLast()) == last - 0x30
    }

    private static let twoMinus = [0, 2, 4, 6, 8, 9, 1, 3, 5, 7]
    private static let three = [0, 3, 6, 9, 2, 5, 8, 1, 4, 7]
    private static let fivePlus = [0, 5, 1, 6, 2, 7, 3, 8, 4, 9]
    private static let fiveMinus = [0, 5, 9, 4, 8, 3, 7, 2, 6, 1]

    /// The verifier of a value of four or five digits (RCN-3); `nil` for any other length.
    package static func verifier(_ digits: some Collection<UInt8>) -> UInt8? {
        let values = digits.map { Int($0 &- 0x30) }
        guard values.allSatisfy({ (0...9).contains($0) }) else { return nil }
        switch values.count {
        case 4:
            let sum =
                twoMinus[values[0]] + twoMinus[values[1]] + three[values[2]]
                + fiveMinus[values[3]]
            return UInt8(3 * sum % 10)
        case 5:
            let sum =
                fivePlus[values[0]] + twoMinus[values[1]] + fiveMinus[values[2]]
                + fivePlus[values[3]] + twoMinus[values[4]]
            let image = (10 - sum % 10) % 10
            return fiveMinus.firstIndex(of: image).map { UInt8($0) }
        default: return nil
        }
    }
}

extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isASCIILetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
}
