import Testing
import ToteCamera
import ToteValues

@Suite("Brightness out of a camera's buffer")
struct LumaReaderTests {
    private func frame(
        _ bytes: [UInt8], _ format: PixelFormat, _ width: Int, _ height: Int, stride: Int = 0
    ) -> Frame? {
        LumaReader(format: format, width: width, height: height, stride: stride)
            .flatMap { reader in
                bytes.withUnsafeBytes { reader.frame(in: $0, origin: FrameOrigin(source: .camera)) }
            }
    }

    private func rows(_ frame: Frame?) -> [[UInt8]] {
        guard let frame else { return [] }
        return (0..<frame.height).map { row in
            Array(frame.pixels[row * frame.stride..<row * frame.stride + frame.width])
        }
    }

    @Test("grey and the first plane of NV12 are taken as they are, padding is left out")
    func planes() {
        let bytes: [UInt8] = [1, 2, 3, 99, 4, 5, 6, 99, 7, 8, 9, 99, 128, 128, 128, 128, 128, 128]
        for format in [PixelFormat.grey, .nv12] {
            #expect(
                rows(frame(bytes, format, 3, 3, stride: 4)) == [[1, 2, 3], [4, 5, 6], [7, 8, 9]])
            #expect(rows(frame([1, 2, 3, 4, 5, 6], format, 3, 2)) == [[1, 2, 3], [4, 5, 6]])
        }
    }

    @Test("of YUYV every second byte is brightness, also with padding and an odd width")
    func packed() {
        let bytes: [UInt8] = [1, 128, 2, 128, 3, 128, 0, 0, 4, 128, 5, 128, 6, 128, 0, 0]
        #expect(rows(frame(bytes, .yuyv, 3, 2)) == [[1, 2, 3], [4, 5, 6]])
        #expect(rows(frame(bytes, .yuyv, 2, 2, stride: 8)) == [[1, 2], [4, 5]])
        #expect(rows(frame(Array(bytes.prefix(13)), .yuyv, 3, 2)) == [[1, 2, 3], [4, 5, 6]])
    }

    @Test("a last row without its padding is enough, a byte less is no frame")
    func short() {
        #expect(rows(frame([1, 2, 3, 99, 4, 5, 6], .grey, 3, 2, stride: 4)).count == 2)
        #expect(frame([1, 2, 3, 99, 4, 5], .grey, 3, 2, stride: 4) == nil)
        #expect(frame([1, 0, 2, 0, 3, 0, 0, 0, 4, 0, 5, 0], .yuyv, 3, 2) == nil)
        for format in PixelFormat.allCases { #expect(frame([], format, 640, 480) == nil) }
    }

    @Test("sides and strides that cannot be are refused")
    func impossible() {
        let readers = [
            LumaReader(format: .grey, width: 0, height: 4, stride: 0),
            LumaReader(format: .grey, width: 4, height: -1, stride: 0),
            LumaReader(format: .nv12, width: 16385, height: 4, stride: 0),
            LumaReader(format: .grey, width: 4, height: 4, stride: 3),
            LumaReader(format: .yuyv, width: 4, height: 4, stride: 4),
            LumaReader(format: .yuyv, width: 4, height: 4, stride: -8),
        ]
        #expect(readers.allSatisfy { $0 == nil })
    }

    @Test("MJPEG is decoded, with the padding that drivers leave behind")
    func compressed() throws {
        let jpeg = try TestFilm.sample("ean13-wine.jpg")
        let whole = try #require(frame(jpeg + [0, 0, 0, 0], .mjpeg, 1920, 1080))
        #expect(whole.width > 100)
        #expect(whole.origin.source == .camera)
    }

    @Test("a truncated, larger or foreign MJPEG frame is skipped", arguments: [2, 3, 10, 50])
    func damaged(part: Int) throws {
        let jpeg = try TestFilm.sample("ean13-wine.jpg")
        #expect(frame(Array(jpeg.prefix(jpeg.count / part)), .mjpeg, 1920, 1080) == nil)
        #expect(frame(jpeg, .mjpeg, 64, 48) == nil)
        #expect(frame(try TestFilm.sample("ean8.png"), .mjpeg, 1920, 1080) == nil)
    }

    @Test("MJPEG frames without Huffman tables, as cameras send them, are decoded")
    func noTables() throws {
        let jpeg = try TestFilm.sample("ean13-wine.jpg")
        #expect(frame(Self.withoutHuffmanTables(jpeg), .mjpeg, 1920, 1080) != nil)
    }

    /// Drops the DHT segments (FF C4) before the scan.
    private static func withoutHuffmanTables(_ jpeg: [UInt8]) -> [UInt8] {
        var out = Array(jpeg[..<2])
        var at = 2
        while at + 3 < jpeg.count, jpeg[at] == 0xFF, jpeg[at + 1] != 0xDA {
            let length = Int(jpeg[at + 2]) << 8 | Int(jpeg[at + 3])
            if jpeg[at + 1] != 0xC4 { out += jpeg[at..<at + 2 + length] }
            at += 2 + length
        }
        return out + jpeg[at...]
    }
}

@Suite("The mode a camera is asked for")
struct CameraModeTests {
    private func mode(
        _ format: PixelFormat, _ width: Int, _ height: Int, _ rate: Double? = 30
    ) -> CameraMode {
        CameraMode(format: format, width: width, height: height, framesPerSecond: rate)
    }

    @Test("1280 × 720 first, plain before compressed, never below 15 frames a second")
    func choice() {
        let usual = [
            mode(.mjpeg, 1280, 720), mode(.yuyv, 1280, 720, 10), mode(.yuyv, 640, 480),
            mode(.mjpeg, 1920, 1080),
        ]
        #expect(CameraMode.best(of: usual) == usual[0])
        #expect(CameraMode.best(of: usual + [mode(.nv12, 1280, 720)])?.format == .nv12)
        #expect(
            CameraMode.best(of: [mode(.yuyv, 640, 480), mode(.grey, 640, 480)])?.format == .grey)
        #expect(CameraMode.best(of: [mode(.grey, 800, 600, nil)]) != nil)
    }

    @Test("no mode is better than a useless one")
    func none() {
        let useless = [
            mode(.grey, 320, 240), mode(.grey, 3840, 2160), mode(.yuyv, 1280, 720, 5),
            mode(.grey, 640, 360), mode(.grey, 1280, 720, .nan),
        ]
        #expect(CameraMode.best(of: useless) == nil)
        #expect(CameraMode.best(of: []) == nil)
    }

    @Test("formats have V4L2's names")
    func names() {
        #expect(PixelFormat.yuyv.fourCC == 0x5659_5559)
        for format in PixelFormat.allCases { #expect(PixelFormat(fourCC: format.fourCC) == format) }
        #expect(PixelFormat(fourCC: 0) == nil)
    }
}
