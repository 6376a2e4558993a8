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
                Array(bytes[layout.still]), width: header.width, height: header.height)
        }
        let frame = try decode(
            stillFile(bytes[layout.still], place.width, place.height), width: place.width,
            height: place.height)
        return try frame.placed(
            x: place.x, y: place.y, onWhiteCanvasOf: header.width, by: header.height)
    }

    private static func decode(
        _ bytes: [UInt8], width: Int, height: Int
    ) throws(PictureError) -> GreyPixels {
        // The canvas and the bitstream may disagree: what is decoded must have the claimed size.
        guard try size(bytes, 0..<bytes.count) == (width, height) else {
            throw .imageMalformed(at: 0)
        }
        let size = width * height * 4
        var failed = false
        let colours = GreyPixels.filled(size) { out in
            failed = WebPDecodeRGBAInto(bytes, bytes.count, out, size, Int32(width * 4)) == nil
        }
        if failed { throw .imageMalformed(at: bytes.count) }
        return GreyPixels.fromRGBA(colours, width: width, height: height)
    }

    /// The chunks of an animation frame as a file of their own; VP8X announces its alpha.
    private static func stillFile(_ chunks: ArraySlice<UInt8>, _ width: Int, _ height: Int)
        -> [UInt8]
    {
        let hasAlpha = chunks.starts(with: "ALPH".utf8)
        var extended = Array("VP8X".utf8) + littleEndian(10, bytes: 4)
        extended += [hasAlpha ? 0x10 : 0, 0, 0, 0]
        extended += littleEndian(width - 1, bytes: 3) + littleEndian(height - 1, bytes: 3)
        let body = Array("WEBP".utf8) + (hasAlpha ? extended : []) + chunks
        return Array("RIFF".utf8) + littleEndian(body.count, bytes: 4) + body
    }

    private static func littleEndian(_ number: Int, bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
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
