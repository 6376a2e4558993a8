// Walks the chunks of a PNG (ISO/IEC 15948) by their lengths. Only IHDR is read; side chunks are
// counted and left out, so no compressed text or profile can cost memory (PIC-3).

/// Where the chunks that make the picture lie.
struct PNGLayout: Sendable {
    /// Signature, IHDR, PLTE, tRNS, IDAT, IEND with their lengths and sums, in file order.
    var essential: [Range<Int>]
    /// 1…8 bits of grey and nothing else: decodes straight to one byte a pixel.
    var isPlainGrey: Bool
}

enum PNGHeader {
    static let largestSideChunkCount = 1000
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let essentialNames = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"].map {
        Array($0.utf8)
    }

    /// The size stands first and is checked by the caller; chunks are walked when pixels are asked.
    static func read(_ bytes: [UInt8]) throws(PictureError) -> PictureHeader {
        guard bytes.starts(with: signature) else { throw .imageMalformed(at: 0) }
        guard bytes.count >= 33, bytes.bigEndian(at: 8, bytes: 4) == 13,
            name(bytes, at: 8) == essentialNames[0],
            let width = bytes.bigEndian(at: 16, bytes: 4),
            let height = bytes.bigEndian(at: 20, bytes: 4)
        else { throw .imageMalformed(at: min(8, bytes.count)) }
        guard width > 0, height > 0 else { throw .imageMalformed(at: 16) }
        guard width <= Int32.max, height <= Int32.max else { throw .imageMalformed(at: 16) }
        let isPlainGrey = bytes[24] <= 8 && bytes[25] == 0
        let layout = PNGLayout(essential: [0..<33], isPlainGrey: isPlainGrey)
        return PictureHeader(format: .png(layout), width: width, height: height)
    }

    /// The layout with every essential chunk up to IEND; bytes after it are ignored (PIC-4).
    static func walk(_ bytes: [UInt8], _ header: PNGLayout) throws(PictureError) -> PNGLayout {
        var layout = header
        var offset = 33
        var sideChunks = 0
        while true {
            guard let length = bytes.bigEndian(at: offset, bytes: 4), length <= Int32.max,
                offset + 12 + length <= bytes.count
            else { throw .imageMalformed(at: min(offset, bytes.count)) }
            let chunk = offset..<offset + 12 + length
            let kind = name(bytes, at: offset)
            if essentialNames.contains(kind) {
                layout.essential.append(chunk)
                if kind == Array("tRNS".utf8) { layout.isPlainGrey = false }
                if kind == Array("IEND".utf8) { return layout }
            } else {
                sideChunks += 1
                guard sideChunks <= largestSideChunkCount else { throw .imageMalformed(at: offset) }
            }
            offset = chunk.upperBound
        }
    }

    private static func name(_ bytes: [UInt8], at offset: Int) -> [UInt8] {
        Array(bytes[offset + 4..<offset + 8])
    }
}
