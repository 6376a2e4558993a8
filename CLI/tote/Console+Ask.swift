/// Questions go to standard error, so that data stays clean; answers come from the terminal.
extension Console {
    /// One line without its end; `nil` at the end of input.
    static func answer(_ question: String) -> String? {
        prompt(question)
        return readLine(strippingNewline: true)
    }

    /// Only `y` or `yes` is a yes.
    static func ask(_ question: String) -> Bool {
        isYes(answer("\(question) [y/N] "))
    }

    static func isYes(_ answer: String?) -> Bool {
        ["y", "yes"].contains(answer?.lowercased())
    }
}
