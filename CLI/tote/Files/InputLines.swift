import Tote
import ToteTerminal

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Lines of a file or of standard input, read within limits: at most 8,192 bytes a line and so
/// many lines, so that an endless pipe takes no memory.
struct InputLines: ~Copyable {
    /// What ends a line. Names of files may hold line ends, but no zero byte.
    enum End { case line, zeroByte }

    static let longestLine = 8192
    static let mostLines = 10_000

    private let descriptor: Int32
    private let owned: Bool
    private let end: End
    private let most: Int

    static var standardInput: InputLines {
        InputLines(descriptor: STDIN_FILENO, owned: false, end: .line, most: mostLines)
    }

    private init(descriptor: Int32, owned: Bool, end: End, most: Int) {
        self.descriptor = descriptor
        self.owned = owned
        self.end = end
        self.most = most
    }

    deinit { if owned { close(descriptor) } }

    /// - Parameter most: lines, more are refused.
    static func open(
        _ path: String, end: End = .line, most: Int = mostLines
    ) throws(TripError) -> InputLines {
        if path == "-" {
            return InputLines(descriptor: STDIN_FILENO, owned: false, end: end, most: most)
        }
        let descriptor = systemOpen(path)
        guard descriptor >= 0 else {
            throw refusal(.noInput, "unreadable", "The list cannot be read.")
        }
        let lines = InputLines(descriptor: descriptor, owned: true, end: end, most: most)
        guard lines.isRegularFile else {
            throw refusal(.noInput, "notARegularFile", "The list is not a regular file.")
        }
        return lines
    }

    private static func systemOpen(_ path: String) -> Int32 {
        #if canImport(Glibc)
            Glibc.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        #elseif canImport(Musl)
            Musl.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        #else
            Darwin.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        #endif
    }

    private var isRegularFile: Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Whether somebody types the lines.
    var isTyped: Bool { TerminalDevice.isTerminal(descriptor) }

    /// Lines that are not empty, counted ahead without reading on; `nil` for a pipe, which can be
    /// read only once.
    func count() -> Int? {
        guard isRegularFile else { return nil }
        var offset = lseek(descriptor, 0, SEEK_CUR)
        var chunk = [UInt8](repeating: 0, count: 65_536)
        var count = 0
        var isInLine = false
        while true {
            let received = pread(descriptor, &chunk, chunk.count, offset)
            guard received > 0 else { return count + (isInLine ? 1 : 0) }
            for byte in chunk.prefix(received) {
                if isEnd(byte) && isInLine { count += 1 }
                isInLine = !isEnd(byte)
            }
            offset += off_t(received)
        }
    }

    private func isEnd(_ byte: UInt8) -> Bool {
        end == .zeroByte ? byte == 0 : byte == 0x0A || byte == 0x0D
    }

    /// Calls for each line that is not empty, without its line end (LF, CR LF or CR).
    /// - Throws: `notText` for a line that is not UTF-8, and what `forEachBytes` throws.
    func forEach(_ body: (String) async throws -> Void) async throws {
        try await forEachBytes { line in
            guard let text = String(validating: line, as: UTF8.self) else { throw Self.notText }
            try await body(text)
        }
    }

    /// Calls for each line that is not empty, whatever its bytes.
    /// - Throws: `lineTooLong`, `tooManyLines`, `readFailed`, and what `body` throws.
    func forEachBytes(_ body: ([UInt8]) async throws -> Void) async throws {
        var line: [UInt8] = []
        var count = 0
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let received = read(descriptor, &chunk, chunk.count)
            if received < 0 && errno == EINTR { continue }
            guard received >= 0 else { throw Self.refusal(.io, "readFailed", "Reading failed.") }
            for byte in chunk.prefix(received) {
                guard isEnd(byte) else {
                    line.append(byte)
                    guard line.count <= Self.longestLine else { throw Self.tooLong }
                    continue
                }
                try await hand(&line, to: body, count: &count)
            }
            if received == 0 { return try await hand(&line, to: body, count: &count) }
        }
    }

    private func hand(
        _ line: inout [UInt8], to body: ([UInt8]) async throws -> Void, count: inout Int
    ) async throws {
        guard !line.isEmpty else { return }
        guard count < most else {
            throw Self.refusal(.data, "tooManyLines", "There are more than \(most) lines.")
        }
        count += 1
        let whole = line
        line.removeAll(keepingCapacity: true)
        try await body(whole)
    }

    private static var tooLong: TripError {
        refusal(.data, "lineTooLong", "A line has more than \(longestLine) bytes.")
    }

    static var notText: TripError { refusal(.data, "notText", "A line is not UTF-8 text.") }

    private static func refusal(_ kind: FailureKind, _ code: String, _ message: String) -> TripError
    {
        TripError(
            code: code, kind: kind, message: message,
            mend: "Send one code or one file name a line; what came before is done.")
    }
}
