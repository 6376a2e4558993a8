import Foundation
import Testing
import ToteValues

@Suite("A machine that does not play along", .enabled(if: Program.areBuilt))
struct EnvironmentTests {
    @Test("a closed pipe ends with 141 and a full device with 74")
    func outputLost() async throws {
        let folder = try TemporaryFolder()
        let full = try Program.tote.start(
            ["--help"], output: "/dev/full", errors: folder.path + "/err")
        #expect(await full.end(limitSeconds: 20) == 74)
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        let closed = Process()
        closed.executableURL = URL(filePath: Program.tote.path)
        closed.arguments = ["--help"]
        closed.standardOutput = pipe.fileHandleForWriting
        closed.standardError = FileHandle.nullDevice
        #expect(await (try RunningProgram(closed)).end(limitSeconds: 20) == 141)
    }

    @Test("without a home folder the message says which variable to set")
    func noHome() async throws {
        for environment in [
            ["HOME": "", "XDG_DATA_HOME": ""], ["HOME": "relative", "XDG_DATA_HOME": ""],
            ["XDG_DATA_HOME": "relative"],
        ] {
            let outcome = try await Program.tote.run(["cart", "--json"], environment: environment)
            #expect(outcome.status == 78, "\(outcome.err)")
            #expect(outcome.refusal == "badHome")
        }
    }

    @Test("a home folder that cannot be made is named")
    func homeNotWritable() async throws {
        let outcome = try await Program.tote.run(
            ["cart", "--json"], environment: ["TOTE_HOME": "/proc/nowhere/tote"])
        #expect([73, 78].contains(outcome.status), "\(outcome.err)")
        #expect(outcome.err.contains("/proc/nowhere/tote"))
    }

    @Test("without store and catalogue a scan says what to do, and sends nobody to the network")
    func neverConnected() async throws {
        let home = try TemporaryFolder()
        let outcome = try await Program.tote.run(
            ["add", "4012345000016", "--json"], environment: ["TOTE_HOME": home.path + "/device"])
        #expect([69, 78].contains(outcome.status), "\(outcome.err)")
        #expect(outcome.refusal != nil)
    }

    @Test("an unreachable store without a catalogue at hand is exit 69")
    func unreachable() async throws {
        let home = try TemporaryFolder()
        let outcome = try await Program.tote.run(
            ["cart", "--store", "http://127.0.0.1:9", "--json"],
            environment: ["TOTE_HOME": home.path + "/device"])
        #expect(outcome.status == 69, "\(outcome.err)")
    }
}
