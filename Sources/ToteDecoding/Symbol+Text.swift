public import ToteValues

extension Symbol {
    /// The bytes as text, made by Tote and not by zbar (DEC-2): UTF-8 if valid, else Shift_JIS if
    /// valid, else ISO 8859-1, which alone a linear code can mean. The bytes stay what counts.
    public var text: String {
        if symbology.isLinear { return latin1 }
        return String(validating: bytes, as: UTF8.self) ?? ShiftJIS.decode(bytes) ?? latin1
    }

    private var latin1: String {
        String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}
