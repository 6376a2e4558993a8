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

    static func left(_ text: String, _ columns: Int) -> String {
        VisibleText.fitted(text, columns: columns)
    }

    static func right(_ text: String, _ columns: Int) -> String {
        VisibleText.fitted(text, columns: columns, alignment: .right)
    }
}
