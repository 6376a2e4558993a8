// Reads a regular file whole. It is opened without waiting and looked at through its descriptor,
// so that a pipe, a device or a swapped name can neither block nor fool us (PIC-5).

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

enum PictureFile {
    static func read(path: String, limits: PictureLimits) throws(PictureError) -> [UInt8] {
        guard !path.utf8.contains(0) else { throw .unreadable }
        let file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard file >= 0 else { throw openFailure(errno) }
        defer { close(file) }
        let size = try regularSize(file)
        guard size <= limits.fileBytes else { throw .fileTooLarge(bytes: size) }
        return try bytes(of: file, expected: size, limit: limits.fileBytes)
    }

    /// A socket cannot be opened at all; it is no regular file either.
    private static func openFailure(_ code: Int32) -> PictureError {
        code == ENXIO ? .notARegularFile : .unreadable
    }

    private static func regularSize(_ file: Int32) throws(PictureError) -> Int {
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .unreadable }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notARegularFile }
        return Int(status.st_size)
    }

    /// The file may grow or shrink meanwhile: the limit holds for what is read.
    private static func bytes(
        of file: Int32, expected: Int, limit: Int
    ) throws(PictureError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: expected + 1)
        var count = 0
        while true {
            if count == bytes.count { bytes += [UInt8](repeating: 0, count: 1 << 16) }
            let room = bytes.count - count
            let got = bytes.withUnsafeMutableBytes { buffer in
                buffer.baseAddress.map { readSome(file, $0 + count, room) } ?? 0
            }
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw .unreadable }
            if got == 0 { break }
            count += got
            guard count <= limit else { throw .fileTooLarge(bytes: count) }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }
}

/// `read` of the C library; `PictureFile.read` hides that name inside the enum.
private func readSome(_ file: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(file, buffer, count)
}
