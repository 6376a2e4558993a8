import ToteTerminal

/// A QR code for this terminal.
enum QRText {
    /// `nil` for a text that fits no QR code.
    static func halfBlocks(_ text: String) -> String? {
        guard let symbol = try? QRSymbol(text: text) else { return nil }
        let background = TerminalDevice.background(environment: Environment.ofTerminal)
        return TerminalQR.rows(symbol, background: background).joined(separator: "\n")
    }
}
