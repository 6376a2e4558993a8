@preconcurrency import CEditLine
import Dispatch

#if canImport(Glibc)
    @preconcurrency import Glibc
#elseif canImport(Musl)
    @preconcurrency import Musl
#elseif canImport(Darwin)
    @preconcurrency import Darwin
#endif

/// What a line of input was.
public enum LineInput: Hashable, Sendable {
    /// Without its line end.
    case line(String)
    case endOfInput
    /// More than 8,192 bytes; the rest of the line was dropped (VID-7).
    case tooLong
    /// No UTF-8.
    case notText
    /// The system's error number.
    case failed(Int32)
}

/// Reads lines: on a terminal with editing and history by libedit, else plainly from the pipe.
///
/// An actor on a thread of its own: waiting for the keyboard holds no thread of Swift's pool.
/// The history lives as long as the program and is written nowhere.
public actor LineEditor {
    public static let maximumBytes = 8192
    private static let historyLines: Int32 = 500

    private let executor = LineExecutor()
    /// Whether a person edits lines; else they come from a pipe.
    public nonisolated let isInteractive: Bool
    private let saved: termios?
    /// What a person or a scanner typed for the last line, with times; empty for a pipe.
    public private(set) var keystrokes: [Keystroke] = []
    private let timing: KeyboardTiming?
    private var reader: LineReader
    private var isPrepared = false

    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// Reads from standard input, interactively where both ends are a terminal.
    /// - Parameter timing: notes when each key came, for `keystrokes`.
    public init(timing: KeyboardTiming? = nil) {
        let isInteractive =
            TerminalDevice.isTerminal(STDIN_FILENO) && TerminalDevice.isTerminal(STDOUT_FILENO)
        self.init(isInteractive: isInteractive, descriptor: STDIN_FILENO, timing: timing)
    }

    package init(isInteractive: Bool, descriptor: Int32, timing: KeyboardTiming? = nil) {
        self.timing = timing
        var settings = termios()
        saved = tcgetattr(STDIN_FILENO, &settings) == 0 ? settings : nil
        self.isInteractive = isInteractive
        reader = LineReader(descriptor: descriptor, maximumBytes: Self.maximumBytes)
    }

    /// The next line. From a pipe, the prompt is not shown.
    /// - Parameter remember: `false` for what must not stand in the history.
    public func readLine(prompt: String, remember: Bool = true) -> LineInput {
        guard isInteractive else { return reader.next() }
        if !isPrepared {
            isPrepared = true
            if let timing { Keyboard.listen(timing) }
            // Only characters, not numbers or dates: libedit drops what its locale cannot show.
            if setlocale(LC_CTYPE, "C.UTF-8") == nil { setlocale(LC_CTYPE, "") }
            using_history()
            stifle_history(Self.historyLines)
        }
        _ = Keyboard.takeLine()
        guard let typed = readline(prompt) else { return .endOfInput }
        defer { free(typed) }
        keystrokes = Keyboard.takeLine()
        let bytes = UnsafeBufferPointer(start: typed, count: strlen(typed)).map {
            UInt8(bitPattern: $0)
        }
        guard bytes.count <= Self.maximumBytes else { return .tooLong }
        guard let text = String(validating: bytes, as: UTF8.self) else { return .notText }
        if remember, !text.isEmpty { add_history(typed) }
        return .line(text)
    }

    /// Puts the terminal back as it was found, for the way out by a signal.
    public nonisolated func restoreTerminal() {
        guard var settings = saved else { return }
        tcsetattr(STDIN_FILENO, TCSANOW, &settings)
    }
}

/// Runs an actor's jobs one after the other on a queue of its own.
private final class LineExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "tote.line-editor")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedSerialExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }
}
