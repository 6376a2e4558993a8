import Foundation
import Testing
import TotePictures
import ToteValues

@Suite("Scanning with a camera", .enabled(if: Program.areBuilt), .serialized)
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
        #expect(Device.scans(in: cart) == 3)
        #expect(try events(outcome).last?["total"] == cart["total"])
        let words = try await device.tote("scan", "--camera", film.path)
        #expect(words.status == 0, "\(words.err)")
        #expect(words.text.split(separator: "\n").last?.hasPrefix("Total EUR") == true)
        #expect(Device.scans(in: try await device.json("cart")) == 6)
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
        #expect(Device.scans(in: try await device.json("cart")) == 1)
    }

    @Test("two packs in view are one scan and an offer (VID-4)")
    func twoInView() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let folder = try TemporaryFolder()
        let picture = try Picture.open(path: Program.sample("qr-link-coffee.png"))
        let film = folder.path + "/film.y4m"
        try GreyFilm.twice(picture.frame(scale: .full)).write(to: URL(filePath: film))
        let outcome = try await device.tote("scan", "--camera", film)
        #expect(outcome.status == 0, "\(outcome.err)")
        #expect(outcome.err.contains("tote set 1 2"), "\(outcome.err)")
        #expect(Device.scans(in: try await device.json("cart")) == 1)
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
            let picture = try Picture.open(path: Program.sample("honey-plain.pgm"))
                .frame(scale: .full)
            try writer.write(
                contentsOf: GreyFilm.head(width: picture.width, height: picture.height))
            try writer.write(contentsOf: GreyFilm.frame(picture))
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
        #expect(Device.scans(in: try await device.json("cart")) == 2)
    }
}

/// YUV4MPEG2 made of sample pictures.
enum GreyFilm {
    static func head(width: Int, height: Int) -> Data {
        Data("YUV4MPEG2 W\(width) H\(height) F10:1 Cmono\n".utf8)
    }

    static func frame(_ picture: Frame) -> Data {
        Data("FRAME\n".utf8) + Data(picture.pixels)
    }

    /// One picture twice, beside itself.
    static func twice(_ picture: Frame) -> Data {
        var film = head(width: 2 * picture.width, height: picture.height)
        for _ in 0..<3 {
            film += Data("FRAME\n".utf8)
            for row in 0..<picture.height {
                let line = picture.pixels[row * picture.width..<(row + 1) * picture.width]
                film += Data(line) + Data(line)
            }
        }
        return film
    }
}
