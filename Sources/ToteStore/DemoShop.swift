import ToteBarcodes
public import ToteCatalogue
import ToteValues

/// A shop to try Tote with: some 200 articles with valid numbers (GTINs of the demonstration
/// prefix 4012345, UPC numbers of imported goods, produce by PLU, German in-store labels), prices
/// and offers of every kind.
public enum DemoShop {
    public static let store: UInt32 = 42

    /// Prices in EUR with tax inside; wall clock one hour east of UTC.
    public static let profile = StoreProfile(
        store: store, name: "Tote Demo Store", currency: .euro, utcOffsetMinutes: 60,
        taxMode: .inclusive, taxRates: ["food": 700, "std": 1900],
        rules: StoreRules(
            store: store, currency: .euro, templates: MeasureTemplate.presets(country: "DE"),
            purposes: [
                PurposeRule(id: "member-card", purpose: .member, prefix: "M-", length: 10...10)
            ]))

    /// Articles and prices as `tote-store import` reads them.
    public static var csv: String {
        let header =
            "codes,name,unit,price,memberPrice,tax,deposit,categories,brand,minimumAge,flags"
        return ([header] + departments).joined(separator: "\n") + "\n"
    }

    /// - Throws: `CatalogueError`, `StrictJSONError` or `JSONReadError` if the data here were
    ///   wrong; a test reads them.
    public static func assortment() throws -> Assortment {
        let (products, entries) = try CatalogueCSV.products(
            from: Array(csv.utf8), currency: profile.currency)
        let offers = JSONField(try StrictJSON.parse(Array(promotions.utf8)))
        return Assortment(
            profile: profile, products: products, entries: entries,
            promotions: try offers.array().map(\.value))
    }

    private static let departments = [pantry, sweets, drinks, dairy, fresh, household]
}
