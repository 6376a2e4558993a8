#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One process per file (SYNC-23, BAD-015): an advisory `flock` on a lock file beside it. The
/// system lets go of it when the process dies in whatever way, so no stale lock can remain.
public final class FileLock: Sendable {
    public let path: String
    private let descriptor: Int32

    private init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    /// Takes the lock at once or not at all; it is held until the value is released.
    /// - Throws: `busy` when it is held elsewhere, also by this process; `cannotOpen`, `readOnly`,
    ///   `unsafeMode` (a symbolic link) when there is no way to it.
    public static func acquire(path: String) throws(StorageError) -> FileLock {
        var descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        if descriptor < 0, takesNoFile(errno) { descriptor = withoutWriting(path) }
        guard descriptor >= 0 else { throw FileSystem.failure(path, "cannot be opened") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let failure = FileSystem.failure(path, "is in use")
            close(descriptor)
            throw failure
        }
        return FileLock(path: path, descriptor: descriptor)
    }

    private static func takesNoFile(_ number: Int32) -> Bool {
        [EROFS, EACCES, EPERM, ENOSPC, EDQUOT].contains(number)
    }

    /// Who only reads needs the lock too. Where there is no lock file, and none can be made, the
    /// folder stands for it.
    private static func withoutWriting(_ path: String) -> Int32 {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor < 0, errno == ENOENT else { return descriptor }
        return open(FileSystem.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }

    deinit { close(descriptor) }
}
