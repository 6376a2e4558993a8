import ToteTerminal

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How far a list of pictures is, on a terminal's standard error; nothing anywhere else.
struct ScanProgress {
    private var bar: Progress
    private var done = 0

    /// - Parameter total: pictures in all; `nil` when the list comes from a pipe.
    init(total: Int?) {
        bar = Progress(
            title: "Pictures", total: total, isTerminal: TerminalDevice.isTerminal(STDERR_FILENO),
            columns: TerminalDevice.columns(STDERR_FILENO))
    }

    mutating func show() {
        if let text = bar.advance(to: done) { Console.prompt(text) }
    }

    mutating func step() {
        done += 1
        show()
    }

    /// Makes room for other output.
    mutating func hide() {
        let text = bar.hide()
        if !text.isEmpty { Console.prompt(text) }
    }
}
