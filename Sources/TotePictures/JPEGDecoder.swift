// The door to libturbojpeg; no pointer of it leaves this file. The decoder itself shrinks by
// leaving out frequencies, so a quarter-size frame of 12 megapixels costs a tenth of the whole.

import CTurboJPEG
import ToteValues

enum JPEGDecoder {
    static func grey(
        _ bytes: [UInt8], header: PictureHeader, colours: JPEGColours, scale: FrameScale
    ) throws(PictureError) -> GreyPixels {
        let width = scale.side(header.width)
        let height = scale.side(header.height)
        switch colours {
        case .luma:
            let pixels = try decode(bytes, width, height, format: TJPF_GRAY, samples: 1)
            return GreyPixels(pixels: pixels, width: width, height: height)
        case .cmyk(let inverted):
            let inks = try decode(bytes, width, height, format: TJPF_CMYK, samples: 4)
            return GreyPixels(
                pixels: greyOfInks(inks, inverted: inverted), width: width, height: height)
        }
    }

    /// Any warning is refused: libjpeg fills what a truncated file lacks with grey and only warns.
    private static func decode(
        _ bytes: [UInt8], _ width: Int, _ height: Int, format: TJPF, samples: Int
    ) throws(PictureError) -> [UInt8] {
        guard let handle = tjInitDecompress() else { throw .unreadable }
        defer { tjDestroy(handle) }
        let flags = TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS
        var failed = false
        let pixels = GreyPixels.filled(width * height * samples) { out in
            let status = tjDecompress2(
                handle, bytes, UInt(bytes.count), out, Int32(width), Int32(width * samples),
                Int32(height), Int32(format.rawValue), flags)
            failed = status != 0
        }
        if failed { throw .imageMalformed(at: bytes.count) }
        return pixels
    }

    /// Channel = (255 − C)(255 − K) / 255 (PIC-6); Adobe's files hold 255 − C already.
    private static func greyOfInks(_ inks: [UInt8], inverted: Bool) -> [UInt8] {
        GreyPixels.filled(inks.count / 4) { out in
            inks.withUnsafeBufferPointer { source in
                guard let source = source.baseAddress else { return }
                let flip = inverted ? 0 : 255
                var index = 0
                while index < inks.count / 4 {
                    let ink = source + 4 &* index
                    let white = Int(ink[3]) ^ flip
                    let red = (Int(ink[0]) ^ flip) &* white / 255
                    let green = (Int(ink[1]) ^ flip) &* white / 255
                    let blue = (Int(ink[2]) ^ flip) &* white / 255
                    let sum = 77 &* red &+ 150 &* green &+ 29 &* blue &+ 128
                    out[index] = UInt8(truncatingIfNeeded: sum >> 8)
                    index &+= 1
                }
            }
        }
    }
}
