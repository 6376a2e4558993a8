import Tote
import ToteTerminal

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Lines of a file or of standard input, read within limits: at most 8,192 bytes a line and 10,000
/// lines, so that an endless pipe takes no memory.
struct InputLines: ~Copyable {
    static let longestLine = 8192
    static let mostLines = 10_000

    private let descriptor: Int32
    private let owned: Bool

    static var standardInput: InputLines { InputLines(descriptor: STDIN_FILENO, owned: false) }

    private init(descriptor: Int32, owned: Bool) {
        self.descriptor = descriptor
        self.owned = owned
    }

    deinit { if owned { close(descriptor) } }

    static func open(_ path: String) throws(TripError) -> InputLines {
        if path == "-" { return standardInput }
        var status = stat()
        let descriptor = systemOpen(path)
        guard descriptor >= 0 else {
            throw refusal(.noInput, "unreadable", "The list cannot be read.")
        }
        let lines = InputLines(descriptor: descriptor, owned: true)
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
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

    /// Calls for each line that is not empty, without its line end (LF, CR LF or CR).
    func forEach(_ body: (String) async throws -> Void) async throws {
        var line: [UInt8] = []
        var count = 0
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let received = read(descriptor, &chunk, chunk.count)
            guard received >= 0 else { throw Self.refusal(.io, "readFailed", "Reading failed.") }
            for byte in chunk.prefix(received) {
                guard byte == 0x0A || byte == 0x0D else {
                    line.append(byte)
                    guard line.count <= Self.longestLine else { throw Self.tooLong }
                    continue
                }
                try await Self.hand(&line, to: body, count: &count)
            }
            if received == 0 { return try await Self.hand(&line, to: body, count: &count) }
        }
    }

    private static func hand(
        _ line: inout [UInt8], to body: (String) async throws -> Void, count: inout Int
    ) async throws {
        guard !line.isEmpty else { return }
        guard count < mostLines else { throw tooMany }
        count += 1
        guard let text = String(validating: line, as: UTF8.self) else { throw notText }
        line.removeAll(keepingCapacity: true)
        try await body(text)
    }

    private static var tooLong: TripError {
        refusal(.data, "lineTooLong", "A line has more than \(longestLine) bytes.")
    }

    private static var tooMany: TripError {
        refusal(.data, "tooManyLines", "There are more than \(mostLines) lines.")
    }

    private static var notText: TripError { refusal(.data, "notText", "A line is not UTF-8 text.") }

    private static func refusal(_ kind: FailureKind, _ code: String, _ message: String) -> TripError
    {
        TripError(
            code: code, kind: kind, message: message,
            mend: "Send one code or one file name a line; what came before is done.")
    }
}
