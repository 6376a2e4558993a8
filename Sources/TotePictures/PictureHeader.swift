/// What is known of a picture before any pixel is decoded.
struct PictureHeader: Sendable {
    enum Format: Sendable {
        case jpeg(JPEGLayout)
        case png(PNGLayout)
        case webP(WebPLayout)
        case greyMap(GreyMap)
    }

    let format: Format
    /// As stored, before orientation; both at least 1.
    let width: Int
    let height: Int
    let orientation: Orientation

    init(format: Format, width: Int, height: Int, orientation: Orientation = .upright) {
        self.format = format
        self.width = width
        self.height = height
        self.orientation = orientation
    }

    /// Refuses what its decoder could hold only in more memory than a picture may take (PIC-3).
    func checkMemory(fileBytes: Int) throws(PictureError) {
        guard case .jpeg(let layout) = format else { return }
        let pixels = width * height
        let need = fileBytes + layout.coefficientBytes + layout.colours.samples * pixels
        guard need <= PictureLimits.loadingBytes(pixels: pixels) else {
            throw .imageTooLarge(width: width, height: height)
        }
    }

    static func read(_ bytes: [UInt8]) throws(PictureError) -> PictureHeader {
        // Too short to have magic bytes: cut off rather than of another kind.
        guard bytes.count >= 4 else { throw .imageMalformed(at: bytes.count) }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return try JPEGHeader.read(bytes) }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return try PNGHeader.read(bytes) }
        if bytes.starts(with: Array("RIFF".utf8)), bytes.count < 12 || isWebP(bytes) {
            return try WebPHeader.read(bytes)
        }
        if bytes[0] == UInt8(ascii: "P"), bytes[1] == UInt8(ascii: "2") || bytes[1] == 0x35 {
            return try GreyMap.readHeader(bytes)
        }
        throw .imageUnsupported
    }

    private static func isWebP(_ bytes: [UInt8]) -> Bool {
        bytes[8..<12].elementsEqual("WEBP".utf8)
    }
}

extension [UInt8] {
    /// Big-endian number of 1…4 bytes; `nil` past the end.
    func bigEndian(at offset: Int, bytes: Int) -> Int? {
        guard offset >= 0, offset + bytes <= count else { return nil }
        return self[offset..<offset + bytes].reduce(0) { $0 << 8 | Int($1) }
    }

    /// Little-endian number of 1…4 bytes; `nil` past the end.
    func littleEndian(at offset: Int, bytes: Int) -> Int? {
        guard offset >= 0, offset + bytes <= count else { return nil }
        return self[offset..<offset + bytes].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
