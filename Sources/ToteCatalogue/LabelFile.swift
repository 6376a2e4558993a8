package import ToteBarcodes
package import ToteValues

/// Labels as a clerk writes them down for `learn`: a CSV file whose first line names the columns
/// `code`, `value` and, as wanted, `item` and `unit`, or JSON Lines with the same names.
///
///     code,item,value
///     2812346005001,1234,0.500 kg
package struct LabelFile: Hashable, Sendable {
    /// Far more than 64 labels take.
    package static let maximumBytes = 256 * 1024

    package let labels: [LabelledExample]
    /// The line each label stands on, one-based.
    package let lines: [Int]
    /// Of the prices, if there are any.
    package let currency: Currency?

    /// - Throws: `csv` with line and column.
    package init(_ bytes: [UInt8]) throws(CatalogueError) {
        let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        let rows = first == 0x7B ? try Self.jsonRows(bytes) : try Self.csvRows(bytes)
        var labels: [LabelledExample] = []
        var currencies: [Currency] = []
        for row in rows {
            let value = try row.value()
            if let currency = value.currency, currencies.last != currency {
                guard currencies.isEmpty else {
                    throw row.failure("value", "another currency than in the lines before")
                }
                currencies.append(currency)
            }
            labels.append(try row.label(value))
        }
        guard !labels.isEmpty else {
            throw CatalogueError(
                .csv, "the file has no labels", mend: "Write one label a line below the columns.")
        }
        self.labels = labels
        lines = rows.map(\.line)
        currency = currencies.first
    }

    private static func csvRows(_ bytes: [UInt8]) throws(CatalogueError) -> [LabelRow] {
        let records = try CSVRecords.read(bytes)
        guard let header = records.first else { return [] }
        let columns = header.fields.map { $0.trimmed }
        for (index, column) in columns.enumerated() {
            guard LabelRow.columns.contains(column), !columns[..<index].contains(column) else {
                throw CatalogueError(
                    .csv, "line \(header.line): \"\(column.prefix(40))\" is no column, or twice",
                    mend: "Begin with a line of these words: code,item,value", line: header.line)
            }
        }
        for column in ["code", "value"] where !columns.contains(column) {
            throw CatalogueError(
                .csv, "line \(header.line): the column \(column) is missing",
                mend: "Begin with a line of these words: code,item,value", line: header.line,
                column: column)
        }
        return try records.dropFirst().map { (record) throws(CatalogueError) in
            guard record.fields.count == columns.count else {
                throw CatalogueError(
                    .csv,
                    "line \(record.line): \(record.fields.count) fields instead of "
                        + "\(columns.count)",
                    mend: "Put a field with a comma in quotes: \"0,500 kg\"", line: record.line)
            }
            let fields = record.fields.map { $0.trimmed }
            return LabelRow(
                line: record.line, fields: Dictionary(zip(columns, fields)) { first, _ in first })
        }
    }

    private static func jsonRows(_ bytes: [UInt8]) throws(CatalogueError) -> [LabelRow] {
        var rows: [LabelRow] = []
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated()
        where line.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) {
            rows.append(try LabelRow(line: index + 1, json: Array(line)))
        }
        return rows
    }
}

/// One label's texts by column.
private struct LabelRow {
    static let columns = ["code", "item", "value", "unit"]

    let line: Int
    let fields: [String: String]

    init(line: Int, fields: [String: String]) {
        self.line = line
        self.fields = fields
    }

    init(line: Int, json: [UInt8]) throws(CatalogueError) {
        self.line = line
        let object: JSONField
        do throws(StrictJSONError) {
            object = JSONField(try StrictJSON.parse(json))
        } catch {
            throw CatalogueError(
                .csv, "line \(line): no JSON at byte \(error.offset + 1) (\(error.code.rawValue))",
                mend: #"One label a line: {"code":"2812346005001","value":"0.500 kg"}"#, line: line)
        }
        do throws(JSONReadError) {
            var reader = try object.object()
            var fields: [String: String] = [:]
            for column in Self.columns {
                guard let field = reader.optional(column) else { continue }
                // A bare number is what a program writes for a value.
                if column == "value", case .integer(let number) = field.value {
                    fields[column] = String(number)
                } else {
                    fields[column] = try field.string(maxBytes: 200)
                }
            }
            try reader.finish()
            self.fields = fields
        } catch {
            throw CatalogueError(
                .csv, "line \(line): \(error.pointer) is wrong (\(error.code.rawValue))",
                mend: "A label has code, value and, as wanted, item and unit, all texts.",
                line: line)
        }
    }

    func failure(_ column: String, _ message: String, mend: String = "") -> CatalogueError {
        CatalogueError(
            .csv, "line \(line), column \(column): \(message)", mend: mend, line: line,
            column: column)
    }

    func value() throws(CatalogueError) -> LabelValue {
        let text = fields["value"] ?? ""
        let unit = fields["unit"] ?? ""
        let value = unit.isEmpty ? LabelValue(text) : LabelValue(number: text, unit: unit)
        guard let value else {
            throw failure(
                unit.isEmpty ? "value" : "unit",
                "\"\(text.prefix(40))\(unit.isEmpty ? "" : " \(unit.prefix(40))")\" is no weight, "
                    + "price or count",
                mend: "Write it as 0.500 kg, 500 g, 2.39 EUR or 3 pieces.")
        }
        return value
    }

    func label(_ value: LabelValue) throws(CatalogueError) -> LabelledExample {
        let item = fields["item"] ?? ""
        do throws(BarcodeError) {
            return try LabelledExample(
                code: fields["code"] ?? "", item: item.isEmpty ? nil : item, value: value.value,
                unit: value.unit)
        } catch {
            let column = error.code == .priceEmbeddedInvalid ? "value" : "code"
            throw failure(column, error.message, mend: error.mend)
        }
    }
}

extension String {
    /// Without spaces around it.
    fileprivate var trimmed: String {
        let left = drop { $0 == " " }
        var right = left
        while right.last == " " { right = right.dropLast() }
        return String(right)
    }
}
