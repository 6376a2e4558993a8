import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A pseudo-terminal: the test holds the keyboard and reads the screen.
final class TestTerminal: Sendable {
    /// Of the program's side.
    let path: String
    private let keyboard: Int32
    private let slave: Int32
    private let screen = Mutex<[UInt8]>([])

    struct Failure: Error {
        let words: String
    }

    /// Two requests of Linux's pseudo-terminals (asm-generic/ioctls.h): unlock, number.
    private static let unlock: UInt = 0x4004_5431
    private static let number: UInt = 0x8004_5430

    init() throws {
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var lock: Int32 = 0
        var number: Int32 = 0
        guard master >= 0, ioctl(master, Self.unlock, &lock) == 0,
            ioctl(master, Self.number, &number) == 0
        else { throw Failure(words: "no pseudo-terminal") }
        path = "/dev/pts/\(number)"
        keyboard = master
        // Kept open, so that the screen is never hung up before it is read.
        slave = open(path, O_RDWR | O_NOCTTY)
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(slave)
        close(keyboard)
    }

    var programSide: FileHandle { FileHandle(fileDescriptor: slave, closeOnDealloc: false) }

    /// What the program wrote so far.
    var text: String {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(keyboard, &bytes, bytes.count)
        return screen.withLock { screen in
            if count > 0 { screen += bytes.prefix(count) }
            return String(decoding: screen, as: UTF8.self)
        }
    }

    /// All at once, as a paste or a program does.
    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(keyboard, bytes, bytes.count)
    }

    func type(_ text: String, gapMilliseconds: Int) async throws {
        for byte in text.utf8 {
            var byte = byte
            _ = write(keyboard, &byte, 1)
            try await Task.sleep(for: .milliseconds(gapMilliseconds))
        }
    }

    /// A line at a scanner's speed. A machine under load may be too slow for that; then again.
    func scan(_ line: String, until words: String) async throws {
        for _ in 0..<5 {
            try await type(line, gapMilliseconds: 8)
            if (try? await wait(for: words, limitMilliseconds: 4000)) != nil { return }
            // ^U takes back what may stand in the line.
            send("\u{15}")
        }
        throw Failure(words: "'\(words)' did not come: \(text)")
    }

    /// Until the screen shows `words` after what was waited for before.
    func wait(for words: String, limitMilliseconds: Int = 20_000) async throws {
        for _ in 0..<max(1, limitMilliseconds / 10) {
            if let range = text.range(of: words) {
                let rest = String(text[range.upperBound...])
                screen.withLock { $0 = Array(rest.utf8) }
                return
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Failure(words: "'\(words)' did not come: \(text)")
    }

    var isRaw: Bool {
        var settings = termios()
        return tcgetattr(slave, &settings) == 0 && settings.c_lflag & tcflag_t(ICANON) == 0
    }

    func waitUntilRaw() async throws {
        for _ in 0..<1000 where !isRaw { try await Task.sleep(for: .milliseconds(10)) }
        if !isRaw { throw Failure(words: "the line was never opened") }
    }
}

extension Program {
    /// With a terminal for input, output and words.
    func start(
        _ arguments: [String], terminal: TestTerminal, environment: [String: String]
    ) throws -> RunningProgram {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        var inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("TOTE_") }
        inherited["TERM"] = "xterm"
        inherited.merge(environment) { $1 }
        process.environment = inherited
        process.standardInput = terminal.programSide
        process.standardOutput = terminal.programSide
        process.standardError = terminal.programSide
        return try RunningProgram(process)
    }
}
