public import ToteBarcodes
public import ToteValues

/// What the catalogue knows against a sale, and for telling what a code may have been.
extension Catalogue {
    /// Expiry, recalls, serial numbers and packs (EXP-1…6), worst first.
    /// - Parameter serialsInCart: of the cart that the code would join.
    public func saleFindings(
        for code: ScannedCode, at: Moment, serialsInCart: Set<ItemSerial> = []
    ) -> [Finding] {
        saleCheck(serialsInCart: serialsInCart).check(
            code, today: profile.day(of: at), minute: profile.minute(of: at),
            isListed: isListed)
    }

    /// The store's own rules and recalls.
    public func saleCheck(serialsInCart: Set<ItemSerial> = []) -> SaleCheck {
        SaleCheck(
            rules: profile.rules.sale, recalls: profile.recalls, serialsInCart: serialsInCart)
    }

    /// All the articles that have the code, in the order of the catalogue: never by popularity
    /// (PLU-2). Those that cannot be sold now are left out.
    /// - Throws: as `item(for:at:)` for a code that names no article; `damagedSnapshot`, `storage`.
    public func candidates(
        for code: ScannedCode, at: Moment
    ) throws(CatalogueError) -> [PricedItem] {
        let keys = try LookupRules.keys(of: code)
        return try read { reader in
            for key in keys {
                let found = try reader.products(listedAs: key)
                guard !found.isEmpty else { continue }
                return try found.compactMap { product in
                    do {
                        let measure = try LookupRules.measure(
                            of: product, embedded: code.reading.article?.measure)
                        return try reader.item(product, measure: measure, code: code, at: at)
                    } catch is CatalogueError {
                        return nil
                    }
                }
            }
            return []
        }
    }

    /// Whether articles of the number's company are listed, by its first seven digits: most
    /// companies' numbers begin with as many; `false` also when the file fails.
    public func sharesPrefix(_ gtin: GTIN14) -> Bool {
        (try? read { try $0.isListed(prefix: String(gtin.text.prefix(8))) }) ?? false
    }

    /// Why a code does not sell here, and what may be done (2.8).
    public func diagnosis(
        of input: ScanInput, at: Moment, serialsInCart: Set<ItemSerial> = []
    ) -> Diagnosis {
        diagnose(
            input, rules: profile.rules, today: profile.day(of: at),
            sale: saleCheck(serialsInCart: serialsInCart), minute: profile.minute(of: at),
            isListed: isListed, sharesPrefix: sharesPrefix)
    }
}
