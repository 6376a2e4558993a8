import Foundation
import Testing
import ToteTerminal

@Suite("Lines in, lines out", .serialized)
struct InputOutputTests {
    /// What an editor reads when those bytes come through a pipe.
    private func lines(_ bytes: [UInt8]) async throws -> [LineInput] {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(
            "tote-lines-\(ProcessInfo.processInfo.globallyUniqueString)")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        let editor = LineEditor(isInteractive: false, descriptor: handle.fileDescriptor)
        var lines: [LineInput] = []
        while true {
            let line = await editor.readLine(prompt: "> ")
            if line == .endOfInput { return lines }
            lines.append(line)
        }
    }

    @Test("lines end with LF or CRLF, and the last may have no end")
    func ends() async throws {
        #expect(
            try await lines(Array("4011\r\n\nphoto a b.png\n+".utf8)) == [
                .line("4011"), .line(""), .line("photo a b.png"), .line("+"),
            ])
        #expect(try await lines([]) == [])
    }

    @Test("8,192 bytes are a line, one more is refused, and the next line is read")
    func long() async throws {
        let longest = [UInt8](repeating: 0x41, count: 8192)
        let read = try await lines(longest + [0x0A] + longest + [0x41, 0x0A] + Array("x\n".utf8))
        #expect(read.count == 3)
        #expect(read[0] == .line(String(repeating: "A", count: 8192)))
        #expect(read[1] == .tooLong)
        #expect(read[2] == .line("x"))
        let huge = [UInt8](repeating: 0x41, count: 3_000_000)
        #expect(try await lines(huge + Array("\r\nend".utf8)) == [.tooLong, .line("end")])
    }

    @Test("what is no UTF-8 is refused line by line")
    func notText() async throws {
        #expect(try await lines([0xFF, 0x0A, 0x41, 0x0A]) == [.notText, .line("A")])
    }

    @Test("a descriptor that cannot be read says so")
    func unreadable() async {
        let editor = LineEditor(isInteractive: false, descriptor: -1)
        guard case .failed = await editor.readLine(prompt: "") else {
            Issue.record("no failure")
            return
        }
    }

    @Test("waiting for a line does not hold up other work")
    func concurrency() async throws {
        let pipe = Pipe()
        let editors = (0..<8).map { _ in
            LineEditor(isInteractive: false, descriptor: pipe.fileHandleForReading.fileDescriptor)
        }
        let waiting = editors.map { editor in
            Task { await editor.readLine(prompt: "") }
        }
        let others = await withTaskGroup(of: Int.self) { group in
            for number in 0..<100 { group.addTask { number } }
            return await group.reduce(0, +)
        }
        #expect(others == 4950)
        try pipe.fileHandleForWriting.close()
        for task in waiting { #expect(await task.value == .endOfInput) }
    }

    @Test("a closed pipe is 141 and a full disk is 74")
    func lost() throws {
        TerminalOutput.ignoreClosedPipes()
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        let output = TerminalOutput(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        let closed = #expect(throws: OutputError.self) { try output.line("x") }
        #expect(closed == .closedPipe)
        #expect(closed?.exitCode == 141)
        guard let full = FileHandle(forWritingAtPath: "/dev/full") else { return }
        let failed = #expect(throws: OutputError.self) {
            try TerminalOutput(descriptor: full.fileDescriptor).write("x")
        }
        #expect(failed?.exitCode == 74)
        let bad = #expect(throws: OutputError.self) {
            try TerminalOutput(descriptor: -1).write("x")
        }
        #expect(bad?.exitCode == 74)
    }

    @Test("a megabyte goes through a pipe whole")
    func whole() async throws {
        let pipe = Pipe()
        let text = String(repeating: "0123456789abcde\n", count: 65_536)
        let writer = Task.detached {
            let output = TerminalOutput(descriptor: pipe.fileHandleForWriting.fileDescriptor)
            try output.write(text)
            try pipe.fileHandleForWriting.close()
        }
        let read = try #require(try pipe.fileHandleForReading.readToEnd())
        try await writer.value
        #expect(read == Data(text.utf8))
    }
}
