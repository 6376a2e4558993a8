#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why output was lost.
public enum OutputError: Error, Hashable, Sendable {
    /// The reader went away: `tote … | head`.
    case closedPipe
    /// The system's error number: disk full, bad descriptor.
    case failed(Int32)

    /// 141 as a shell reports SIGPIPE, 74 for a failed write.
    public var exitCode: Int32 {
        switch self {
        case .closedPipe: 141
        case .failed: 74
        }
    }

    public var message: String {
        switch self {
        case .closedPipe: "The output was closed."
        case .failed(let number): "The output could not be written (system error \(number))."
        }
    }
}

/// Output that notices what becomes of it. Unbuffered: a line is out when `write` returns.
public struct TerminalOutput: Hashable, Sendable {
    public let descriptor: Int32

    public static let standard = TerminalOutput(descriptor: STDOUT_FILENO)
    public static let standardError = TerminalOutput(descriptor: STDERR_FILENO)

    public init(descriptor: Int32) { self.descriptor = descriptor }

    /// Turns SIGPIPE into the error `closedPipe`, so that a cart is put away before the end.
    /// Once, at the start of a program.
    public static func ignoreClosedPipes() { signal(SIGPIPE, SIG_IGN) }

    /// Everything, or an error.
    /// - Throws: `closedPipe`, `failed`.
    public func write(_ text: String) throws(OutputError) { try write(bytes: Array(text.utf8)) }

    /// The text and a line end.
    /// - Throws: `closedPipe`, `failed`.
    public func line(_ text: String = "") throws(OutputError) { try write(text + "\n") }

    /// - Throws: `closedPipe`, `failed`.
    public func write(bytes: [UInt8]) throws(OutputError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let (count, number) = rest.withUnsafeBytes { buffer -> (Int, Int32) in
                let count = systemWrite(descriptor, buffer.baseAddress, buffer.count)
                return (count, count < 0 ? errno : 0)
            }
            switch (count, number) {
            case (_, EPIPE): throw .closedPipe
            case (_, EINTR): continue
            case (_, EAGAIN): waitUntilWritable()
            case (..<0, _): throw .failed(number)
            default: rest = rest.dropFirst(count)
            }
        }
    }

    /// A terminal or pipe that another program made non-blocking.
    private func waitUntilWritable() {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&request, 1, 1000)
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
