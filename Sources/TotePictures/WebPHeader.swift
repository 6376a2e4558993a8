// Walks the chunks of a WebP (RFC 9649): canvas, EXIF orientation, and of an animation the first
// frame, which libwebp alone does not decode: it is wrapped up again as a still picture.

struct WebPLayout: Sendable {
    /// The still picture: the whole file, or the chunks of the first animation frame.
    var still: Range<Int>
    /// Set for an animation: where the first frame lies on the canvas, px.
    var animation: (x: Int, y: Int, width: Int, height: Int)?
}

enum WebPHeader {
    private struct Chunk {
        let name: String
        let body: Range<Int>
    }

    static func read(_ bytes: [UInt8]) throws(PictureError) -> PictureHeader {
        guard let size = bytes.littleEndian(at: 4, bytes: 4), bytes.count >= 20,
            size >= 12, size + 8 <= bytes.count
        else { throw .imageMalformed(at: bytes.count) }
        let chunks = try walk(bytes, 12..<8 + size)
        guard let first = chunks.first else { throw .imageMalformed(at: 12) }
        let exif = chunks.first { $0.name == "EXIF" }
        let orientation = exif.map { Orientation.exif(bytes, in: $0.body) } ?? .upright
        let layout = try layout(bytes, chunks, end: 8 + size)
        let (width, height) = try canvas(bytes, first)
        return PictureHeader(
            format: .webP(layout), width: width, height: height, orientation: orientation)
    }

    private static func walk(
        _ bytes: [UInt8], _ range: Range<Int>
    ) throws(PictureError) -> [Chunk] {
        var chunks: [Chunk] = []
        var offset = range.lowerBound
        while offset + 8 <= range.upperBound, chunks.count < 1000 {
            guard let length = bytes.littleEndian(at: offset + 4, bytes: 4),
                offset + 8 + length <= range.upperBound
            else { throw .imageMalformed(at: offset) }
            let name = String(decoding: bytes[offset..<offset + 4], as: UTF8.self)
            chunks.append(Chunk(name: name, body: offset + 8..<offset + 8 + length))
            offset += 8 + length + length % 2
        }
        return chunks
    }

    private static func canvas(
        _ bytes: [UInt8], _ first: Chunk
    ) throws(PictureError) -> (width: Int, height: Int) {
        guard first.name == "VP8X" else {
            return try WebPDecoder.size(bytes, first.body.lowerBound - 8..<first.body.upperBound)
        }
        let at = first.body.lowerBound
        guard first.body.count >= 10, let width = bytes.littleEndian(at: at + 4, bytes: 3),
            let height = bytes.littleEndian(at: at + 7, bytes: 3)
        else { throw .imageMalformed(at: at) }
        return (width + 1, height + 1)
    }

    private static func layout(
        _ bytes: [UInt8], _ chunks: [Chunk], end: Int
    ) throws(PictureError) -> WebPLayout {
        guard let frame = chunks.first(where: { $0.name == "ANMF" })?.body else {
            return WebPLayout(still: 0..<end, animation: nil)
        }
        let numbers = (0..<4).compactMap {
            bytes.littleEndian(at: frame.lowerBound + 3 * $0, bytes: 3)
        }
        guard frame.count > 24, numbers.count == 4 else {
            throw .imageMalformed(at: frame.lowerBound)
        }
        return WebPLayout(
            still: frame.lowerBound + 16..<frame.upperBound,
            animation: (2 * numbers[0], 2 * numbers[1], numbers[2] + 1, numbers[3] + 1))
    }
}
