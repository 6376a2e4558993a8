import Foundation
import Testing
import ToteValues

#if canImport(Glibc)
    import Glibc
#endif

@Suite(
    "Scanning with a scanner that types or sits on a line", .enabled(if: Program.areBuilt),
    .serialized)
struct ScannerTests {
    private func dots(_ device: Device) async throws -> Int {
        Device.scans(in: try await device.json("cart"))
    }

    @Test("a scanner on a pipe: identifiers, all end marks, a line sent twice")
    func pipe() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let outcome = try await device.tote(
            "scan", "--scanner", "-",
            input: "]E04012345000016\r\n]E04012345000016\r\n]C10104012345000115\t4012345000030")
        #expect(outcome.status == 0, "\(outcome.err)")
        #expect(outcome.err.contains("sent that twice"), "\(outcome.err)")
        #expect(try await dots(device) == 3)
    }

    @Test("a list on standard input is no scanner: every line counts")
    func list() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        let outcome = try await device.tote("scan", "-", input: "4012345000016\n4012345000016\n")
        #expect(outcome.status == 0, "\(outcome.err)")
        #expect(try await dots(device) == 2)
    }

    @Test("--json tells lines apart without a store, and GS comes as the scanner is set to")
    func onlyRead() async throws {
        let outcome = try await Program.tote.run(
            ["scan", "--scanner", "-", "--json", "--group-separator", "~"],
            input: "]C110A~17271231\n" + String(repeating: "4", count: 9000) + "\n4011\n")
        #expect(outcome.status == 0, "\(outcome.err)")
        let events = try outcome.text.split(separator: "\n").map {
            try StrictJSON.parse(Array($0.utf8))
        }
        let names = events.map { $0["event"] }
        #expect(names == ["scan", "lineTooLong", "scan", "end"].map { .string($0) })
        #expect(events[0]["text"] == .string("10A\u{1D}17271231"))
        #expect(events[0]["aim"] == .string("]C1"))
    }

    @Test("a file or nothing in place of a scanner is refused")
    func noScanner() async throws {
        for (path, code) in [
            ("/nonexistent/ttyACM0", "scannerMissing"), ("/dev/null", "notAScanner"),
            (Program.repository + "/Package.swift", "notAScanner"), ("/tmp", "notAScanner"),
        ] {
            let outcome = try await Program.tote.run(["scan", "--json", "--scanner", path])
            #expect(outcome.status == 66)
            #expect(outcome.refusal == code)
        }
    }

    @Test("a serial line gives bytes as they come, and is put back as it was")
    func serialLine() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("sync")
        let line = try TestTerminal()
        let folder = try TemporaryFolder()
        let running = try Program.tote.start(
            ["scan", "--scanner", line.path, "--count", "2", "--seconds", "60"],
            output: folder.path + "/out", errors: folder.path + "/err",
            environment: device.environment)
        try await line.waitUntilRaw()
        // ^C and ^D are data on a serial line, not signals.
        line.send("\u{3}\u{4}\r")
        line.send("]E04012345000016\r")
        #expect(await running.end(limitSeconds: 60) == 65)
        #expect(try await dots(device) == 1)
        #expect(!line.isRaw)
    }

    @Test(
        "at the prompt a scanner's line is a code, never a command (VID-8)", .timeLimit(.minutes(2))
    )
    func prompt() async throws {
        let store = try await DemoStore.start()
        let device = try Device(store: store.url)
        _ = try await device.json("sync")
        let terminal = try TestTerminal()
        let running = try Program.tote.start(
            ["shop"], terminal: terminal, environment: device.environment)
        try await terminal.wait(for: "> ")
        // A wedge scanner: a key every few milliseconds, TAB as its end mark.
        try await terminal.scan("]E04012345000016\t", until: "Coffee")
        // A poster's code with a command in it is no command.
        try await terminal.scan("photo /etc/hostname\r", until: "not an article")
        // A person types, and pastes.
        try await terminal.type("rm 1\r", gapMilliseconds: 80)
        try await terminal.wait(for: "Taken out")
        terminal.send("4012345000115\r")
        try await terminal.wait(for: "Yoghurt")
        terminal.send("find olives\r")
        try await terminal.wait(for: "Olives")
        terminal.send("quit\r")
        #expect(await running.end(limitSeconds: 30) == 0, "\(terminal.text)")
        #expect(try await device.json("cart")["total"] == .integer(59))
    }
}
