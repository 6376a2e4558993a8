import ToteBarcodes
import ToteValues

/// Which keys of a code may be looked up, and how its measure fits the article. Pure.
enum LookupRules {
    /// - Throws: `unknownInStoreCode`, `codeRefused`, `notAnArticle`.
    static func keys(of code: ScannedCode) throws(CatalogueError) -> [LookupKey] {
        if let stop = code.findings.first(where: { $0.severity == .stop }) {
            let known = stop.kind == .unknownInStoreCode
            throw CatalogueError(
                known ? .unknownInStoreCode : .codeRefused, stop.message,
                mend: "Please ask an attendant.")
        }
        if let article = code.reading.article, let gtin = article.gtin,
            article.templateID == nil, isRestricted(gtin)
        {
            throw CatalogueError(
                .unknownInStoreCode, "\(gtin.text) is a number for use inside a store only",
                mend: "Please ask an attendant.")
        }
        guard !code.reading.lookupKeys.isEmpty else {
            throw CatalogueError(
                .notAnArticle, "this is \(code.reading.words), not an article",
                mend: "Scan the code on the article.")
        }
        return code.reading.lookupKeys
    }

    /// GTIN-3, GTIN-4: numbers that mean something else in every store. A pack around one
    /// (indicator 1–8) is not restricted.
    static func isRestricted(_ gtin: GTIN14) -> Bool {
        guard gtin.indicator == 0 else { return false }
        let digits = gtin.text.dropFirst()
        if digits.hasPrefix("00000") { return digits.dropFirst(5).first == "2" }
        return digits.hasPrefix("2") || digits.hasPrefix("02") || digits.hasPrefix("04")
    }

    /// The each inside a pack of indicator 1–8 (GTIN-1), for a helpful refusal.
    static func each(of gtin: GTIN14) -> LookupKey? {
        guard (1...8).contains(gtin.indicator) else { return nil }
        let payload = Array(("0" + gtin.text.dropFirst().dropLast()).utf8)
        let digits = payload + [0x30 + CheckDigit.mod10(payload)]
        return LookupKey(text: String(decoding: digits, as: UTF8.self))
    }

    /// - Throws: `notASaleUnit` when the code counts or weighs what the article is not sold by,
    ///   `codeRefused` for a value out of range.
    static func measure(
        of product: Product, embedded: EmbeddedMeasure?
    ) throws(CatalogueError) -> ItemMeasure {
        switch (product.unit, embedded?.kind) {
        case (.unknown(let name), _): throw mismatch(product, "is sold by the \(name)")
        case (_, .price(let minor)):
            guard minor > 0 else { throw refused(product, "the price in the code is \(minor)") }
            return .embeddedPrice(minor: minor)
        case (.kilogram, .mass(let grams)):
            guard Quantity.gramRange.contains(grams) else {
                throw refused(product, "the weight in the code is \(grams) g")
            }
            return .grams(grams)
        case (.kilogram, nil): return .needsWeight
        case (.kilogram, _): throw mismatch(product, "is sold by weight")
        case (.piece, .count(let count)) where count != 1:
            throw mismatch(product, "is sold by the piece, and the code counts \(count)")
        case (.piece, _): return .pieces
        }
    }

    private static func mismatch(_ product: Product, _ what: String) -> CatalogueError {
        CatalogueError(
            .notASaleUnit, "\(product.name) \(what)", mend: "Please ask an attendant.",
            skus: [product.sku])
    }

    private static func refused(_ product: Product, _ what: String) -> CatalogueError {
        CatalogueError(
            .codeRefused, "\(product.name): \(what)", mend: "Have a new label printed.",
            skus: [product.sku])
    }
}
