// Walks the markers of a JPEG (ITU-T T.81 annex B) up to its frame header: size, colours, EXIF
// orientation, and what memory its scans need. No entropy-coded byte is read, so the limits hold
// before any memory is taken.

/// How the samples of a JPEG become grey.
enum JPEGColours: Sendable {
    /// Grey or YCbCr: luma is taken as stored.
    case luma
    /// Cyan, magenta, yellow, black; Adobe writes them inverted.
    case cmyk(inverted: Bool)
}

struct JPEGLayout: Sendable {
    let colours: JPEGColours
    /// What the decoder keeps of a picture that comes in several scans: two bytes a coefficient
    /// of every colour; 0 where one scan has it all.
    let coefficientBytes: Int
}

extension JPEGColours {
    /// Bytes that a decoded pixel takes.
    var samples: Int {
        if case .cmyk = self { return 4 }
        return 1
    }
}

enum JPEGHeader {
    /// Scans of one picture. Encoders make about ten; thousands of empty ones would cost hours.
    static let largestScanCount = 100

    private static let startOfScan: UInt8 = 0xDA
    private static let exif: UInt8 = 0xE1
    private static let adobe: UInt8 = 0xEE

    static func read(_ bytes: [UInt8]) throws(PictureError) -> PictureHeader {
        var orientation = Orientation.upright
        var isAdobe = false
        var frame: Segment?
        var segment = try nextSegment(bytes, after: 2)
        while segment.marker != startOfScan {
            switch segment.marker {
            case exif: orientation = exifOrientation(bytes, segment.body) ?? orientation
            case adobe: isAdobe = isAdobe || bytes[segment.body].starts(with: "Adobe".utf8)
            case _ where isFrame(segment.marker): frame = frame ?? segment
            default: break
            }
            segment = try nextSegment(bytes, after: segment.body.upperBound)
        }
        guard let frame, !segment.body.isEmpty else {
            throw .imageMalformed(at: segment.body.lowerBound)
        }
        let components = try JPEGComponents(bytes, frame.body)
        let isWhole =
            !isProgressive(frame.marker) && bytes[segment.body.lowerBound] == components.count
        if !isWhole { try checkScans(bytes, after: segment.body.upperBound) }
        let layout = JPEGLayout(
            colours: components.colours(isAdobe: isAdobe),
            coefficientBytes: isWhole ? 0 : components.coefficientBytes)
        return PictureHeader(
            format: .jpeg(layout), width: components.width, height: components.height,
            orientation: orientation)
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

    private static func isProgressive(_ marker: UInt8) -> Bool {
        [0xC2, 0xC6, 0xCA, 0xCE].contains(marker)
    }

    /// In entropy-coded bytes 0xFF is followed by 0 or a restart mark: every other mark is real.
    private static func checkScans(_ bytes: [UInt8], after start: Int) throws(PictureError) {
        var count = 1
        var offset = start
        while let mark = bytes[min(offset, bytes.count)...].firstIndex(of: 0xFF) {
            offset = mark + 1
            if offset < bytes.count, bytes[offset] == startOfScan { count += 1 }
            guard count <= largestScanCount else { throw .imageMalformed(at: mark) }
        }
    }
}
