/// EXIF orientation 1…8 (TIFF tag 0x0112): how the stored picture must be turned to be upright.
enum Orientation: Int, Sendable {
    case upright = 1
    case mirrored, upsideDown, upsideDownMirrored
    case transposed, turnedRight, transversed, turnedLeft

    var swapsSides: Bool { rawValue >= 5 }

    /// Reads the first directory of a TIFF block; anything invalid counts as upright (PIC-7).
    static func exif(_ bytes: [UInt8], in range: Range<Int>) -> Orientation {
        let start = hasExifMark(bytes, at: range) ? range.lowerBound + 6 : range.lowerBound
        let tiff = [UInt8](bytes[min(start, range.upperBound)..<range.upperBound])
        let order = tiff.prefix(2)
        let isBig = order.elementsEqual("MM".utf8)
        guard isBig || order.elementsEqual("II".utf8) else { return .upright }
        return firstDirectory(ExifReader(tiff: tiff, isBig: isBig)) ?? .upright
    }

    private static func hasExifMark(_ bytes: [UInt8], at range: Range<Int>) -> Bool {
        bytes[range].starts(with: Array("Exif".utf8) + [0, 0])
    }

    private static func firstDirectory(_ reader: ExifReader) -> Orientation? {
        guard reader.number(at: 2, bytes: 2) == 42, let start = reader.number(at: 4, bytes: 4),
            let entries = reader.number(at: start, bytes: 2)
        else { return nil }
        for entry in 0..<entries {
            let at = start + 2 + 12 * entry
            guard let tag = reader.number(at: at, bytes: 2) else { return nil }
            guard tag == 0x0112 else { continue }
            guard reader.number(at: at + 2, bytes: 2) == 3 else { return nil }
            return reader.number(at: at + 8, bytes: 2).flatMap(Orientation.init(rawValue:))
        }
        return nil
    }
}

private struct ExifReader {
    let tiff: [UInt8]
    let isBig: Bool

    func number(at offset: Int, bytes: Int) -> Int? {
        isBig
            ? tiff.bigEndian(at: offset, bytes: bytes)
            : tiff.littleEndian(at: offset, bytes: bytes)
    }
}
