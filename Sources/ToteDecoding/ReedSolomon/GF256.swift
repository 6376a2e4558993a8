// A field of 256 elements: polynomials over one bit, modulo one of degree 8 of which 2 is a
// primitive element, by tables of powers and logarithms of 2.

package struct GF256: Sendable {
    private let powers: [UInt8]
    private let logarithms: [Int]

    /// x⁸ + x⁴ + x³ + x² + 1 (ISO/IEC 18004 clause 7.5.2).
    package static let qr = GF256(modulus: 0x11D)
    /// x⁸ + x⁵ + x³ + x² + 1 (ISO/IEC 16022 annex E).
    package static let dataMatrix = GF256(modulus: 0x12D)

    private init(modulus: Int) {
        var value = 1
        let powers = (0..<510).map { _ in
            defer { value = value & 0x80 == 0 ? value << 1 : value << 1 ^ modulus }
            return UInt8(value)
        }
        var logarithms = [Int](repeating: 0, count: 256)
        for exponent in 0..<255 { logarithms[Int(powers[exponent])] = exponent }
        self.powers = powers
        self.logarithms = logarithms
    }

    /// 2 to the exponent, 0 ..< 510.
    func power(_ exponent: Int) -> UInt8 { powers[exponent] }

    func times(_ a: UInt8, _ b: UInt8) -> UInt8 {
        a == 0 || b == 0 ? 0 : powers[logarithms[Int(a)] + logarithms[Int(b)]]
    }

    /// Of anything but 0.
    func inverse(_ a: UInt8) -> UInt8 { powers[255 - logarithms[Int(a)]] }

    /// A polynomial, lowest coefficient first.
    func value(_ polynomial: [UInt8], at x: UInt8) -> UInt8 {
        polynomial.reversed().reduce(0) { times($0, x) ^ $1 }
    }
}
