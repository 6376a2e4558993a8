/// A bar for work that takes long, for a terminal's standard error; a count where the end is not
/// known. It only makes text: nothing on anything but a terminal, and nothing new until the shown
/// number changes, so that a million steps cost a hundred writes.
public struct Progress: Sendable {
    private let title: String
    private let total: Int?
    private let isTerminal: Bool
    private let columns: Int
    private var shown = -1

    /// - Parameter total: steps in all; `nil` when nobody knows, as with names from a pipe.
    public init(title: String, total: Int?, isTerminal: Bool, columns: Int) {
        self.title = title
        self.total = total.map { max(1, $0) }
        self.isTerminal = isTerminal
        self.columns = columns
    }

    /// Text to write, or `nil` when there is nothing new to see.
    public mutating func advance(to done: Int) -> String? {
        guard isTerminal else { return nil }
        let number = total.map { min(100, max(0, Int(Int128(done) * 100 / Int128($0)))) } ?? done
        guard number != shown else { return nil }
        shown = number
        let name = VisibleText.truncated(VisibleText.escaped(title), columns: columns / 2)
        return total == nil ? "\r\(name) \(number)" : bar(name, percent: number)
    }

    private func bar(_ name: String, percent: Int) -> String {
        let number = VisibleText.fitted("\(percent) %", columns: 5, alignment: .right)
        let room = columns - VisibleText.width(name) - number.count - 5
        guard room >= 4 else { return "\r\(name) \(number)" }
        let filled = room * percent / 100
        let bar =
            String(repeating: "█", count: filled)
            + String(repeating: "░", count: room - filled)
        return "\r\(name) [\(bar)] \(number)"
    }

    /// Text that removes the bar, so that something else can be written; the next `advance` shows
    /// it again.
    public mutating func hide() -> String {
        defer { shown = -1 }
        return finished()
    }

    /// Text that removes the bar again.
    public func finished() -> String {
        isTerminal && shown >= 0 ? "\r\u{1B}[K" : ""
    }
}
