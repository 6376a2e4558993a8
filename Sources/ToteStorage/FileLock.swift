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
    /// - Throws: `busy` when it is held elsewhere, also by this process; `readOnly`,
    ///   `cannotOpen`, `unsafeMode` (a symbolic link) when the lock file cannot be made.
    public static func acquire(path: String) throws(StorageError) -> FileLock {
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileSystem.failure(path, "cannot be opened") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let failure = FileSystem.failure(path, "is in use")
            close(descriptor)
            throw failure
        }
        return FileLock(path: path, descriptor: descriptor)
    }

    deinit { close(descriptor) }
}
