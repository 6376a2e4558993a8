import ToteTerminal

/// Short names for cells of a row.
enum Columns {
    static func left(_ text: String, _ columns: Int) -> String {
        VisibleText.fitted(text, columns: columns)
    }

    static func right(_ text: String, _ columns: Int) -> String {
        VisibleText.fitted(text, columns: columns, alignment: .right)
    }
}
