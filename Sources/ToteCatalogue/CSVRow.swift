import ToteBarcodes
import ToteValues

/// One line of a catalogue file, its fields by column name.
struct CSVRow {
    let line: Int
    private let fields: [String: String]
    private let currency: Currency

    init(_ record: CSVRecord, header: [String], currency: Currency) throws(CatalogueError) {
        line = record.line
        self.currency = currency
        guard record.fields.count == header.count else {
            throw CatalogueError(
                .csv,
                "line \(record.line): \(record.fields.count) fields instead of \(header.count)",
                line: record.line)
        }
        fields = Dictionary(zip(header, record.fields)) { first, _ in first }
    }

    func product() throws(CatalogueError) -> Product {
        let codes = try codes()
        let flags = try flags()
        return Product(
            sku: try sku(codes), name: try filled("name"), codes: codes, unit: try unit(),
            categories: words("categories"), brand: text("brand").isEmpty ? nil : text("brand"),
            taxCategory: try filled("tax"), depositMinor: try amount("deposit") ?? 0,
            minimumAge: try number("minimumAge", 0...99) ?? 0,
            noDiscount: flags.contains("noDiscount"), snapEligible: flags.contains("snap"),
            saleStopped: flags.contains("stopped"),
            grossWeightGrams: try number("grossWeightGrams", 1...999_999))
    }

    func entries(sku: String) throws(CatalogueError) -> [PriceEntry] {
        var entries: [PriceEntry] = []
        if let price = try positive("price") {
            entries.append(PriceEntry(sku: sku, list: CatalogueCSV.shelfList, price: price))
        }
        if let price = try positive("memberPrice") {
            entries.append(
                PriceEntry(
                    sku: sku, list: CatalogueCSV.memberList, price: price, memberOnly: true))
        }
        return entries
    }

    func failure(_ column: String, _ message: String) -> CatalogueError {
        CatalogueError(
            .csv, "line \(line), column \(column): \(message)", line: line, column: column)
    }

    private func text(_ column: String) -> String { fields[column] ?? "" }

    private func words(_ column: String) -> [String] {
        text(column).split(separator: " ").map(String.init)
    }

    private func filled(_ column: String) throws(CatalogueError) -> String {
        let text = text(column)
        guard !text.isEmpty else { throw failure(column, "is empty") }
        guard text.utf8.count <= 200, text.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
            throw failure(column, "is longer than 200 bytes or has control characters")
        }
        return text
    }

    private func sku(_ codes: [String]) throws(CatalogueError) -> String {
        let sku = text("sku")
        if !sku.isEmpty {
            guard sku.utf8.count <= 64 else { throw failure("sku", "is longer than 64 bytes") }
            return sku
        }
        guard let first = codes.first else { throw failure("codes", "is empty") }
        guard let slash = first.firstIndex(of: "/") else { return first }
        return "rcn:" + first[first.index(after: slash)...]
    }

    private func codes() throws(CatalogueError) -> [String] {
        var codes: [String] = []
        for word in words("codes") {
            guard let key = Self.key(word) else {
                throw failure("codes", "\(word) is no code, or its check digit is wrong")
            }
            if !codes.contains(key) { codes.append(key) }
        }
        guard !codes.isEmpty || !text("sku").isEmpty else { throw failure("codes", "is empty") }
        return codes
    }

    /// The text of the lookup key; a restricted number is only found through a template.
    private static func key(_ word: String) -> String? {
        if word.hasPrefix("plu:") { return PLU(word.dropFirst(4))?.lookupKey.text }
        let parts = word.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count == 2 { return parts.contains("") ? nil : word }
        guard let gtin = GTIN14(word) else { return nil }
        return LookupRules.isRestricted(gtin) ? "code:\(gtin.text.dropFirst())" : gtin.text
    }

    private func unit() throws(CatalogueError) -> SaleUnit {
        switch text("unit") {
        case "piece": return .piece
        case "kg": return .kilogram
        default: throw failure("unit", "\"\(text("unit"))\" is neither piece nor kg")
        }
    }

    private func flags() throws(CatalogueError) -> [String] {
        let flags = words("flags")
        for flag in flags where !["noDiscount", "snap", "stopped"].contains(flag) {
            throw failure("flags", "\(flag) is none of noDiscount, snap, stopped")
        }
        return flags
    }

    private func number(
        _ column: String, _ range: ClosedRange<Int>
    ) throws(CatalogueError) -> Int? {
        let text = text(column)
        if text.isEmpty { return nil }
        guard let number = DecimalText.unsigned(text).flatMap({ Int(exactly: $0) }),
            range.contains(number)
        else {
            throw failure(
                column,
                "\"\(text)\" is not a number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return number
    }

    private func positive(_ column: String) throws(CatalogueError) -> Int64? {
        guard let amount = try amount(column) else { return nil }
        guard amount > 0 else { throw failure(column, "must be above 0; leave it empty for none") }
        return amount
    }

    private func amount(_ column: String) throws(CatalogueError) -> Int64? {
        let text = text(column)
        if text.isEmpty { return nil }
        guard let money = try? Money(text: text, currency: currency), money.minor >= 0,
            money.minor <= JSONField.largestInteger
        else { throw failure(column, "\"\(text)\" is not an amount of \(currency.code)") }
        return money.minor
    }
}
