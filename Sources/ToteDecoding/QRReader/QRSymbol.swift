// From modules to content (ISO/IEC 18004 clause 12).

struct QRSymbol: Sendable {
    let content: QRContent
    let version: QRVersion
    let format: QRFormat
    /// Codewords that were wrong.
    let corrected: Int

    /// `nil` unless every block is right after correction and the content makes sense.
    init?(_ matrix: QRMatrix, _ patterns: QRPatterns) {
        guard matrix.dimension == patterns.version.dimension else { return nil }
        for format in QRFormat.candidates(in: matrix) {
            let codewords = QRCodewords(matrix, patterns, format)
            let correction = patterns.version.correction(format.level)
            guard let data = codewords.corrected(by: correction),
                let content = QRContent(data.bytes, patterns.version)
            else { continue }
            self.content = content
            self.version = patterns.version
            self.format = format
            self.corrected = data.errors
            return
        }
        return nil
    }
}
