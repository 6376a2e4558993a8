// Modulo 10 of the GS1 General Specifications, section 7.9.1, over ASCII digits.

enum CheckDigit {
    static func areDigits(_ bytes: some Collection<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Whether the last digit is right; `false` if anything but digits is in it.
    static func holds(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
        guard areDigits(bytes) else { return false }
        var sum = 0
        var weight = 1
        for byte in bytes.reversed() {
            sum += Int(byte - 0x30) * weight
            weight = 4 - weight
        }
        return sum % 10 == 0
    }

    /// The digit that makes these digits right when put behind them.
    static func digit(for digits: [UInt8]) -> UInt8 {
        var sum = 0
        var weight = 3
        for digit in digits.reversed() {
            sum += Int(digit - 0x30) * weight
            weight = 4 - weight
        }
        return 0x30 + UInt8((10 - sum % 10) % 10)
    }

    /// The UPC-A number of eight UPC-E digits (GTIN-2); `nil` unless number system 0 or 1.
    static func expandedUPCE(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count == 8, areDigits(bytes), bytes[0] <= 0x31 else { return nil }
        let x = Array(bytes[1...6])
        let zero = UInt8(ascii: "0")
        func zeros(_ count: Int) -> [UInt8] { Array(repeating: zero, count: count) }
        let body: [UInt8]
        switch x[5] - zero {
        case 0...2: body = [x[0], x[1], x[5]] + zeros(4) + [x[2], x[3], x[4]]
        case 3: body = [x[0], x[1], x[2]] + zeros(5) + [x[3], x[4]]
        case 4: body = [x[0], x[1], x[2], x[3]] + zeros(5) + [x[4]]
        default: body = Array(x[0...4]) + zeros(4) + [x[5]]
        }
        return [bytes[0]] + body + [bytes[7]]
    }
}
