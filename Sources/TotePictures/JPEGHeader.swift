// Walks the markers of a JPEG (ITU-T T.81 annex B) up to its frame header: size, colours, EXIF
// orientation. No entropy-coded byte is read, so the limits hold before any memory is taken.

/// How the samples of a JPEG become grey.
enum JPEGColours: Sendable {
    /// Grey or YCbCr: luma is taken as stored.
    case luma
    /// Cyan, magenta, yellow, black; Adobe writes them inverted.
    case cmyk(inverted: Bool)
}

enum JPEGHeader {
    private static let startOfScan: UInt8 = 0xDA
    private static let exif: UInt8 = 0xE1
    private static let adobe: UInt8 = 0xEE

    static func read(_ bytes: [UInt8]) throws(PictureError) -> PictureHeader {
        var orientation = Orientation.upright
        var isAdobe = false
        var frame: Range<Int>?
        var segment = try nextSegment(bytes, after: 2)
        while segment.marker != startOfScan {
            switch segment.marker {
            case exif: orientation = exifOrientation(bytes, segment.body) ?? orientation
            case adobe: isAdobe = isAdobe || bytes[segment.body].starts(with: "Adobe".utf8)
            case _ where isFrame(segment.marker): frame = frame ?? segment.body
            default: break
            }
            segment = try nextSegment(bytes, after: segment.body.upperBound)
        }
        guard let frame else { throw .imageMalformed(at: segment.body.lowerBound) }
        return try header(bytes, frame, isAdobe: isAdobe, orientation: orientation)
    }

    private struct Segment {
        let marker: UInt8
        let body: Range<Int>
    }

    /// SOF0…SOF15 without DHT, JPG and DAC, which share the row.
    private static func isFrame(_ marker: UInt8) -> Bool {
        (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker)
    }

    private static func nextSegment(
        _ bytes: [UInt8], after start: Int
    ) throws(PictureError) -> Segment {
        var offset = start
        guard offset < bytes.count, bytes[offset] == 0xFF else { throw .imageMalformed(at: offset) }
        while offset < bytes.count, bytes[offset] == 0xFF { offset += 1 }
        guard offset < bytes.count, let length = bytes.bigEndian(at: offset + 1, bytes: 2),
            length >= 2, offset + 1 + length <= bytes.count
        else { throw .imageMalformed(at: min(offset, bytes.count)) }
        return Segment(marker: bytes[offset], body: offset + 3..<offset + 1 + length)
    }

    private static func exifOrientation(_ bytes: [UInt8], _ body: Range<Int>) -> Orientation? {
        guard bytes[body].starts(with: "Exif".utf8) else { return nil }
        return Orientation.exif(bytes, in: body)
    }

    private static func header(
        _ bytes: [UInt8], _ frame: Range<Int>, isAdobe: Bool, orientation: Orientation
    ) throws(PictureError) -> PictureHeader {
        let at = frame.lowerBound
        guard frame.count >= 6, let height = bytes.bigEndian(at: at + 1, bytes: 2),
            let width = bytes.bigEndian(at: at + 3, bytes: 2), width > 0, height > 0
        else { throw .imageMalformed(at: at) }
        let colours: JPEGColours
        switch bytes[at + 5] {
        case 1, 3: colours = .luma
        case 4: colours = .cmyk(inverted: isAdobe)
        default: throw .imageMalformed(at: at + 5)
        }
        return PictureHeader(
            format: .jpeg(colours), width: width, height: height, orientation: orientation)
    }
}
