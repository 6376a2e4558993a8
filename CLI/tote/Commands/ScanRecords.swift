import ToteValues

/// JSON of one record after the other, each on a line of its own as soon as it is made, so that
/// ten thousand pictures take no memory and a reader need not wait for the last.
struct ScanRecords {
    enum Form {
        /// One JSON array, an element a line.
        case array
        /// JSON Lines: a value a line, no brackets.
        case lines
    }

    private let form: Form
    private var isEmpty = true

    init(_ form: Form) { self.form = form }

    mutating func write(_ record: JSONValue) throws {
        let text = record.canonicalText
        switch form {
        case .lines: try Console.data(text)
        // The line end comes at once, so the comma must begin the next line.
        case .array: try Console.data((isEmpty ? "[" : ",") + text)
        }
        isEmpty = false
    }

    func finish() throws {
        guard form == .array else { return }
        try Console.data(isEmpty ? "[]" : "]")
    }
}
