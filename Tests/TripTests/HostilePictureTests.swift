import Foundation
import Testing
import ToteValues

/// What loading takes is measured on the real program. Files that are broken in their last bytes
/// are loaded whole and then refused, so nothing but loading is measured.
@Suite("Hostile pictures at the terminal", .enabled(if: Program.areBuilt), .serialized)
struct HostilePictureTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = folder.path + "/" + name
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    /// Refusal, and KiB beyond what the program takes for a small picture.
    private func scan(_ path: String) async throws -> (refusal: JSONValue?, grownKiB: Int) {
        let small = try await Program.tote.runMeasured(
            ["scan", "--json", Program.sample("ean8.png")])
        let (outcome, peak) = try await Program.tote.runMeasured(
            ["scan", "--json", path], limitSeconds: 120)
        #expect(outcome.status == 65)
        guard case .array(let files) = try outcome.json() else { return (nil, .max) }
        return (files.first?["error"]?["code"], peak - small.peakKiB)
    }

    /// PIC-3.
    private func limitKiB(_ width: Int, _ height: Int) -> Int { 6 * width * height / 1024 + 32_768 }

    /// Loaded whole: four bytes a pixel, less what a small picture takes as well.
    private func leastKiB(_ width: Int, _ height: Int) -> Int { 4 * width * height / 1024 - 2048 }

    @Test("a PNG of 24 megapixels in 0.3 MB loads within 6 bytes a pixel")
    func png() async throws {
        let bytes = HostilePicture.png(width: 6000, height: 4000, rows: 4000, sumIsRight: false)
        let (refusal, grown) = try await scan(try file("sum.png", bytes))
        #expect(refusal == .string("imageMalformed"))
        #expect(grown > leastKiB(6000, 4000), "it was not loaded: \(grown) KiB")
        #expect(grown <= limitKiB(6000, 4000))
    }

    @Test("a PNG that packs 1 GiB more than it claims stops at its last pixel")
    func pngBomb() async throws {
        // 64 pixels claimed, 33 rows of 32 MB packed.
        let small = HostilePicture.png(width: 8, height: 8, rows: (1 << 30) / 33)
        let (refusal, grown) = try await scan(try file("bomb.png", small))
        #expect(refusal == .string("noCode") || refusal == .string("imageMalformed"))
        #expect(grown < 128 * 1024)
    }

    @Test("a lossless WebP of 36 megapixels loads within 6 bytes a pixel")
    func webP() async throws {
        let (width, height) = (9000, 4000)
        let bytes = HostilePicture.webP(
            width: width, height: height, bitsLeft: width * height * 99 / 100)
        let (refusal, grown) = try await scan(try file("cut.webp", bytes))
        #expect(refusal == .string("imageMalformed"))
        #expect(grown > leastKiB(width, height), "it was not loaded: \(grown) KiB")
        #expect(grown <= limitKiB(width, height))
    }

    @Test("a progressive JPEG of 30 megapixels loads within 6 bytes a pixel")
    func jpeg() async throws {
        let bytes = HostilePicture.jpeg(width: 6000, height: 5000, scans: 3, hasEnd: false)
        let (refusal, grown) = try await scan(try file("cut.jpg", bytes))
        #expect(refusal == .string("imageMalformed"))
        #expect(grown > 140_000, "it was not loaded: \(grown) KiB")
        #expect(grown <= limitKiB(6000, 5000))
    }

    @Test("what cannot be loaded within the limit is refused by its header")
    func refused() async throws {
        let files = [
            try file("many.jpg", HostilePicture.jpeg(width: 7000, height: 5700, scans: 2)),
            try file("wide.png", HostilePicture.png(width: 30_000, height: 1, rows: 1)),
            try file("wide.webp", HostilePicture.webP(width: 16_383, height: 16_383)),
            try file("wide.pgm", Array("P5\n30000 2\n255\n".utf8)),
        ]
        for file in files {
            let (refusal, grown) = try await scan(file)
            #expect(refusal == .string("imageTooLarge"), "\(file)")
            #expect(grown < 8 * 1024, "\(file)")
        }
    }

    @Test("a JPEG of five hundred scans is refused before the first is decoded")
    func scans() async throws {
        let bytes = HostilePicture.jpeg(width: 4000, height: 3000, scans: 500)
        let (refusal, grown) = try await scan(try file("scans.jpg", bytes))
        #expect(refusal == .string("imageMalformed"))
        #expect(grown < 8 * 1024)
    }

    @Test("slim, tiny and empty pictures hold no code")
    func slim() async throws {
        let slim = "P5\n1 69\n255\n" + String(repeating: "x", count: 69)
        let pictures: [(String, [UInt8], String)] = [
            ("1x69.pgm", Array(slim.utf8), "noCode"),
            ("69x1.png", HostilePicture.png(width: 69, height: 1, rows: 1), "noCode"),
            ("1x1.webp", HostilePicture.webP(width: 1, height: 1), "noCode"),
            ("69x1.jpg", HostilePicture.jpeg(width: 69, height: 1, scans: 9), "noCode"),
            ("1x16384.png", HostilePicture.png(width: 1, height: 16_384, rows: 16_384), "noCode"),
            ("0.jpg", [], "imageMalformed"), ("1.jpg", [0xFF], "imageMalformed"),
        ]
        for (name, bytes, expected) in pictures {
            #expect(try await scan(try file(name, bytes)).refusal == .string(expected), "\(name)")
        }
    }

    @Test("no format cut at any fiftieth of its length gives a picture", .timeLimit(.minutes(5)))
    func truncated() async throws {
        let names = [
            "honey-colour.jpg", "honey-progressive.jpg", "honey-cmyk.jpg", "honey-exif-turned.jpg",
            "honey-interlaced.png", "honey-palette.png", "honey-16-bit.png", "honey-alpha.png",
            "honey-lossy.webp", "honey-lossless.webp", "honey-animated.webp", "honey-plain.pgm",
            "honey-raw.pgm",
        ]
        var list = ""
        for name in names {
            let whole = Array(try Data(contentsOf: URL(filePath: Program.sample(name))))
            for part in 0..<50 {
                let cut = Array(whole.prefix(whole.count * part / 50))
                list += try file("\(part)-\(name)", cut) + "\n"
            }
        }
        let outcome = try await Program.tote.run(
            ["scan", "--json", "--files-from", "-"], input: list, limitSeconds: 240)
        #expect(outcome.status == 65)
        let files = try outcome.jsonLines()
        #expect(files.count == 50 * names.count)
        for file in files {
            #expect(file["error"]?["code"] == .string("imageMalformed"), "\(file.canonicalText)")
        }
    }
}
