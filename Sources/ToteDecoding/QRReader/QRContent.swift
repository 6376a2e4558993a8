// The bit stream of a symbol (ISO/IEC 18004 clauses 7.3 and 7.4): segments of several modes, each
// with a count. The bytes are those that zbar gives in its binary mode: kanji as Shift_JIS, byte
// segments as they are whatever an ECI says, FNC1 as byte 29.

package import ToteValues

package struct QRContent: Hashable, Sendable {
    package private(set) var bytes: [UInt8] = []
    /// FNC1 in first position.
    package private(set) var isGS1 = false
    /// FNC1 in second position; the application indicator then stands before the bytes.
    package private(set) var isAIM = false
    /// Of a message in several symbols.
    package private(set) var part: SymbolPart?

    private enum Mode: Int {
        case end, numeric, alphanumeric, structuredAppend, byte, fnc1First, eci = 7, kanji
        case fnc1Second
    }

    private static let groupSeparator: UInt8 = 29
    private static let characters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".utf8)

    /// `nil` for anything that no encoder writes.
    package init?(_ data: [UInt8], _ version: QRVersion) {
        var bits = QRBits(data)
        var isFirst = true
        while bits.left >= 4 {
            guard let mode = bits.take(4).flatMap(Mode.init) else { return nil }
            if mode == .end { break }
            // The header of a part stands before everything else (8.1).
            guard mode != .structuredAppend || isFirst else { return nil }
            isFirst = false
            guard read(mode, from: &bits, version) else { return nil }
        }
    }

    private mutating func read(
        _ mode: Mode, from bits: inout QRBits, _ version: QRVersion
    ) -> Bool {
        switch mode {
        case .end: return true
        case .structuredAppend: return readPart(from: &bits)
        case .fnc1First:
            isGS1 = true
            return true
        case .fnc1Second: return readApplication(from: &bits)
        case .eci: return skipECI(in: &bits)
        case .numeric, .alphanumeric, .byte, .kanji:
            guard let count = bits.take(Self.countBits(mode, version)) else { return false }
            switch mode {
            case .numeric: return readDigits(count, from: &bits)
            case .alphanumeric: return readCharacters(count, from: &bits)
            case .byte: return readBytes(count, from: &bits)
            default: return readKanji(count, from: &bits)
            }
        }
    }

    /// Table 3.
    private static func countBits(_ mode: Mode, _ version: QRVersion) -> Int {
        let size = version.number < 10 ? 0 : (version.number < 27 ? 1 : 2)
        return switch mode {
        case .numeric: 10 + 2 * size
        case .alphanumeric: 9 + 2 * size
        case .byte: size == 0 ? 8 : 16
        default: 8 + 2 * size
        }
    }

    private mutating func readDigits(_ count: Int, from bits: inout QRBits) -> Bool {
        var left = count
        while left > 0 {
            let digits = min(3, left)
            let limit = [1, 10, 100, 1000][digits]
            guard let value = bits.take(1 + 3 * digits), value < limit else { return false }
            var unit = limit / 10
            while unit > 0 {
                bytes.append(UInt8(0x30 + value / unit % 10))
                unit /= 10
            }
            left -= digits
        }
        return true
    }

    private mutating func readCharacters(_ count: Int, from bits: inout QRBits) -> Bool {
        var text: [UInt8] = []
        let base = Self.characters.count
        for _ in 0..<count / 2 {
            guard let value = bits.take(11), value < base * base else { return false }
            text += [Self.characters[value / base], Self.characters[value % base]]
        }
        if count % 2 == 1 {
            guard let value = bits.take(6), value < base else { return false }
            text.append(Self.characters[value])
        }
        bytes += isGS1 || isAIM ? Self.withSeparators(text) : text
        return true
    }

    /// In FNC1 mode `%` is the separator and `%%` is `%` (7.4.8.2).
    private static func withSeparators(_ text: [UInt8]) -> [UInt8] {
        let percent = UInt8(ascii: "%")
        var result: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            if byte != percent {
                result.append(byte)
            } else if rest.first == percent {
                result.append(percent)
                rest.removeFirst()
            } else {
                result.append(groupSeparator)
            }
        }
        return result
    }

    private mutating func readBytes(_ count: Int, from bits: inout QRBits) -> Bool {
        guard bits.left >= 8 * count else { return false }
        for _ in 0..<count { bytes.append(UInt8(truncatingIfNeeded: bits.take(8) ?? 0)) }
        return true
    }

    private mutating func readKanji(_ count: Int, from bits: inout QRBits) -> Bool {
        for _ in 0..<count {
            guard let value = bits.take(13) else { return false }
            let packed = (value / 0xC0) << 8 | value % 0xC0
            let code = packed + (packed < 0x1F00 ? 0x8140 : 0xC140)
            bytes += [UInt8(code >> 8), UInt8(code & 0xFF)]
        }
        return true
    }

    /// Which, of how many, and the parity (8.2, 8.3); both numbers are written less one.
    private mutating func readPart(from bits: inout QRBits) -> Bool {
        guard let index = bits.take(4), let last = bits.take(4), let parity = bits.take(8) else {
            return false
        }
        part = SymbolPart(
            number: index + 1, count: last + 1, parity: UInt8(truncatingIfNeeded: parity))
        return part != nil
    }

    /// Two digits, or a letter plus 100 (7.4.8.3).
    private mutating func readApplication(from bits: inout QRBits) -> Bool {
        guard let value = bits.take(8) else { return false }
        isAIM = true
        switch value {
        case 0..<100: bytes += [UInt8(0x30 + value / 10), UInt8(0x30 + value % 10)]
        case 165...190, 197...222: bytes.append(UInt8(value - 100))
        default: return false
        }
        return true
    }

    /// One to three bytes; the leading ones of the first tell how many.
    private mutating func skipECI(in bits: inout QRBits) -> Bool {
        guard let first = bits.take(8) else { return false }
        if first & 0x80 == 0 { return true }
        if first & 0x40 == 0 { return bits.take(8) != nil }
        return first & 0x20 == 0 && bits.take(16) != nil
    }
}

/// Bits of bytes, the highest first.
struct QRBits {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var left: Int { 8 * bytes.count - place }

    /// `nil` if fewer are left; at most 16.
    mutating func take(_ count: Int) -> Int? {
        guard count <= left else { return nil }
        var value = 0
        for _ in 0..<count {
            value = value << 1 | Int(bytes[place >> 3] >> UInt8(7 - place & 7) & 1)
            place += 1
        }
        return value
    }
}
