import ToteValues

/// One record of an RFC 4180 file and the line it begins on, one-based.
struct CSVRecord: Hashable {
    let line: Int
    let fields: [String]
}

/// Reads RFC 4180: comma, fields in double quotes with `""` for a quote, CRLF or LF. Strict where
/// a lax reader would guess: a quote inside a bare field, text after a closing quote, an open
/// quote at the end. A byte order mark in front is what spreadsheets write, and is skipped.
struct CSVRecords {
    private let bytes: [UInt8]
    private var position: Int
    private var line = 1

    /// - Throws: `csv` with the line.
    static func read(_ bytes: [UInt8]) throws(CatalogueError) -> [CSVRecord] {
        var reader = CSVRecords(bytes: bytes)
        var records: [CSVRecord] = []
        while reader.position < bytes.count {
            let record = try reader.record()
            if record.fields != [""] { records.append(record) }
        }
        return records
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    private mutating func record() throws(CatalogueError) -> CSVRecord {
        let start = line
        var fields = [try field()]
        while take(0x2C) { fields.append(try field()) }
        _ = take(0x0D)
        guard take(0x0A) || position == bytes.count else {
            throw failure("text after a closing quote")
        }
        line += 1
        return CSVRecord(line: start, fields: fields)
    }

    private mutating func field() throws(CatalogueError) -> String {
        take(0x22) ? try quoted() : try bare()
    }

    private mutating func bare() throws(CatalogueError) -> String {
        let start = position
        while let byte = peek, byte != 0x2C, byte != 0x0A, byte != 0x0D {
            if byte == 0x22 { throw failure("a quote inside a field without quotes") }
            position += 1
        }
        return try text(Array(bytes[start..<position]))
    }

    private mutating func quoted() throws(CatalogueError) -> String {
        var content: [UInt8] = []
        while let byte = peek {
            position += 1
            if byte == 0x0A { line += 1 }
            if byte != 0x22 {
                content.append(byte)
            } else if take(0x22) {
                content.append(0x22)
            } else {
                return try text(content)
            }
        }
        throw failure("a quoted field without an end")
    }

    private func text(_ content: [UInt8]) throws(CatalogueError) -> String {
        guard let text = String(validating: content, as: UTF8.self) else {
            throw failure("the text is not UTF-8")
        }
        return text
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private func failure(_ message: String) -> CatalogueError {
        CatalogueError(.csv, "line \(line): \(message)", line: line)
    }
}
