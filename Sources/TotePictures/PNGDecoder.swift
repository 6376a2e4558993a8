// The door to libspng; no pointer of it leaves this file. It is given only the chunks that make
// the picture, and stops when the claimed pixels are there, however much more is packed inside.

import CSpng

enum PNGDecoder {
    static func grey(
        _ bytes: [UInt8], header: PictureHeader, layout: PNGLayout
    ) throws(PictureError) -> GreyPixels {
        let whole = try PNGHeader.walk(bytes, layout)
        let essential = whole.essential.reduce(into: [UInt8]()) { $0 += bytes[$1] }
        if whole.isPlainGrey {
            let pixels = try decode(essential, header, format: SPNG_FMT_G8, samples: 1)
            return GreyPixels(pixels: pixels, width: header.width, height: header.height)
        }
        let colours = try decode(essential, header, format: SPNG_FMT_RGBA8, samples: 4)
        return GreyPixels.fromRGBA(colours, width: header.width, height: header.height)
    }

    private static func decode(
        _ bytes: [UInt8], _ header: PictureHeader, format: spng_format, samples: Int
    ) throws(PictureError) -> [UInt8] {
        guard let context = spng_ctx_new(0) else { throw .unreadable }
        defer { spng_ctx_free(context) }
        let size = header.width * header.height * samples
        var failed = false
        let pixels = GreyPixels.filled(size) { out in
            bytes.withUnsafeBytes { source in
                failed =
                    spng_set_png_buffer(context, source.baseAddress, source.count) != 0
                    || spng_decode_image(
                        context, out, size, Int32(format.rawValue),
                        Int32(SPNG_DECODE_TRNS.rawValue)) != 0
            }
        }
        if failed { throw .imageMalformed(at: bytes.count) }
        return pixels
    }
}
