import Foundation
import Testing
import ToteValues

@Suite("Scanning with a camera", .enabled(if: Program.areBuilt))
struct CameraTests {
    /// Coffee, tea, coffee again; each for half a second, a second apart.
    private func threePasses() throws -> Film {
        var film = try Film()
        for sample in ["ean13-coffee.png", "turned-7.png", "ean13-coffee.png"] {
            try film.show(Film.empty, frames: 10)
            try film.show(sample, frames: 5)
        }
        try film.show(Film.empty, frames: 2)
        return film
    }

    private func events(_ outcome: Outcome) throws -> [JSONValue] {
        try outcome.text.split(separator: "\n").map { try StrictJSON.parse(Array($0.utf8)) }
    }

    private func texts(_ outcome: Outcome) throws -> [String] {
        try events(outcome).compactMap { event in
            guard event["event"] == .string("scan"), case .string(let text)? = event["text"]
            else { return nil }
            return text
        }
    }

    @Test("three passes over two codes are three scans in the cart (VID-2, SYNC-15)")
    func wholeStream() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let film = try threePasses()
        let outcome = try await device.tote("scan", "--camera", film.path, "--add", "--json")
        #expect(outcome.status == 0, "\(outcome.err)")
        #expect(try texts(outcome) == ["4012345000016", "4012345000108", "4012345000016"])
        let cart = try await device.json("cart")
        #expect(Device.dots(of: cart).count == 3)
        #expect(try events(outcome).last?["total"] == cart["total"])
        let words = try await device.tote("scan", "--camera", film.path)
        #expect(words.status == 0, "\(words.err)")
        #expect(words.text.split(separator: "\n").last?.hasPrefix("Total EUR") == true)
        #expect(Device.dots(of: try await device.json("cart")).count == 6)
    }

    @Test("with --json a stream is only read, and no store is needed")
    func onlyRead() async throws {
        let film = try threePasses()
        let outcome = try await Program.tote.run(["scan", "--json", "--camera", film.path])
        #expect(outcome.status == 0, "\(outcome.err)")
        let events = try events(outcome)
        #expect(events.count == 4)
        #expect(events[0]["frame"] == .integer(10))
        #expect(events[0]["votes"] != nil && events[0]["quad"] != nil)
        #expect(events[3]["event"] == .string("end"))
        #expect(events[3]["frames"] == .integer(47))
    }

    @Test("--count and --seconds end a stream, a recording by its own time")
    func limits() async throws {
        let film = try threePasses()
        for limit in [["--count", "1"], ["--seconds", "2"]] {
            let outcome = try await Program.tote.run(
                ["scan", "--json", "--camera", film.path] + limit)
            #expect(outcome.status == 0, "\(outcome.err)")
            #expect(try texts(outcome) == ["4012345000016"], "\(limit)")
        }
    }

    @Test("a code that is no article is refused aloud, and the stream goes on")
    func wrongPurpose() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        var film = try Film()
        try film.show("qr-text.png", frames: 3)
        try film.show("ean13-coffee.png", frames: 3)
        let outcome = try await device.tote("scan", "--camera", film.path)
        #expect(outcome.status == 65)
        #expect(outcome.err.contains("[wrongPurpose]"), "\(outcome.err)")
        #expect(Device.dots(of: try await device.json("cart")).count == 1)
    }

    @Test("two packs in view are one scan and an offer (VID-4)")
    func twoInView() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let film = try twoPacks()
        let outcome = try await device.tote("scan", "--camera", film.path)
        #expect(outcome.status == 0, "\(outcome.err)")
        #expect(outcome.err.contains("tote set 1 2"), "\(outcome.err)")
        #expect(Device.dots(of: try await device.json("cart")).count == 1)
    }

    /// One frame of YUV4MPEG2 with the same code twice, far apart.
    private func twoPacks() throws -> TwoPacks {
        let picture = try PlainGreyMap(Program.sample("honey-raw.pgm"))
        return try TwoPacks(picture)
    }

    @Test(
        "what gives no frames is refused before the store is asked",
        arguments: [
            ("/nonexistent/video0", "cameraMissing"), ("/dev/null", "notACamera"),
            (Program.repository + "/Package.swift", "notACamera"),
            (Program.repository + "/Sources", "notACamera"),
        ])
    func noCamera(path: String, code: String) async throws {
        let outcome = try await Program.tote.run(["scan", "--json", "--camera", path])
        #expect(outcome.status == 66)
        #expect(outcome.refusal == code)
        #expect(outcome.out.isEmpty)
    }

    @Test(
        "a stream that goes on is ended by a signal, with what was added", .timeLimit(.minutes(2)))
    func signals() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("sync")
        for number in [SIGINT, SIGTERM] {
            let folder = try TemporaryFolder()
            let pipe = folder.path + "/film.y4m"
            #expect(mkfifo(pipe, 0o600) == 0)
            let running = try Program.tote.start(
                ["scan", "--camera", pipe, "--json", "--add"], output: folder.path + "/out",
                errors: folder.path + "/err", environment: device.environment)
            let writer = try #require(FileHandle(forWritingAtPath: pipe))
            let picture = try PlainGreyMap(Program.sample("honey-raw.pgm"))
            let head = "YUV4MPEG2 W\(picture.width) H\(picture.height) F10:1 Cmono\n"
            try writer.write(contentsOf: Data(head.utf8))
            try writer.write(contentsOf: Data("FRAME\n".utf8) + Data(picture.pixels))
            var out = ""
            for _ in 0..<200 where !out.contains("scan") {
                try await Task.sleep(for: .milliseconds(50))
                out = try String(contentsOfFile: folder.path + "/out", encoding: .utf8)
            }
            running.signal(number)
            #expect(await running.end(limitSeconds: 20) == 0)
            out = try String(contentsOfFile: folder.path + "/out", encoding: .utf8)
            #expect(out.contains("\"end\""), "\(out)")
            try writer.close()
        }
        #expect(Device.dots(of: try await device.json("cart")).count == 2)
    }
}

/// A binary PGM without comments.
struct PlainGreyMap {
    let width: Int
    let height: Int
    let pixels: [UInt8]

    init(_ path: String) throws {
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        var words: [String] = []
        var at = 0
        while words.count < 4 {
            let word = bytes[at...].prefix { !($0 == 0x20 || $0 == 0x0A) }
            words.append(String(decoding: word, as: UTF8.self))
            at += word.count + 1
        }
        width = Int(words[1]) ?? 0
        height = Int(words[2]) ?? 0
        pixels = Array(bytes[at...])
    }
}

/// A recording that shows one picture twice, beside itself.
struct TwoPacks {
    private let folder: TemporaryFolder
    var path: String { folder.path + "/film.y4m" }

    init(_ picture: PlainGreyMap) throws {
        folder = try TemporaryFolder()
        let head = "YUV4MPEG2 W\(2 * picture.width) H\(picture.height) F10:1 Cmono\n"
        var film = Data(head.utf8)
        for _ in 0..<3 {
            film += Data("FRAME\n".utf8)
            for row in 0..<picture.height {
                let line = picture.pixels[row * picture.width..<(row + 1) * picture.width]
                film += Data(line) + Data(line)
            }
        }
        try film.write(to: URL(filePath: path))
    }
}
