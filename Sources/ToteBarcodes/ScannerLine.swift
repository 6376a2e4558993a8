// From the bytes of a scanner to scan inputs (VID-7, VID-8). A scanner is a serial device, or a
// keyboard that shares its line with a person: then speed tells them apart. Bytes and times in,
// events out; nothing is kept but the line that is being sent and the last one.

import ToteValues

/// Reads lines as a scanner sends them. Pure: the caller brings bytes and times. One for each
/// device.
public struct ScannerLine: Sendable {
    /// What sends the bytes.
    public enum Device: Sendable {
        /// Scanner or person: a scanner is faster than any person.
        case keyboard
        /// Nothing but a scanner.
        case scanner
    }

    /// One line with what it means.
    public struct Line: Hashable, Sendable {
        public let input: ScanInput
        /// As sent, without the end mark.
        public let bytes: [UInt8]
        /// Milliseconds of the caller's clock: first byte and end mark.
        public let startedAt: Int64
        public let endedAt: Int64
    }

    public enum Event: Hashable, Sendable {
        case line(Line)
        /// The same line again at once: the scanner sent it twice, it counts once (VID-8).
        case repeated(Line)
        /// More than 8,192 bytes; the rest of the line is dropped.
        case lineTooLong
    }

    /// A scanner's line has at least so many characters …
    public static let fewestCharacters = 6
    /// … each, and the end mark too, so soon after the one before it, milliseconds. A person does
    /// not keep that up, and presses Enter later after a paste.
    public static let longestGapMilliseconds: Int64 = 50
    /// From the end of a line to the beginning of the same again, milliseconds.
    public static let repeatMilliseconds: Int64 = 150

    private static let groupSeparatorByte: UInt8 = 29

    private let device: Device
    private let groupSeparator: UInt8?
    private var bytes: [UInt8] = []
    private var startedAt: Int64 = 0
    private var lastByteAt: Int64 = 0
    private var isFast = true
    private var isTooLong = false
    private var previous: Line?

    /// - Parameter groupSeparator: the byte that this scanner is set to send for GS, which it
    ///   cannot send itself. Never guessed.
    public init(device: Device, groupSeparator: UInt8? = nil) {
        self.device = device
        self.groupSeparator = groupSeparator
    }

    /// - Parameter milliseconds: of a clock that only grows.
    public mutating func take(_ byte: UInt8, at milliseconds: Int64) -> Event? {
        if bytes.isEmpty, !isTooLong {
            startedAt = milliseconds
        } else {
            let gap = milliseconds.subtractingReportingOverflow(lastByteAt)
            isFast =
                isFast && !gap.overflow
                && (0...Self.longestGapMilliseconds).contains(gap.partialValue)
        }
        lastByteAt = milliseconds
        guard ![0x0D, 0x0A, 0x09].contains(byte) else { return finish() }
        guard !isTooLong else { return nil }
        bytes.append(byte)
        guard bytes.count > ScanInput.maximumBytes else { return nil }
        bytes = []
        isTooLong = true
        return .lineTooLong
    }

    public mutating func take(_ bytes: some Sequence<UInt8>, at milliseconds: Int64) -> [Event] {
        bytes.compactMap { take($0, at: milliseconds) }
    }

    /// An end mark, or the end of input after a line without one. Empty lines are nothing: CR LF is
    /// one end mark, and a second one says nothing.
    public mutating func finish() -> Event? {
        defer {
            bytes = []
            isFast = true
            isTooLong = false
        }
        guard !bytes.isEmpty else { return nil }
        let line = Line(
            input: input, bytes: bytes, startedAt: startedAt, endedAt: lastByteAt)
        defer { previous = line }
        guard line.input.source == .scanner, let previous, previous.bytes == line.bytes else {
            return .line(line)
        }
        let pause = line.startedAt.subtractingReportingOverflow(previous.endedAt)
        let isAgain =
            !pause.overflow && (0...Self.repeatMilliseconds).contains(pause.partialValue)
        return isAgain ? .repeated(line) : .line(line)
    }

    private var input: ScanInput {
        let isScanner =
            device == .scanner || (isFast && bytes.count >= Self.fewestCharacters)
        let source: ScanSource = isScanner ? .scanner : .typed
        guard let aim = SymbologyIdentifier(leading: bytes) else {
            return ScanInput(bytes: separated(bytes), source: source)
        }
        let data = Array(bytes.dropFirst(3))
        return ScanInput(bytes: aim.isGS1 ? separated(data) : data, aim: aim, source: source)
    }

    /// The stand-in is a character like any other where no element string can be.
    private func separated(_ data: [UInt8]) -> [UInt8] {
        guard let groupSeparator else { return data }
        return data.map { $0 == groupSeparator ? Self.groupSeparatorByte : $0 }
    }
}

extension SymbologyIdentifier {
    /// Says that the data are an element string, and nothing else (SYM-2).
    fileprivate var isGS1: Bool { ["]C1", "]e0", "]d2", "]Q3", "]J1"].contains(text) }
}
