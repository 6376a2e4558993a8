import Tote

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A small regular file, read whole. Opened without waiting, so that a pipe or a device in its
/// place cannot hold us.
enum InputFile {
    static let mostBytes = 1 << 20

    static func bytes(of path: String) throws(TripError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard file >= 0 else { throw refusal(.noInput, "unreadable", "'\(path)' cannot be read.") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw refusal(.noInput, "notARegularFile", "'\(path)' is not a regular file.")
        }
        guard status.st_size <= mostBytes else {
            throw refusal(.data, "fileTooLarge", "'\(path)' is larger than \(mostBytes) bytes.")
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= mostBytes {
            let count = read(file, &chunk, chunk.count)
            guard count >= 0 else { throw refusal(.io, "readFailed", "'\(path)' cannot be read.") }
            if count == 0 { return bytes }
            bytes += chunk.prefix(count)
        }
        throw refusal(.data, "fileTooLarge", "'\(path)' is larger than \(mostBytes) bytes.")
    }

    private static func refusal(_ kind: FailureKind, _ code: String, _ message: String) -> TripError
    {
        TripError(code: code, kind: kind, message: message, mend: "Name a file of the right kind.")
    }
}
