/// A bar for work that takes long, for a terminal's standard error. It only makes text: nothing
/// on anything but a terminal, and nothing new until the shown number changes, so that a million
/// steps cost a hundred writes.
public struct Progress: Sendable {
    private let title: String
    private let total: Int
    private let isTerminal: Bool
    private let columns: Int
    private var shown = -1

    public init(title: String, total: Int, isTerminal: Bool, columns: Int) {
        self.title = title
        self.total = max(1, total)
        self.isTerminal = isTerminal
        self.columns = columns
    }

    /// Text to write, or `nil` when there is nothing new to see.
    public mutating func advance(to done: Int) -> String? {
        let percent = min(100, max(0, Int(Int128(done) * 100 / Int128(total))))
        guard isTerminal, percent != shown else { return nil }
        shown = percent
        let number = VisibleText.fitted("\(percent) %", columns: 5, alignment: .right)
        let name = VisibleText.truncated(VisibleText.escaped(title), columns: columns / 2)
        let room = columns - VisibleText.width(name) - number.count - 5
        guard room >= 4 else { return "\r\(name) \(number)" }
        let filled = room * percent / 100
        let bar =
            String(repeating: "█", count: filled)
            + String(repeating: "░", count: room - filled)
        return "\r\(name) [\(bar)] \(number)"
    }

    /// Text that removes the bar again.
    public func finished() -> String {
        isTerminal && shown >= 0 ? "\r\u{1B}[K" : ""
    }
}
