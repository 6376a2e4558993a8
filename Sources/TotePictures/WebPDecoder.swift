// The door to libwebp; no pointer of it leaves this file.

import CWebP

enum WebPDecoder {
    /// Size in px that the bitstream header claims; no pixel memory is taken.
    static func size(
        _ bytes: [UInt8], _ range: Range<Int>
    ) throws(PictureError) -> (width: Int, height: Int) {
        var width: Int32 = 0
        var height: Int32 = 0
        let isKnown = bytes[range].withUnsafeBufferPointer {
            WebPGetInfo($0.baseAddress, $0.count, &width, &height)
        }
        guard isKnown != 0, width > 0, height > 0 else {
            throw .imageMalformed(at: range.lowerBound)
        }
        return (Int(width), Int(height))
    }

    static func grey(
        _ bytes: [UInt8], header: PictureHeader, layout: WebPLayout
    ) throws(PictureError) -> GreyPixels {
        guard let place = layout.animation else {
            return try decode(
                bytes, layout.still, width: header.width, height: header.height)
        }
        // The chunks of an animation frame are decoded like a file without its head.
        let frame = try decode(bytes, layout.still, width: place.width, height: place.height)
        return try frame.placed(
            x: place.x, y: place.y, onWhiteCanvasOf: header.width, by: header.height)
    }

    private static func decode(
        _ bytes: [UInt8], _ range: Range<Int>, width: Int, height: Int
    ) throws(PictureError) -> GreyPixels {
        // The canvas and the bitstream may disagree: what is decoded must have the claimed size.
        guard try size(bytes, range) == (width, height) else {
            throw .imageMalformed(at: range.lowerBound)
        }
        let rows = bytes[range].withUnsafeBufferPointer {
            WebPStrips.rows(of: $0, width: width, height: height, fileBytes: bytes.count)
        }
        var failed = false
        let grey = GreyPixels.filled(width * height) { out in
            bytes[range].withUnsafeBufferPointer { source in
                for top in stride(from: 0, to: height, by: rows) where !failed {
                    let strip = WebPStrips.Strip(
                        top: top, width: width, height: min(rows, height - top))
                    failed = !strip.decode(source, into: out + top * width)
                }
            }
        }
        if failed { throw .imageMalformed(at: bytes.count) }
        return GreyPixels(pixels: grey, width: width, height: height)
    }
}

/// A lossless WebP is held by libwebp as 4 bytes a pixel, and again as many are handed out. Strip
/// by strip a large one stays within its memory (PIC-3), at the price of decoding again what
/// stands above each strip.
private enum WebPStrips {
    private static let lossless = 2

    /// Rows of a strip, all in one where memory allows; even, because libwebp crops evenly.
    static func rows(
        of source: UnsafeBufferPointer<UInt8>, width: Int, height: Int, fileBytes: Int
    ) -> Int {
        var features = WebPBitstreamFeatures()
        let pixels = width * height
        let room = PictureLimits.loadingBytes(pixels: pixels) - fileBytes
        guard WebPGetFeatures(source.baseAddress, source.count, &features) == VP8_STATUS_OK,
            Int(features.format) == lossless, 8 * pixels > room
        else { return height }
        let strips = max(2, (4 * pixels + room - 5 * pixels - 1) / max(1, room - 5 * pixels))
        return max(2, (height / strips + 1) & ~1)
    }

    struct Strip {
        let top: Int
        let width: Int
        let height: Int

        func decode(
            _ source: UnsafeBufferPointer<UInt8>, into out: UnsafeMutablePointer<UInt8>
        ) -> Bool {
            var configuration = WebPDecoderConfig()
            guard WebPInitDecoderConfig(&configuration) != 0 else { return false }
            configuration.options.use_cropping = 1
            configuration.options.crop_top = Int32(top)
            configuration.options.crop_width = Int32(width)
            configuration.options.crop_height = Int32(height)
            configuration.output.colorspace = MODE_RGBA
            configuration.output.is_external_memory = 1
            var status = VP8_STATUS_OUT_OF_MEMORY
            let size = 4 * width * height
            let colours = GreyPixels.filled(size) { pixels in
                configuration.output.u.RGBA.rgba = pixels
                configuration.output.u.RGBA.stride = Int32(4 * width)
                configuration.output.u.RGBA.size = size
                status = WebPDecode(source.baseAddress, source.count, &configuration)
                WebPFreeDecBuffer(&configuration.output)
            }
            guard status == VP8_STATUS_OK else { return false }
            GreyPixels.layOnWhite(colours, out)
            return true
        }
    }
}

extension GreyPixels {
    /// The first frame of an animation may cover only a part of its canvas.
    fileprivate func placed(
        x: Int, y: Int, onWhiteCanvasOf canvasWidth: Int, by canvasHeight: Int
    ) throws(PictureError) -> GreyPixels {
        guard x + width <= canvasWidth, y + height <= canvasHeight else {
            throw .imageMalformed(at: 0)
        }
        var canvas = [UInt8](repeating: 255, count: canvasWidth * canvasHeight)
        for row in 0..<height {
            let start = (y + row) * canvasWidth + x
            canvas.replaceSubrange(
                start..<start + width, with: pixels[row * width..<(row + 1) * width])
        }
        return GreyPixels(pixels: canvas, width: canvasWidth, height: canvasHeight)
    }
}
