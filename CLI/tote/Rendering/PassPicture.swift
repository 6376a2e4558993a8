import Tote
import ToteTerminal

/// The pass as a picture file for a phone or a printer: 8 pixels a module, PNG.
enum PassPicture {
    private static let pixelsPerModule = 8
    private static let quietZone = 4

    static func write(_ pass: ExitPassView, to path: String, overwrite: Bool) throws(TripError) {
        guard let modules = QRText.modules(pass.text) else {
            throw TripError(
                code: "codeTooLong", kind: .data, message: "The pass does not fit a QR code.",
                mend: "Show it as text: tote exit --text.")
        }
        try OutputFile.write(GreyPNG.encode(enlarged(modules)), to: path, overwrite: overwrite)
    }

    private static func enlarged(_ modules: [[Bool]]) -> [[Bool]] {
        let margin = [Bool](repeating: false, count: quietZone)
        let blank = [Bool](repeating: false, count: modules.count + 2 * quietZone)
        let framed =
            Array(repeating: blank, count: quietZone) + modules.map { margin + $0 + margin }
            + Array(repeating: blank, count: quietZone)
        return framed.flatMap { row in
            let wide = row.flatMap { [Bool](repeating: $0, count: pixelsPerModule) }
            return Array(repeating: wide, count: pixelsPerModule)
        }
    }
}
