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
        guard case .array(let files) = try outcome.json() else {
            Issue.record("no array")
            return
        }
        #expect(files.count == 2)
    }

    @Test("a line without end is refused before it fills the memory")
    func endlessLine() async throws {
        let outcome = try await Program.tote.run(
            ["scan", "--json", "--files-from", "-"], input: String(repeating: "4", count: 20_000))
        #expect(outcome.status == 65)
        #expect(outcome.refusal == "lineTooLong")
        #expect(try outcome.json() == .array([]))
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
