import Foundation
import Testing
import ToteValues

@Suite("Reading pictures at the terminal", .enabled(if: Program.areBuilt))
struct PictureTests {
    @Test(
        "what is no readable picture has its exit code and its word",
        arguments: [
            ("/nonexistent.png", Int32(66), "unreadable"), ("/dev/zero", 66, "notARegularFile"),
            ("/tmp", 66, "notARegularFile"),
            (Program.repository + "/Package.swift", 65, "imageUnsupported"),
        ])
    func refused(path: String, status: Int32, code: String) async throws {
        let outcome = try await Program.tote.run(["scan", "--json", path])
        #expect(outcome.status == status)
        guard case .array(let files) = try outcome.json() else {
            Issue.record("no array")
            return
        }
        #expect(files.first?["error"]?["code"] == .string(code))
    }

    @Test("names of pictures come from a list, and reading goes on after one that fails")
    func list() async throws {
        let outcome = try await Program.tote.run(
            ["scan", "--json", "--files-from", "-"], input: "/nonexistent.png\n/tmp\n")
        #expect(outcome.status == 66)
        let files = try outcome.jsonLines()
        #expect(files.map { $0["file"] } == [.string("/nonexistent.png"), .string("/tmp")])
    }

    @Test("names that end with a zero byte may hold line ends")
    func zeroBytes() async throws {
        let folder = try TemporaryFolder()
        let odd = folder.path + "/two\nlines.png"
        try FileManager.default.copyItem(atPath: Program.sample("ean8.png"), toPath: odd)
        for option in ["--null", "-0"] {
            let outcome = try await Program.tote.run(
                ["scan", "--json", option, "--files-from", "-"],
                input: odd + "\0" + Program.sample("honey-plain.pgm"))
            #expect(outcome.status == 0, "\(outcome.err)")
            let files = try outcome.jsonLines()
            #expect(files.count == 2)
            #expect(files.first?["file"] == .string(odd))
        }
    }

    @Test("a name that is no text fails alone")
    func notText() async throws {
        let folder = try TemporaryFolder()
        let list = folder.path + "/list"
        let names = Array("a\u{0}".utf8) + [0xFF, 0xFE, 0] + Array(Program.sample("ean8.png").utf8)
        try Data(names).write(to: URL(filePath: list))
        let outcome = try await Program.tote.run(["scan", "--json", "-0", "--files-from", list])
        #expect(outcome.status == 66)
        let files = try outcome.jsonLines()
        #expect(
            files.map { $0["error"]?["code"] } == [.string("unreadable"), .string("notText"), nil])
    }

    @Test("a symbol tells text, bytes, identifier, votes, step, time and place")
    func members() async throws {
        let outcome = try await Program.tote.run(["scan", "--json", Program.sample("ean8.png")])
        guard case .array(let files) = try outcome.json(), let file = files.first,
            case .array(let symbols)? = file["symbols"], let symbol = symbols.first
        else {
            Issue.record("no symbol")
            return
        }
        #expect(symbol["text"] == .string("40123455"))
        #expect(symbol["bytes"] == .string("3430313233343535"))
        #expect(symbol["aim"] == .string("]E4"))
        #expect(symbol["symbology"] == .string("ean8"))
        for name in ["votes", "milliseconds"] {
            guard case .integer? = symbol[name] else {
                Issue.record("no \(name)")
                continue
            }
        }
        guard case .array(let corners)? = symbol["quad"] else {
            Issue.record("no quad")
            return
        }
        #expect(corners.count == 4)
        #expect(symbol["step"] == .string("sparse"))
        #expect(symbol["addOn"] == nil)
        #expect(file["rejected"] == nil)
        #expect(file["steps"] == .array([.string("sparse")]))
        guard case .integer? = file["width"], case .integer? = file["milliseconds"] else {
            Issue.record("no size or time")
            return
        }
    }

    @Test("where nothing is accepted, what was refused is told with its reason")
    func rejected() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/short.pgm"
        try Data(Self.interleaved("123456789012")).write(to: URL(filePath: path))
        let refused = try await Program.tote.run(["scan", "--json", path])
        #expect(refused.status == 65)
        guard case .array(let files) = try refused.json(),
            case .array(let rejected)? = files.first?["rejected"]
        else {
            Issue.record("no rejected")
            return
        }
        #expect(rejected.first?["reason"] == .string("length"))
        #expect(rejected.first?["text"] == .string("123456789012"))
    }

    /// A PGM of an Interleaved 2 of 5, whose length no profile of ours takes: 3 px a module.
    private static func interleaved(_ digits: String) -> [UInt8] {
        let wide = [
            "00110", "10001", "01001", "11000", "00101", "10100", "01100", "00011", "10010",
            "01010",
        ]
        let codes = digits.compactMap(\.wholeNumberValue).map { Array(wide[$0]) }
        var widths = [1, 1, 1, 1]
        for pair in stride(from: 0, to: codes.count, by: 2) {
            for (bar, space) in zip(codes[pair], codes[pair + 1]) {
                widths += [bar, space].map { $0 == "1" ? 3 : 1 }
            }
        }
        widths += [3, 1, 1]
        let white = [UInt8](repeating: 255, count: 60)
        let bars = widths.enumerated().flatMap { index, width in
            [UInt8](repeating: index % 2 == 0 ? 0 : 255, count: 3 * width)
        }
        let row = white + bars + white
        return Array("P5\n\(row.count) 80\n255\n".utf8) + (0..<80).flatMap { _ in row }
    }

    @Test("a thousand pictures in one process take no more memory than ten")
    func flat() async throws {
        let sample = Program.sample("ean8.png") + "\n"
        let few = try await peak(of: String(repeating: sample, count: 10))
        let many = try await peak(of: String(repeating: sample, count: 1000))
        #expect(many.records == 1000)
        #expect(many.peakKiB - few.peakKiB < 4096)
    }

    private func peak(of list: String) async throws -> (records: Int, peakKiB: Int) {
        let (outcome, peak) = try await Program.tote.runMeasured(
            ["scan", "--json", "--files-from", "-"], input: list)
        #expect(outcome.status == 0)
        return (try outcome.jsonLines().count, peak)
    }

    @Test("a line without end is refused before it fills the memory")
    func endlessLine() async throws {
        let outcome = try await Program.tote.run(
            ["scan", "--json", "--files-from", "-"], input: String(repeating: "4", count: 20_000))
        #expect(outcome.status == 65)
        #expect(outcome.refusal == "lineTooLong")
        #expect(outcome.out.isEmpty)
    }

    @Test("a pipe in place of a picture does not block", .timeLimit(.minutes(1)))
    func pipe() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/pipe.png"
        #expect(mkfifo(path, 0o600) == 0)
        let outcome = try await Program.tote.run(["scan", "--json", path])
        #expect(outcome.status == 66)
    }
}
