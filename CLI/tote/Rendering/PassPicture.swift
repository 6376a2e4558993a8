import Tote
import ToteTerminal

/// The pass as a picture file for a phone or a printer: 8 pixels a module, PNG.
enum PassPicture {
    private static let pixelsPerModule = 8

    static func write(_ pass: ExitPassView, to path: String, overwrite: Bool) throws(TripError) {
        guard let symbol = try? QRSymbol(text: pass.text) else {
            throw TripError(
                code: "codeTooLong", kind: .data, message: "The pass does not fit a QR code.",
                mend: "Show it as text: tote exit --text.")
        }
        try OutputFile.write(
            BlackWhitePNG.encode(rows(symbol)), to: path, overwrite: overwrite)
    }

    private static func rows(_ symbol: QRSymbol) -> [[Bool]] {
        let side = (symbol.side + 2 * TerminalQR.quietZone) * pixelsPerModule
        return (0..<side).map { y in
            (0..<side).map { x in
                symbol.isDark(
                    x: x / pixelsPerModule - TerminalQR.quietZone,
                    y: y / pixelsPerModule - TerminalQR.quietZone)
            }
        }
    }
}
