import ToteBarcodes
public import ToteValues

/// Articles and prices from a spreadsheet's CSV (RFC 4180). The first line names the columns, in
/// any order: `codes name unit price tax` must be there; `sku memberPrice deposit categories
/// brand minimumAge flags grossWeightGrams` may. Nothing is guessed: any doubt is an error that
/// names line and column, and then nothing at all is imported.
///
/// | column | form |
/// |---|---|
/// | `codes` | GTINs of 8, 12, 13 or 14 digits, `plu:4011`, `de-28/1234`, with spaces between |
/// | `sku` | empty: from the first code |
/// | `unit` | `piece` or `kg` |
/// | `price`, `memberPrice`, `deposit` | `1.99`; an empty `price` is no price |
/// | `categories` | separated by spaces |
/// | `flags` | of `noDiscount snap stopped`, separated by spaces |
public enum CatalogueCSV {
    public static let columns = [
        "sku", "codes", "name", "unit", "price", "memberPrice", "tax", "deposit", "categories",
        "brand", "minimumAge", "flags", "grossWeightGrams",
    ]
    public static let requiredColumns = ["codes", "name", "unit", "price", "tax"]
    /// Identifiers of the two price lists an import makes.
    public static let shelfList = "shelf", memberList = "member"

    /// - Throws: `csv` with line and column.
    public static func products(
        from bytes: [UInt8], currency: Currency
    ) throws(CatalogueError) -> (products: [Product], entries: [PriceEntry]) {
        let records = try CSVRecords.read(bytes)
        guard let header = records.first else {
            throw CatalogueError(.csv, "the file is empty", line: 1)
        }
        try check(header)
        var products: [Product] = []
        var entries: [PriceEntry] = []
        var seen = SeenNames()
        for record in records.dropFirst() {
            let row = try CSVRow(record, header: header.fields, currency: currency)
            let product = try row.product()
            try seen.add(product, row: row)
            products.append(product)
            entries += try row.entries(sku: product.sku)
        }
        return (products, entries)
    }

    private static func check(_ header: CSVRecord) throws(CatalogueError) {
        func failure(_ message: String, _ column: String) -> CatalogueError {
            CatalogueError(
                .csv, "line \(header.line): \(message) \(column)",
                mend: "The columns are: " + columns.joined(separator: ", "), line: header.line,
                column: column)
        }
        for (index, name) in header.fields.enumerated() {
            guard columns.contains(name) else { throw failure("unknown column", name) }
            guard header.fields.firstIndex(of: name) == index else {
                throw failure("two columns", name)
            }
        }
        for name in requiredColumns where !header.fields.contains(name) {
            throw failure("there is no column", name)
        }
    }
}

/// Two articles may share a PLU (PLU-2), but no SKU and no other code.
private struct SeenNames {
    private var skus: [String: Int] = [:]
    private var codes: [String: Int] = [:]

    mutating func add(_ product: Product, row: CSVRow) throws(CatalogueError) {
        if let line = skus.updateValue(row.line, forKey: product.sku) {
            throw row.failure("sku", "\(product.sku) is already on line \(line)")
        }
        for code in product.codes where !code.hasPrefix("plu:") {
            if let line = codes.updateValue(row.line, forKey: code) {
                throw row.failure("codes", "\(code) is already on line \(line)")
            }
        }
    }
}
