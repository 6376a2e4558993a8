// A recording or a live pipe as YUV4MPEG2, the plain format that ffmpeg and GStreamer write:
//   YUV4MPEG2 W640 H480 F30:1 C420jpeg …␊   then for each frame   FRAME …␊ Y plane, chroma planes
// Only 8-bit formats; the plane of brightness is kept, the others are read over. A frame at a time.

import ToteValues

final class RecordedStream: FrameSource {
    private static let longestHeader = 1024

    private let input: ByteInput
    private let header: Y4MHeader
    private let start: Moment
    private var number: Int64 = 0
    private var marker: [UInt8] = []

    /// - Parameter start: of the recording; times are counted from it at the rate it names.
    /// - Throws: `notACamera` for anything else than YUV4MPEG2, `streamMalformed` for one that is
    ///   not understood.
    init(input: ByteInput, start: Moment, path: String) throws(CameraError) {
        self.input = input
        self.start = start
        guard let line = try Self.line(of: input, begins: Y4MHeader.magic) else {
            throw .notACamera(path)
        }
        header = try Y4MHeader(line)
    }

    func next() throws(CameraError) -> FrameDelivery {
        guard input.isReady() else { return .nothing }
        if input.isAtEnd { return .end }
        guard try Self.line(of: input, begins: "FRAME") != nil else {
            throw .malformed("a frame does not begin with FRAME")
        }
        // A recording that was cut ends with the last whole frame.
        guard let luma = input.take(header.width * header.height),
            input.skip(header.chromaBytes)
        else { return .end }
        let time = start.adding(milliseconds: header.milliseconds(frame: number))
        number += 1
        let frame = Frame(
            pixels: luma, width: header.width, height: header.height, stride: header.width,
            origin: FrameOrigin(source: .camera, takenAt: time))
        return frame.map(FrameDelivery.frame) ?? .nothing
    }

    /// A line without its end; `nil` if it begins otherwise.
    private static func line(
        of input: ByteInput, begins magic: String
    ) throws(CameraError) -> String? {
        var line: [UInt8] = []
        while line.count < longestHeader {
            guard let byte = input.take(1)?.first else { return nil }
            if byte == 0x0A { return String(validating: line, as: UTF8.self) }
            line.append(byte)
            let known = min(line.count, magic.utf8.count)
            guard line.prefix(known).elementsEqual(magic.utf8.prefix(known)) else { return nil }
        }
        throw .malformed("a line has no end")
    }
}

/// The first line of a YUV4MPEG2 stream.
struct Y4MHeader {
    static let magic = "YUV4MPEG2 "

    let width: Int
    let height: Int
    /// Bytes after the plane of brightness.
    let chromaBytes: Int
    private let rate: (numerator: Int64, denominator: Int64)

    init(_ line: String) throws(CameraError) {
        var fields: [Character: Substring] = [:]
        for word in line.split(separator: " ").dropFirst() {
            if let name = word.first { fields[name] = word.dropFirst() }
        }
        guard let width = fields["W"].flatMap({ Int($0) }), Frame.sideRange.contains(width),
            let height = fields["H"].flatMap({ Int($0) }), Frame.sideRange.contains(height),
            width * height <= 40_000_000
        else { throw .malformed("its sides are not 1…16384 px") }
        self.width = width
        self.height = height
        rate = try Self.rate(fields["F"])
        chromaBytes = try Self.chromaBytes(fields["C"] ?? "420", width, height)
    }

    func milliseconds(frame: Int64) -> Int64 {
        frame * 1000 * rate.denominator / rate.numerator
    }

    private static func rate(
        _ text: Substring?
    ) throws(CameraError) -> (numerator: Int64, denominator: Int64) {
        let parts = text?.split(separator: ":").compactMap { Int64($0) } ?? []
        guard parts.count == 2, parts.allSatisfy({ (1...1_000_000).contains($0) }) else {
            throw .malformed("it names no frames per second")
        }
        return (parts[0], parts[1])
    }

    private static func chromaBytes(
        _ colours: Substring, _ width: Int, _ height: Int
    ) throws(CameraError) -> Int {
        let halfWidth = (width + 1) / 2
        switch colours {
        case "mono": return 0
        case "420", "420jpeg", "420mpeg2", "420paldv":
            return 2 * halfWidth * ((height + 1) / 2)
        case "422": return 2 * halfWidth * height
        case "444": return 2 * width * height
        default: throw .malformed("its colours are not C420, C422, C444 or Cmono of 8 bits")
        }
    }
}
