import ToteTerminal

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Short names for cells of a row.
enum Columns {
    /// Of a cart or an offer, with two for a mark; narrower where the terminal is.
    static let widest = 72
    private static let narrowest = 30

    static var ofRows: Int {
        guard TerminalDevice.isTerminal(STDOUT_FILENO) else { return widest }
        return min(widest, max(narrowest, TerminalDevice.columns(STDOUT_FILENO) - 1))
    }

    /// Words behind a label, broken at spaces so that they stay beside it. A word that is longer
    /// than a row has one of its own.
    static func folded(_ words: String, after label: String, columns: Int) -> String {
        let indent = VisibleText.width(label)
        var rows = [label]
        var used = indent
        for word in words.split(separator: " ", omittingEmptySubsequences: false) {
            let width = VisibleText.width(String(word))
            if used > indent, used + width > columns {
                rows.append(String(repeating: " ", count: indent))
                used = indent
            }
            rows[rows.count - 1] += word + " "
            used += width + 1
        }
        return rows.map { row in
            String(row.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }

    static func left(_ text: String, _ columns: Int) -> String {
        VisibleText.fitted(text, columns: columns)
    }

    static func right(_ text: String, _ columns: Int) -> String {
        VisibleText.fitted(text, columns: columns, alignment: .right)
    }
}
