/// Bits of a compressed Digital Link, six to a character (RFC 4648 section 5).
struct LinkBits {
    private(set) var bits: [UInt8] = []
    private var position = 0

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    init() {}

    /// `nil` for a character that is not of the alphabet.
    init?(text: some Sequence<UInt8>) {
        for byte in text {
            guard let place = Self.alphabet.firstIndex(of: byte) else { return nil }
            append(UInt64(place), count: 6)
        }
    }

    /// Filled with zeros.
    var text: String {
        let padded = bits + [UInt8](repeating: 0, count: (6 - bits.count % 6) % 6)
        let characters = stride(from: 0, to: padded.count, by: 6).map { start in
            Self.alphabet[padded[start..<start + 6].reduce(0) { $0 << 1 | Int($1) }]
        }
        return String(decoding: characters, as: UTF8.self)
    }

    /// Whether nothing is left but what fills the last character.
    var isAtEnd: Bool { bits.count - position < 6 && bits[position...].allSatisfy { $0 == 0 } }

    mutating func append(_ number: UInt64, count: Int) {
        for shift in stride(from: count - 1, through: 0, by: -1) {
            bits.append(UInt8(number >> UInt64(shift) & 1))
        }
    }

    /// A number of any length, in the bits that its count of digits needs at most.
    mutating func append(decimal digits: some Collection<UInt8>) {
        let count = Self.bitCount(digits: digits.count)
        var number = digits.map { $0 - 0x30 }
        var reversed: [UInt8] = []
        for _ in 0..<count {
            var carry: UInt8 = 0
            for index in number.indices {
                let value = carry * 10 + number[index]
                number[index] = value / 2
                carry = value % 2
            }
            reversed.append(carry)
        }
        bits += reversed.reversed()
    }

    mutating func take(_ count: Int) -> Int? {
        guard count <= bits.count - position, count < 32 else { return nil }
        defer { position += count }
        return bits[position..<position + count].reduce(0) { $0 << 1 | Int($1) }
    }

    /// So many digits, zeros in front included; `nil` when the bits hold a larger number.
    mutating func takeDecimal(_ count: Int) -> [UInt8]? {
        let width = Self.bitCount(digits: count)
        guard width <= bits.count - position else { return nil }
        var number = [UInt8](repeating: 0, count: count)
        for bit in bits[position..<position + width] {
            var carry = bit
            for index in number.indices.reversed() {
                let value = number[index] * 2 + carry
                number[index] = value % 10
                carry = value / 10
            }
            guard carry == 0 else { return nil }
        }
        position += width
        return number.map { $0 + 0x30 }
    }

    /// Bits of the largest number of so many digits.
    private static func bitCount(digits: Int) -> Int {
        Int((Double(digits) * 3.321_928_094_887_362 + 0.01).rounded(.up))
    }

    /// Bits that hold a length up to `most`.
    static func lengthBits(_ most: Int) -> Int { Int.bitWidth - most.leadingZeroBitCount }
}
