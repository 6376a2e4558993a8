// What was typed and when, beside libedit's own idea of the line: a scanner that types is told from
// a person by its speed (VID-8). libedit asks `readKeystroke` for each character, which is a plain
// C function, so what it notes stands in one place for the one keyboard a process has.

@preconcurrency import CEditLine
import Synchronization

#if canImport(Glibc)
    @preconcurrency import Glibc
#elseif canImport(Musl)
    @preconcurrency import Musl
#elseif canImport(Darwin)
    @preconcurrency import Darwin
#endif

/// One byte from the keyboard.
public struct Keystroke: Hashable, Sendable {
    public let byte: UInt8
    /// Milliseconds of a clock that only grows.
    public let at: Int64

    public init(byte: UInt8, at: Int64) {
        self.byte = byte
        self.at = at
    }
}

/// How the keyboard is listened to.
public struct KeyboardTiming: Sendable {
    /// Milliseconds of a clock that only grows.
    public var clock: @Sendable () -> Int64
    /// Whether a TAB after these keystrokes ends the line, as some scanners send it; else it
    /// completes file names.
    public var tabEndsLine: @Sendable ([Keystroke]) -> Bool

    public init(
        clock: @escaping @Sendable () -> Int64,
        tabEndsLine: @escaping @Sendable ([Keystroke]) -> Bool
    ) {
        self.clock = clock
        self.tabEndsLine = tabEndsLine
    }
}

enum Keyboard {
    private struct State {
        var timing: KeyboardTiming?
        var line: [Keystroke] = []
    }

    /// More than any line has; a stuck key takes no memory.
    private static let mostKeystrokes = 16384
    private static let state = Mutex(State())

    /// From now on libedit reads through us.
    static func listen(_ timing: KeyboardTiming) {
        state.withLock { $0.timing = timing }
        rl_getc_function = readKeystroke
    }

    /// Keystrokes of the line that was read last; none left afterwards.
    static func takeLine() -> [Keystroke] {
        state.withLock { state in
            defer { state.line = [] }
            return state.line
        }
    }

    /// The character that `byte` stands for: itself, but for a TAB that ends a line.
    static func note(_ byte: UInt8) -> UInt8 {
        state.withLock { state in
            guard let timing = state.timing else { return byte }
            if state.line.count < mostKeystrokes {
                state.line.append(Keystroke(byte: byte, at: timing.clock()))
            }
            return byte == 0x09 && timing.tabEndsLine(state.line) ? 0x0A : byte
        }
    }

    /// `nil` at the end of input.
    static func nextByte() -> UInt8? {
        var byte: UInt8 = 0
        while true {
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                var request = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
                _ = poll(&request, 1, 1000)
                continue
            }
            return count == 1 ? byte : nil
        }
    }
}

/// The next character as a code point, -1 at the end: what libedit wants of `rl_getc_function`.
private func readKeystroke(_: UnsafeMutablePointer<FILE>?) -> Int32 {
    guard let first = Keyboard.nextByte() else { return -1 }
    let noted = Keyboard.note(first)
    let length = UTF8Length.of(noted)
    guard length > 1 else { return Int32(noted) }
    var bytes = [noted]
    while bytes.count < length, let byte = Keyboard.nextByte() {
        bytes.append(Keyboard.note(byte))
    }
    // What is no UTF-8 shows as a question mark in a diamond and is no code of anything.
    let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
    return Int32(bitPattern: scalars.first?.value ?? 0xFFFD)
}

enum UTF8Length {
    /// Bytes of the character that begins so (RFC 3629); 1 for what begins none.
    static func of(_ first: UInt8) -> Int {
        switch first {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }
}
