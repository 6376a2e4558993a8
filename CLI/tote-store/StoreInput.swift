#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Input files and standard input, read whole and within a bound.
enum StoreInput {
    static func bytes(of path: String, atMost limit: Int) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard file >= 0 else { throw missing("'\(path)' cannot be read.") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw missing("'\(path)' is not a regular file.")
        }
        return try bytes(from: file, atMost: limit)
    }

    static func standardInput(atMost limit: Int) throws -> [UInt8] {
        try bytes(from: STDIN_FILENO, atMost: limit)
    }

    private static func bytes(from file: Int32, atMost limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= limit {
            let count = read(file, &chunk, chunk.count)
            guard count >= 0 else { throw missing("The input cannot be read.") }
            if count == 0 { return bytes }
            bytes += chunk.prefix(count)
        }
        throw StoreRefusal(
            kind: .data, code: "tooLarge", message: "The input is larger than \(limit) bytes.",
            mend: "Split it.")
    }

    private static func missing(_ message: String) -> StoreRefusal {
        StoreRefusal(
            kind: .noInput, code: "unreadable", message: message,
            mend: "Name a file that exists and that you may read.")
    }
}
