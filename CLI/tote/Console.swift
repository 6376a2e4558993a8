import ToteTerminal
import ToteValues

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What was to be printed did not arrive.
struct OutputLost: Error {
    /// `EPIPE`: the reader went away.
    let systemError: Int32
}

/// Standard output for data, standard error for words (CLI-1).
enum Console {
    /// Writes data and a line end.
    static func data(_ text: String) throws { try write(text + "\n", to: STDOUT_FILENO) }

    static func data(_ value: JSONValue) throws { try data(value.prettyText) }

    /// Writes words and a line end. Lost words are no failure.
    static func words(_ text: String) { try? write(text + "\n", to: STDERR_FILENO) }

    /// A question: words without a line end.
    static func prompt(_ text: String) { try? write(text, to: STDERR_FILENO) }

    static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    private static func write(_ text: String, to descriptor: Int32) throws(OutputLost) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: buffer[sent...]))
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw OutputLost(systemError: errno) }
            sent += count
        }
    }
}
