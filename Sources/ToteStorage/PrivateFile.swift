#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A small file for keys and tokens that nobody else can read (KEY-2): mode 0600, own user, a
/// regular file and no symbolic link, in a folder nobody else can change.
public enum PrivateFile {
    public static let maxBytes = 1 << 20

    /// Makes the folder, and missing ones above it, with mode 0700, so that a power cut leaves
    /// them there. An existing one is kept.
    /// - Throws: `readOnly`, `full`, `cannotOpen`.
    public static func makeFolder(_ path: String) throws(StorageError) {
        if FileSystem.exists(path) { return }
        let parent = FileSystem.folder(of: path)
        if parent != path { try makeFolder(parent) }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw FileSystem.failure(path, "cannot be created")
        }
        try FileSystem.sync(parent)
    }

    /// Replaces the file whole: temporary file, fsync, rename, fsync of the folder. After a
    /// crash the old bytes or the new ones are there, never a part.
    /// - Throws: `unsafeMode`, `full`, `readOnly`, `ioError`, `cannotOpen`.
    public static func write(_ bytes: [UInt8], to path: String) throws(StorageError) {
        try checkFolder(of: path)
        var status = stat()
        if lstat(path, &status) == 0 { try check(status, path: path) }
        let temporary = path + ".new"
        try FileSystem.remove(temporary)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = open(temporary, flags, 0o600)
        guard descriptor >= 0 else { throw FileSystem.failure(temporary, "cannot be created") }
        do throws(StorageError) {
            defer { close(descriptor) }
            try writeAll(bytes, to: descriptor, path: temporary)
        } catch {
            try? FileSystem.remove(temporary)
            throw error
        }
        try FileSystem.replace(path, with: temporary)
    }

    /// The bytes, or `nil` if there is no such file.
    /// - Throws: `unsafeMode` for a wide mode, another owner, a symbolic link or no regular file,
    ///   with the mending command; `cannotOpen` above `maxBytes`; `readOnly`, `ioError`.
    public static func read(_ path: String) throws(StorageError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return nil }
        guard descriptor >= 0 else { throw FileSystem.failure(path, "cannot be opened") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw FileSystem.failure(path, "cannot be examined")
        }
        try check(status, path: path)
        try checkFolder(of: path)
        return try readAll(descriptor, path: path)
    }

    private static func check(_ status: stat, path: String) throws(StorageError) {
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw unsafe(path, "is not a regular file", "Remove it and put a regular file there.")
        }
        guard status.st_uid == geteuid() else {
            throw unsafe(path, "belongs to another user", "chown \(geteuid()) '\(path)'")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw unsafe(path, "can be read or changed by others", "chmod 600 '\(path)'")
        }
    }

    private static func checkFolder(of path: String) throws(StorageError) {
        let folder = FileSystem.folder(of: path)
        var status = stat()
        guard stat(folder, &status) == 0 else { throw FileSystem.failure(folder, "is missing") }
        guard status.st_mode & 0o022 == 0 else {
            throw unsafe(folder, "can be changed by others", "chmod 700 '\(folder)'")
        }
    }

    private static func unsafe(_ path: String, _ what: String, _ mend: String) -> StorageError {
        StorageError(.unsafeMode, path: path, message: what, mend: mend)
    }

    private static func writeAll(
        _ bytes: [UInt8], to descriptor: Int32, path: String
    ) throws(StorageError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                #if canImport(Glibc)
                    Glibc.write(descriptor, $0.baseAddress, $0.count)
                #elseif canImport(Musl)
                    Musl.write(descriptor, $0.baseAddress, $0.count)
                #else
                    Darwin.write(descriptor, $0.baseAddress, $0.count)
                #endif
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileSystem.failure(path, "cannot be written") }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw FileSystem.failure(path, "cannot be synced") }
    }

    private static func readAll(
        _ descriptor: Int32, path: String
    ) throws(StorageError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while bytes.count <= maxBytes {
            let count = buffer.withUnsafeMutableBytes {
                #if canImport(Glibc)
                    Glibc.read(descriptor, $0.baseAddress, $0.count)
                #elseif canImport(Musl)
                    Musl.read(descriptor, $0.baseAddress, $0.count)
                #else
                    Darwin.read(descriptor, $0.baseAddress, $0.count)
                #endif
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileSystem.failure(path, "cannot be read") }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
        throw StorageError(.cannotOpen, path: path, message: "is longer than \(maxBytes) bytes")
    }
}
