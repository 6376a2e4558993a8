// The door to libspng; no pointer of it leaves this file. It is given only the chunks that make
// the picture, and stops when the claimed pixels are there, however much more is packed inside.

import CSpng

enum PNGDecoder {
    static func grey(
        _ bytes: [UInt8], header: PictureHeader, layout: PNGLayout
    ) throws(PictureError) -> GreyPixels {
        let whole = try PNGHeader.walk(bytes, layout)
        if whole.isPlainGrey {
            let pixels = try decode(bytes, whole, header, format: SPNG_FMT_G8, samples: 1)
            return GreyPixels(pixels: pixels, width: header.width, height: header.height)
        }
        let colours = try decode(bytes, whole, header, format: SPNG_FMT_RGBA8, samples: 4)
        return GreyPixels.fromRGBA(colours, width: header.width, height: header.height)
    }

    private static func decode(
        _ bytes: [UInt8], _ layout: PNGLayout, _ header: PictureHeader, format: spng_format,
        samples: Int
    ) throws(PictureError) -> [UInt8] {
        guard let context = spng_ctx_new(0) else { throw .unreadable }
        defer { spng_ctx_free(context) }
        let size = header.width * header.height * samples
        var failed = false
        let pixels = GreyPixels.filled(size) { out in
            bytes.withUnsafeBytes { source in
                var feed = ChunkFeed(source: source, ranges: layout.essential[...])
                failed = withUnsafeMutablePointer(to: &feed) { feed in
                    spng_set_png_stream(context, feedChunks, feed) != 0
                        || spng_decode_image(
                            context, out, size, Int32(format.rawValue),
                            Int32(SPNG_DECODE_TRNS.rawValue)) != 0
                }
            }
        }
        if failed { throw .imageMalformed(at: bytes.count) }
        return pixels
    }
}

/// Hands out the essential chunks as if nothing stood between them, without a copy of the file.
private struct ChunkFeed {
    let source: UnsafeRawBufferPointer
    var ranges: ArraySlice<Range<Int>>

    mutating func copy(to target: UnsafeMutableRawPointer, _ length: Int) -> Bool {
        var copied = 0
        while copied < length {
            guard let range = ranges.first, let base = source.baseAddress else { return false }
            let count = min(range.count, length - copied)
            (target + copied).copyMemory(from: base + range.lowerBound, byteCount: count)
            copied += count
            ranges.removeFirst()
            if count < range.count {
                ranges.insert(range.lowerBound + count..<range.upperBound, at: ranges.startIndex)
            }
        }
        return true
    }
}

/// libspng asks for the next bytes.
private func feedChunks(
    _: OpaquePointer?, feed: UnsafeMutableRawPointer?, target: UnsafeMutableRawPointer?, length: Int
) -> Int32 {
    guard let feed = feed?.assumingMemoryBound(to: ChunkFeed.self), let target else {
        return SPNG_IO_ERROR.rawValue
    }
    return feed.pointee.copy(to: target, length) ? 0 : SPNG_IO_EOF.rawValue
}
