// Pictures made to hurt, written by hand: a few bytes that unpack to many pixels.

/// Bits of a stream, the first lowest in its byte (deflate, VP8L).
struct BitWriter {
    private(set) var bytes: [UInt8] = []
    private var bits = 0
    private var count = 0

    mutating func low(_ value: Int, _ width: Int) {
        bits |= value << count
        count += width
        while count >= 8 {
            bytes.append(UInt8(truncatingIfNeeded: bits))
            bits >>= 8
            count -= 8
        }
    }

    /// Fills the last byte with zeros.
    mutating func end() {
        if count > 0 { low(0, 8 - count) }
    }
}

enum HostilePicture {
    /// A PNG that claims `width` × `height` px of red, green, blue and alpha and packs `rows` of
    /// them, all zero: a thousandth of what they unpack to.
    static func png(width: Int, height: Int, rows: Int, sumIsRight: Bool = true) -> [UInt8] {
        let size = (4 * width + 1) * rows
        var header = Array("IHDR".utf8) + bigEndian(width) + bigEndian(height)
        header += [8, 6, 0, 0, 0]
        // Adler's sum of zeros: 1, and their number.
        let adler = (size % 65_521) << 16 | (sumIsRight ? 1 : 2)
        let data = Array("IDAT".utf8) + [0x78, 0x01] + zeros(size) + bigEndian(adler)
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk(header) + chunk(data)
            + chunk(Array("IEND".utf8))
    }

    /// Deflate (RFC 1951) with fixed codes: one zero, then copies of it, 258 at a time.
    private static func zeros(_ size: Int) -> [UInt8] {
        var writer = BitWriter()
        writer.low(0b011, 3)
        writer.low(0b0000_1100, 8)
        for _ in 0..<(size - 1) / 258 {
            writer.low(0b1010_0011, 8)
            writer.low(0, 5)
        }
        for _ in 0..<(size - 1) % 258 { writer.low(0b0000_1100, 8) }
        writer.low(0, 7)
        writer.end()
        return writer.bytes
    }

    private static func chunk(_ content: [UInt8]) -> [UInt8] {
        bigEndian(content.count - 4) + content + bigEndian(Int(sum(content)))
    }

    private static let sums: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { part, _ in
            part & 1 == 1 ? part >> 1 ^ 0xEDB8_8320 : part >> 1
        }
    }

    private static func sum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(0xFFFF_FFFF) { $0 >> 8 ^ sums[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
    }

    private static func bigEndian(_ number: Int) -> [UInt8] {
        (0..<4).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    /// A lossless WebP (RFC 9649) of one colour: no bit a pixel, 30 bytes for any size. With
    /// `bitsLeft` its green is drawn bit by bit, and only so many bits are there.
    static func webP(width: Int, height: Int, bitsLeft: Int? = nil) -> [UInt8] {
        var writer = BitWriter()
        writer.low(0x2F, 8)
        writer.low(width - 1, 14)
        writer.low(height - 1, 14)
        writer.low(0, 4 + 3)
        // Five simple codes: one symbol of 8 bits, or two, or one of 1 bit for distances.
        if bitsLeft != nil {
            writer.low(0b111, 3)
            writer.low(0, 8)
            writer.low(255, 8)
        }
        for _ in (bitsLeft == nil ? 0 : 1)..<4 {
            writer.low(0b101, 3)
            writer.low(255, 8)
        }
        writer.low(0b0001, 4)
        writer.end()
        var body = writer.bytes + [UInt8](repeating: 0x55, count: (bitsLeft ?? 0) / 8)
        let length = body.count
        if length % 2 == 1 { body.append(0) }
        let file = Array("WEBPVP8L".utf8) + bigEndian(length).reversed() + body
        return Array("RIFF".utf8) + bigEndian(file.count).reversed() + file
    }

    /// A progressive JPEG of three colours at full density, all grey, in so many scans; without
    /// its end mark it is cut off after the last pixel.
    static func jpeg(width: Int, height: Int, scans: Int, hasEnd: Bool = true) -> [UInt8] {
        let blocks = (width + 7) / 8 * ((height + 7) / 8)
        var frame: [UInt8] = [8] + bigEndian(height).suffix(2) + bigEndian(width).suffix(2) + [3]
        frame += [1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]
        var file: [UInt8] = [0xFF, 0xD8]
        file += segment(0xDB, [0] + [UInt8](repeating: 1, count: 64)) + segment(0xC2, frame)
        // One code of one bit each: no difference, and an end of 2 to the 14 blocks or of one.
        file += segment(0xC4, [0x00, 1] + [UInt8](repeating: 0, count: 15) + [0])
        file += segment(0xC4, [0x10, 1, 1] + [UInt8](repeating: 0, count: 14) + [0xE0, 0])
        file += segment(0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 0, 0])
        file += [UInt8](repeating: 0, count: 3 * blocks / 8 + 1)
        let ends = endsOfBlocks(blocks)
        for scan in 1..<max(2, scans) {
            let frequency = UInt8(1 + (scan - 1) % 63)
            let colour = UInt8(1 + (scan - 1) / 63 % 3)
            file += segment(0xDA, [1, colour, 0, frequency, frequency, 0]) + ends
        }
        return file + (hasEnd ? [0xFF, 0xD9] : [])
    }

    private static func endsOfBlocks(_ count: Int) -> [UInt8] {
        var bits: [UInt8] = []
        for _ in 0..<count / 16_384 { bits += [UInt8](repeating: 0, count: 15) }
        for _ in 0..<count % 16_384 { bits += [1, 0] }
        bits += [UInt8](repeating: 0, count: (8 - bits.count % 8) % 8)
        return stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<start + 8].reduce(0) { $0 << 1 | $1 }
        }
    }

    private static func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] {
        [0xFF, marker] + bigEndian(body.count + 2).suffix(2) + body
    }
}
