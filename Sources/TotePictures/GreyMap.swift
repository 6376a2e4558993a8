// PGM, plain (P2) and raw (P5), by hand: the Netpbm format is a header of decimal numbers with
// white space and `#` comments, then samples. 16-bit samples keep their high byte (PIC-6).

struct GreyMap: Sendable {
    let isPlain: Bool
    let width: Int
    let height: Int
    /// 1…65535.
    let maximum: Int
    /// Where the samples begin.
    let start: Int

    static func readHeader(_ bytes: [UInt8]) throws(PictureError) -> PictureHeader {
        var reader = GreyMapReader(bytes: bytes, offset: 2)
        let width = try reader.number()
        let height = try reader.number()
        let maximum = try reader.number()
        guard width > 0, height > 0, (1...65535).contains(maximum) else {
            throw .imageMalformed(at: reader.offset)
        }
        guard reader.isAtSpace else { throw .imageMalformed(at: reader.offset) }
        let map = GreyMap(
            isPlain: bytes[1] == UInt8(ascii: "2"), width: width, height: height,
            maximum: maximum, start: reader.offset + 1)
        return PictureHeader(format: .greyMap(map), width: width, height: height)
    }

    func grey(_ bytes: [UInt8]) throws(PictureError) -> GreyPixels {
        let pixels = try isPlain ? plainSamples(bytes) : rawSamples(bytes)
        return GreyPixels(pixels: pixels, width: width, height: height)
    }

    private func plainSamples(_ bytes: [UInt8]) throws(PictureError) -> [UInt8] {
        // Two bytes a sample at least: a small file cannot make us reserve a large picture.
        guard 2 * width * height - 1 <= bytes.count - start else {
            throw .imageMalformed(at: bytes.count)
        }
        var reader = GreyMapReader(bytes: bytes, offset: start)
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height)
        for _ in 0..<width * height {
            let sample = try reader.number()
            guard sample <= maximum else { throw .imageMalformed(at: reader.offset) }
            pixels.append(grey(sample))
        }
        try reader.expectEnd()
        return pixels
    }

    private func rawSamples(_ bytes: [UInt8]) throws(PictureError) -> [UInt8] {
        let size = maximum > 255 ? 2 : 1
        let end = start + width * height * size
        guard bytes.count >= end else { throw .imageMalformed(at: bytes.count) }
        guard bytes.count == end else { throw .imageMalformed(at: end) }
        if maximum == 255 { return Array(bytes[start...]) }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height)
        for offset in stride(from: start, to: end, by: size) {
            let high = Int(bytes[offset])
            let sample = size == 2 ? high << 8 | Int(bytes[offset + 1]) : high
            guard sample <= maximum else { throw .imageMalformed(at: offset) }
            pixels.append(grey(sample))
        }
        return pixels
    }

    private func grey(_ sample: Int) -> UInt8 {
        if maximum == 65535 { return UInt8(sample >> 8) }
        return UInt8((sample * 255 + maximum / 2) / maximum)
    }
}

private struct GreyMapReader {
    let bytes: [UInt8]
    var offset: Int

    var isAtSpace: Bool { offset < bytes.count && Self.isSpace(bytes[offset]) }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

    /// The next decimal number of at most 9 digits; a sign is malformed.
    mutating func number() throws(PictureError) -> Int {
        skipSpace()
        let start = offset
        var value = 0
        while offset < bytes.count, (0x30...0x39).contains(bytes[offset]), offset - start < 9 {
            value = value * 10 + Int(bytes[offset] - 0x30)
            offset += 1
        }
        guard offset > start else { throw .imageMalformed(at: offset) }
        return value
    }

    mutating func expectEnd() throws(PictureError) {
        skipSpace()
        guard offset == bytes.count else { throw .imageMalformed(at: offset) }
    }

    private mutating func skipSpace() {
        while offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "#") {
                while offset < bytes.count, bytes[offset] != 10, bytes[offset] != 13 { offset += 1 }
            } else if Self.isSpace(bytes[offset]) {
                offset += 1
            } else {
                return
            }
        }
    }
}
