import Tote
import ToteTerminal

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that a command makes for the shopper (CLI-1): never over an existing one unless told,
/// never through a symbolic link.
enum OutputFile {
    static func write(_ bytes: [UInt8], to path: String, overwrite: Bool) throws(TripError) {
        let mode = overwrite ? O_TRUNC : O_EXCL
        let file = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | mode, 0o600)
        guard file >= 0 else { throw cannotCreate(path, exists: errno == EEXIST) }
        defer { close(file) }
        guard (try? TerminalOutput(descriptor: file).write(bytes: bytes)) != nil, fsync(file) == 0
        else {
            throw TripError(
                code: "writeFailed", kind: .io, message: "'\(path)' could not be written.",
                mend: "Check the space left on that disk.")
        }
    }

    private static func cannotCreate(_ path: String, exists: Bool) -> TripError {
        TripError(
            code: exists ? "fileExists" : "cannotCreate", kind: .cannotCreate,
            message: exists ? "'\(path)' is there already." : "'\(path)' cannot be created.",
            mend: exists
                ? "Name another file, or add --force." : "Name a file in a folder of yours.")
    }
}
