/// Bold and colours, or nothing at all: with `NO_COLOR` (no-color.org), on a dumb terminal, and
/// where the output is no terminal. Colour never carries a meaning of its own.
public struct TerminalStyle: Hashable, Sendable {
    public let isStyled: Bool

    public init(environment: [String: String], isTerminal: Bool) {
        let refuses = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        let term = environment["TERM"] ?? ""
        isStyled = isTerminal && !refuses && term != "dumb" && !term.isEmpty
    }

    public func bold(_ text: String) -> String { styled(text, 1) }
    public func dim(_ text: String) -> String { styled(text, 2) }
    public func red(_ text: String) -> String { styled(text, 31) }
    public func green(_ text: String) -> String { styled(text, 32) }
    public func yellow(_ text: String) -> String { styled(text, 33) }

    private func styled(_ text: String, _ code: Int) -> String {
        isStyled ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
