// Comma-separated values with quoted fields that may hold commas, line ends and doubled quotes
// (RFC 4180). One pass over the bytes.

package struct CSVReader {
    /// Rows of fields, the header row among them; an empty line is no row.
    package static func rows(of bytes: [UInt8]) -> [[String]] {
        var reader = CSVReader()
        for byte in bytes { reader.take(byte) }
        if !reader.row.isEmpty || !reader.field.isEmpty { reader.endRow() }
        return reader.rows
    }

    private var rows: [[String]] = []
    private var row: [String] = []
    private var field: [UInt8] = []
    private var isQuoted = false
    private var wasQuote = false

    private mutating func take(_ byte: UInt8) {
        if isQuoted, !wasQuote {
            if byte == UInt8(ascii: "\"") { wasQuote = true } else { field.append(byte) }
            return
        }
        if wasQuote, byte == UInt8(ascii: "\"") {
            field.append(byte)
            wasQuote = false
            return
        }
        if wasQuote {
            isQuoted = false
            wasQuote = false
        }
        switch byte {
        case UInt8(ascii: "\""): isQuoted = true
        case UInt8(ascii: ","): endField()
        case UInt8(ascii: "\n"): if !row.isEmpty || !field.isEmpty { endRow() }
        case UInt8(ascii: "\r"): break
        default: field.append(byte)
        }
    }

    private mutating func endField() {
        row.append(String(decoding: field, as: UTF8.self))
        field = []
    }

    private mutating func endRow() {
        endField()
        rows.append(row)
        row = []
    }
}
