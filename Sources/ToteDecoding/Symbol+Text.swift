public import ToteValues

extension Symbol {
    /// The bytes as text, made by Tote and not by zbar (DEC-2): UTF-8 if valid, else Shift_JIS if
    /// valid, else ISO 8859-1, which alone a linear code can mean. The bytes stay what counts.
    public var text: String { bytes.text(of: symbology) }
}

extension Candidate {
    /// The bytes as text, as with `Symbol.text`.
    public var text: String { bytes.text(of: symbology) }
}

extension [UInt8] {
    fileprivate func text(of symbology: Symbology) -> String {
        if symbology.isLinear { return latin1 }
        return String(validating: self, as: UTF8.self) ?? ShiftJIS.decode(self) ?? latin1
    }

    private var latin1: String {
        String(String.UnicodeScalarView(map { Unicode.Scalar($0) }))
    }
}
