import ToteBarcodes
import ToteTerminal
import ToteValues

/// Tells the lines of a scanner that types from those of a person, at the prompt of `tote shop`.
struct ShopKeyboard {
    private var scanner = ScannerLine(device: .keyboard)

    /// A keyboard reports at most once a millisecond, and a key going up is a report too: what
    /// comes faster was pasted by a person, or sent by another program.
    private static let shortestGapMilliseconds: Int64 = 1

    static func timing(_ world: World) -> KeyboardTiming {
        KeyboardTiming(clock: world.uptimeMilliseconds) { keystrokes in
            var scanner = ScannerLine(device: .keyboard)
            let events = keystrokes.compactMap { scanner.take($0.byte, at: $0.at) }
            guard case .line(let line)? = events.last else { return false }
            return line.input.source == .scanner
        }
    }

    /// What `line` is, given the keystrokes that made it; none for a line out of a pipe, where
    /// everything is typed.
    mutating func entry(_ line: String, _ keystrokes: [Keystroke]) -> ShopEntry {
        let events = keystrokes.compactMap { scanner.take($0.byte, at: $0.at) }
        // The rest of a line that the editor ended in another way.
        let event = scanner.finish() ?? events.last
        switch event {
        case .line(let read) where isScan(read): return .scanned(read.input)
        case .repeated(let read) where isScan(read): return .sentTwice
        default: return ShopEntry(line)
        }
    }

    private func isScan(_ line: ScannerLine.Line) -> Bool {
        line.input.source == .scanner
            && line.endedAt - line.startedAt
                >= Self.shortestGapMilliseconds * Int64(line.bytes.count)
    }
}
