import Foundation
import Testing
import TotePictures
import ToteValues

@Suite("Refused pictures")
struct PictureRefusalTests {
    private func refusal(_ bytes: [UInt8], limits: PictureLimits = .default) -> PictureError? {
        do {
            _ = try Picture(bytes: bytes, limits: limits).frame(scale: .full)
            return nil
        } catch { return error }
    }

    private func pngHeader(width: UInt32, height: UInt32) -> [UInt8] {
        let sides = [width, height].flatMap { side in
            (0..<4).reversed().map { UInt8(truncatingIfNeeded: side >> (8 * $0)) }
        }
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
            + Array("IHDR".utf8) + sides + [8, 6, 0, 0, 0, 1, 2, 3, 4]
    }

    @Test("a 60-byte PNG that claims 100000 × 100000 px is refused by its header")
    func hugePNG() {
        let bytes = pngHeader(width: 100_000, height: 100_000) + [UInt8](repeating: 0, count: 27)
        #expect(throws: PictureError.imageTooLarge(width: 100_000, height: 100_000)) {
            try Picture(bytes: bytes)
        }
    }

    @Test("sides, pixels and bytes have limits, checked before any pixel is decoded")
    func limits() {
        #expect(throws: PictureError.imageTooLarge(width: 16385, height: 1)) {
            try Picture(bytes: pngHeader(width: 16385, height: 1))
        }
        #expect(throws: PictureError.imageTooLarge(width: 8000, height: 8000)) {
            try Picture(bytes: pngHeader(width: 8000, height: 8000))
        }
        let tight = PictureLimits(fileBytes: 40, side: 100, pixels: 5000)
        #expect(throws: PictureError.imageTooLarge(width: 80, height: 80)) {
            try Picture(bytes: pngHeader(width: 80, height: 80), limits: tight)
        }
        #expect(throws: PictureError.fileTooLarge(bytes: 41)) {
            try Picture(bytes: [UInt8](repeating: 0, count: 41), limits: tight)
        }
    }

    @Test("limits can only be set downwards")
    func limitsGoDown() {
        let wide = PictureLimits(fileBytes: .max, side: .max, pixels: .max)
        #expect(wide == .default)
    }

    @Test("a PNG of size 0 or over 2³¹ is malformed", arguments: [0, 1 << 31] as [UInt32])
    func impossibleSide(_ side: UInt32) {
        #expect(refusal(pngHeader(width: side, height: 8))?.code == .imageMalformed)
        #expect(refusal(pngHeader(width: 8, height: side))?.code == .imageMalformed)
    }

    @Test(
        "no picture that is cut off gives a part of itself",
        arguments: [
            "honey-colour.jpg", "honey-progressive.jpg", "honey-interlaced.png",
            "honey-palette.png", "honey-lossy.webp", "honey-lossless.webp", "honey-animated.webp",
            "honey-plain.pgm",
        ])
    func truncated(_ file: String) throws {
        let whole = try Sample.bytes(file)
        let heads = Array(0..<64) + (0..<50).map { whole.count * $0 / 50 }
        for count in heads {
            #expect(refusal(Array(whole.prefix(count)))?.code == .imageMalformed, "\(count) bytes")
        }
    }

    @Test(
        "one flipped byte never traps", arguments: ["ean8.png", "honey-lossy.webp", "blurred.png"])
    func flipped(_ file: String) throws {
        let whole = try Sample.bytes(file)
        var chance = SeededChance(seed: 7)
        for _ in 0..<60 {
            var bytes = whole
            bytes[Int(chance.next() % UInt64(min(400, whole.count)))] ^= UInt8(
                1 + chance.next() % 255)
            _ = refusal(bytes, limits: PictureLimits(pixels: 1_000_000))
        }
    }

    @Test(
        "a PGM with an impossible number is malformed",
        arguments: [
            "P5\n0 8\n255\n", "P5\n8 0\n255\n", "P5\n-8 8\n255\n", "P5\n8 8\n0\n",
            "P5\n8 8\n65536\n", "P5\n8 8", "P2\n2 2\n255\n1 2 3", "P2\n2 2\n255\n1 2 3 256",
            "P2\n2 2\n255\n1 2 3 4 5", "P2\n1 1\n255\n-1", "P5\n1 1\n7\n8", "P5\n2 1\n255\na",
            "P5\n1 1\n255\nab",
        ])
    func greyMap(_ text: String) {
        #expect(refusal(Array(text.utf8))?.code == .imageMalformed)
    }

    @Test(
        "other files are not pictures, whatever their name",
        arguments: [
            "%PDF-1.7", "PK\u{3}\u{4}....", "\u{7F}ELF....", "<svg/>", "GIF89a..", "P6\n1 1",
        ])
    func unsupported(_ text: String) {
        #expect(refusal(Array(text.utf8)) == .imageUnsupported)
    }

    @Test("a PNG of more than 1000 side chunks is refused")
    func manyChunks() throws {
        let whole = try Sample.bytes("ean8.png")
        let side: [UInt8] = [0, 0, 0, 0] + Array("tEXt".utf8) + [0, 0, 0, 0]
        let some = (0..<1000).flatMap { _ in side }
        #expect(refusal(whole.prefix(33) + some + whole.dropFirst(33)) == nil)
        #expect(refusal(whole.prefix(33) + some + side + whole.dropFirst(33)) != nil)
    }

    @Test("only regular files are opened, and without waiting")
    func notRegular() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tote-\(getpid())-fifo")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let pipe = folder.appending(path: "pipe.png").path
        #expect(mkfifo(pipe, 0o600) == 0)
        for path in [folder.path, pipe, "/dev/zero"] {
            #expect(throws: PictureError.notARegularFile) { try Picture.open(path: path) }
        }
        for path in [folder.appending(path: "none.png").path, "a\0b"] {
            #expect(throws: PictureError.unreadable) { try Picture.open(path: path) }
        }
    }

    @Test("every refusal says what happened and what to do")
    func words() {
        let refusals: [PictureError] = [
            .imageTooLarge(width: 1, height: 2), .fileTooLarge(bytes: 3), .imageMalformed(at: 4),
            .imageUnsupported, .notARegularFile, .unreadable,
        ]
        #expect(refusals.allSatisfy { !$0.message.isEmpty && !$0.mend.isEmpty })
    }
}
