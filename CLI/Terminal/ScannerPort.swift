#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A barcode scanner on a serial line (`/dev/ttyACM0`), or a pipe that stands for one. The line is
/// set to give bytes as they come; its speed stays as `stty` set it.
public final class ScannerPort {
    public enum Failure: Error, Hashable, Sendable {
        /// Nothing has that name, or it may not be read; the system's error number.
        case missing(Int32)
        /// A file or folder.
        case notADevice
    }

    public enum Reading: Hashable, Sendable {
        case bytes([UInt8])
        /// Nothing came in time.
        case nothing
        /// The other end of the pipe is closed, or the scanner was unplugged.
        case end
    }

    private static let waitMilliseconds: Int32 = 250

    private let descriptor: Int32
    private let saved: termios?

    /// - Parameter path: `-` is standard input.
    public init(path: String) throws(Failure) {
        guard path != "-" else {
            descriptor = STDIN_FILENO
            saved = nil
            return
        }
        let opened = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard opened >= 0 else { throw .missing(errno) }
        var status = stat()
        let isPipe = fstat(opened, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
        guard isPipe || TerminalDevice.isTerminal(opened) else {
            close(opened)
            throw .notADevice
        }
        descriptor = opened
        saved = Self.makeRaw(opened)
    }

    deinit {
        guard descriptor != STDIN_FILENO else { return }
        if var settings = saved { tcsetattr(descriptor, TCSANOW, &settings) }
        close(descriptor)
    }

    /// Waits for bytes, a quarter of a second at the most.
    public func next() -> Reading {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, Self.waitMilliseconds) > 0 else { return .nothing }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &bytes, bytes.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return .nothing }
        return count > 0 ? .bytes(Array(bytes.prefix(count))) : .end
    }

    /// No echo, no signals, no line editing: what a scanner sends is data. `nil` for a pipe.
    private static func makeRaw(_ descriptor: Int32) -> termios? {
        var settings = termios()
        guard tcgetattr(descriptor, &settings) == 0 else { return nil }
        let saved = settings
        cfmakeraw(&settings)
        tcsetattr(descriptor, TCSANOW, &settings)
        return saved
    }
}
