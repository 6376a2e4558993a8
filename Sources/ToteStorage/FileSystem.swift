#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The few system calls behind durable files. A name is durable only after its folder is synced.
package enum FileSystem {
    package static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// Also tells a file system that takes no writes, to root too.
    package static func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

    /// `nil` when there is no such file.
    package static func byteCount(_ path: String) -> Int64? {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : nil
    }

    /// Tells whether a name still stands for the same file.
    package static func identity(_ path: String) -> FileIdentity? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }

    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes the name disappear; a name that is not there is no error.
    package static func remove(_ path: String) throws(StorageError) {
        if unlink(path) != 0, errno != ENOENT { throw failure(path, "cannot be removed") }
    }

    /// A second name for the same bytes.
    package static func link(_ path: String, as other: String) throws(StorageError) {
        #if canImport(Glibc)
            let result = Glibc.link(path, other)
        #elseif canImport(Musl)
            let result = Musl.link(path, other)
        #else
            let result = Darwin.link(path, other)
        #endif
        if result != 0 { throw failure(other, "cannot be linked") }
    }

    /// Atomic: at any moment `target` is the old file or the whole new one.
    package static func replace(_ target: String, with source: String) throws(StorageError) {
        guard rename(source, target) == 0 else { throw failure(target, "cannot be replaced") }
        try syncFolder(of: target)
    }

    package static func sync(_ path: String) throws(StorageError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, "cannot be opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path, "cannot be synced") }
    }

    package static func syncFolder(of path: String) throws(StorageError) {
        try sync(folder(of: path))
    }

    /// An empty file only its owner may read, if there is none yet. SQLite gives its WAL the
    /// same mode.
    package static func createIfAbsent(_ path: String) throws(StorageError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
        } else if errno != EEXIST {
            throw failure(path, "cannot be created")
        }
    }

    /// Reads `errno`, so it must be called right after the failing system call.
    static func failure(_ path: String, _ what: String) -> StorageError {
        let number = errno
        let code: StorageError.Code =
            switch number {
            case ENOSPC, EDQUOT: .full
            case EROFS, EACCES, EPERM: .readOnly
            case EIO: .ioError
            case ELOOP: .unsafeMode
            case EWOULDBLOCK: .busy
            default: .cannotOpen
            }
        return StorageError(
            code, path: path, message: "\(what): \(String(cString: strerror(number)))")
    }
}

/// A file, whatever its name.
package struct FileIdentity: Hashable, Sendable {
    package let device: UInt64
    package let inode: UInt64
}
