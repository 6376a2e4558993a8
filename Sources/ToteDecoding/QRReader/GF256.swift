// The field of 256 elements in which QR codes compute: polynomials over one bit, modulo
// x⁸ + x⁴ + x³ + x² + 1 (ISO/IEC 18004 clause 7.5.2), by tables of powers and logarithms of 2.

enum GF256 {
    private static let powers: [UInt8] = {
        var value = 1
        return (0..<510).map { _ in
            defer { value = value & 0x80 == 0 ? value << 1 : value << 1 ^ 0x11D }
            return UInt8(value)
        }
    }()

    private static let logarithms: [Int] = {
        var table = [Int](repeating: 0, count: 256)
        for exponent in 0..<255 { table[Int(powers[exponent])] = exponent }
        return table
    }()

    /// 2 to the exponent, 0 ..< 510.
    static func power(_ exponent: Int) -> UInt8 { powers[exponent] }

    static func times(_ a: UInt8, _ b: UInt8) -> UInt8 {
        a == 0 || b == 0 ? 0 : powers[logarithms[Int(a)] + logarithms[Int(b)]]
    }

    /// Of anything but 0.
    static func inverse(_ a: UInt8) -> UInt8 { powers[255 - logarithms[Int(a)]] }

    /// A polynomial, lowest coefficient first.
    static func value(_ polynomial: [UInt8], at x: UInt8) -> UInt8 {
        polynomial.reversed().reduce(0) { times($0, x) ^ $1 }
    }
}
