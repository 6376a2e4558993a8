/// Columns of text aligned for a terminal. Cells are escaped; amounts go into a right-aligned
/// column, where equal decimals put the points under each other.
public struct Table: Sendable {
    public struct Column: Sendable {
        public let title: String
        public let alignment: VisibleText.Alignment
        /// Gives way when the table is wider than the terminal.
        public let isFlexible: Bool

        public init(
            _ title: String, alignment: VisibleText.Alignment = .left, isFlexible: Bool = false
        ) {
            self.title = title
            self.alignment = alignment
            self.isFlexible = isFlexible
        }
    }

    private enum Row {
        case cells([String])
        case rule
    }

    private static let gap = "  "
    private static let leastFlexible = 6

    private let columns: [Column]
    private var rows: [Row] = []

    public init(columns: [Column]) { self.columns = columns }

    /// Missing cells are empty, surplus ones are dropped.
    public mutating func add(_ cells: [String]) {
        let missing = max(0, columns.count - cells.count)
        rows.append(
            .cells(Array((cells + Array(repeating: "", count: missing)).prefix(columns.count))))
    }

    /// A line across all columns.
    public mutating func addRule() { rows.append(.rule) }

    /// The table in at most so many columns; without titles when all are empty.
    public func lines(columns available: Int = 80) -> [String] {
        let widths = widths(available)
        let total = widths.reduce(0, +) + Self.gap.count * max(0, widths.count - 1)
        var lines: [String] = []
        if columns.contains(where: { !$0.title.isEmpty }) {
            lines.append(line(columns.map(\.title), widths))
        }
        for row in rows {
            switch row {
            case .cells(let cells): lines.append(line(cells, widths))
            case .rule: lines.append(String(repeating: "─", count: total))
            }
        }
        return lines
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var text = ""
        for (index, cell) in cells.enumerated() {
            if index > 0 { text += Self.gap }
            text += VisibleText.fitted(
                cell, columns: widths[index], alignment: columns[index].alignment)
        }
        while text.last == " " { text.removeLast() }
        return text
    }

    private func widths(_ available: Int) -> [Int] {
        var widths = columns.map { VisibleText.width(VisibleText.escaped($0.title)) }
        for case .cells(let cells) in rows {
            for (index, cell) in cells.enumerated() {
                widths[index] = max(
                    widths[index], VisibleText.width(VisibleText.escaped(cell)))
            }
        }
        var surplus =
            widths.reduce(0, +) + Self.gap.count * max(0, widths.count - 1) - available
        for index in widths.indices where surplus > 0 && columns[index].isFlexible {
            let given = min(surplus, max(0, widths[index] - Self.leastFlexible))
            widths[index] -= given
            surplus -= given
        }
        return widths
    }
}
