import ToteTerminal
import ToteValues

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Standard output for data, standard error for words (CLI-1).
enum Console {
    /// Writes data and a line end.
    static func data(_ text: String) throws { try TerminalOutput.standard.line(text) }

    static func data(_ value: JSONValue) throws { try data(value.prettyText) }

    /// Writes words and a line end. Lost words are no failure.
    static func words(_ text: String) { try? TerminalOutput.standardError.line(text) }

    /// A question: words without a line end.
    static func prompt(_ text: String) { try? TerminalOutput.standardError.write(text) }

    static var isInteractive: Bool {
        TerminalDevice.isTerminal(STDIN_FILENO) && TerminalDevice.isTerminal(STDERR_FILENO)
    }

    /// Bold and colours of data, where a terminal shows them.
    static var style: TerminalStyle {
        TerminalStyle(
            environment: Environment.ofTerminal,
            isTerminal: TerminalDevice.isTerminal(STDOUT_FILENO))
    }
}
