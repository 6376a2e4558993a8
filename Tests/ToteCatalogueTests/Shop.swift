import Crypto
import Foundation
import ToteBarcodes
import ToteCatalogue
import ToteValues

/// A small shop and its keys, in a folder of one test.
final class Shop {
    let folder: String
    let path: String
    let catalogueKey = Curve25519.Signing.PrivateKey()
    let bookKey = Curve25519.Signing.PrivateKey()
    /// Friday 2026-11-20, 12:00 at the store.
    let noon = Moment(unixSeconds: 1_795_172_400)

    init() throws {
        let name = "tote-catalogue-\(UInt64.random(in: .min ... .max))"
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        path = folder + "/catalogue.sqlite"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    var keys: DocumentKeys {
        DocumentKeys(
            catalogue: [3: catalogueKey.publicKey], priceBook: [4: bookKey.publicKey])
    }

    static let profile = StoreProfile(
        store: 42, name: "Test Store", currency: .euro, utcOffsetMinutes: 60, taxMode: .inclusive,
        taxRates: ["food": 700, "std": 1900], groups: ["city"],
        rules: StoreRules(
            store: 42, currency: .euro, templates: MeasureTemplate.presets(country: "DE")))

    static let products = [
        Product(
            sku: "04012345000016", name: "Coffee beans 500 g", codes: ["04012345000016"],
            categories: ["coffee"], brand: "Morgenrot", taxCategory: "food"),
        Product(sku: "04012345000023", name: "Red wine 0.75 l", codes: ["04012345000023"]),
        Product(
            sku: "04012345000054", name: "Mountain cheese", codes: ["04012345000054"],
            unit: .kilogram, categories: ["cheese"], taxCategory: "food"),
        Product(sku: "04012345000115", name: "Crème fraîche", codes: ["04012345000115"]),
        Product(
            sku: "rcn:1234", name: "Salad bar", codes: ["de-28/1234", "de-22/1234"],
            unit: .kilogram),
        Product(sku: "plu:4011", name: "Bananas", codes: ["plu:4011"], unit: .kilogram),
        Product(sku: "mango-s", name: "Mango small", codes: ["plu:4959"]),
        Product(sku: "mango-l", name: "Mango large", codes: ["plu:4959"]),
        Product(
            sku: "stopped", name: "Recalled sausage", codes: ["04012345000122"],
            saleStopped: true),
        Product(sku: "new", name: "Newly listed", codes: ["04012345000139"]),
        Product(sku: "own", name: "A brand's own", codes: ["02012345000018"]),
    ]

    static let entries = [
        PriceEntry(sku: "04012345000016", list: "shelf", price: 1290),
        PriceEntry(sku: "04012345000016", list: "member", price: 1190, memberOnly: true),
        PriceEntry(sku: "04012345000023", list: "shelf", price: 849),
        PriceEntry(sku: "04012345000023", list: "member", price: 900, memberOnly: true),
        PriceEntry(sku: "04012345000054", list: "shelf", price: 2190),
        PriceEntry(sku: "04012345000115", list: "shelf", price: 129),
        PriceEntry(sku: "rcn:1234", list: "shelf", price: 1490),
        PriceEntry(sku: "plu:4011", list: "shelf", price: 199),
        PriceEntry(sku: "mango-s", list: "shelf", price: 149),
        PriceEntry(sku: "mango-l", list: "shelf", price: 199),
        PriceEntry(sku: "stopped", list: "shelf", price: 299),
        PriceEntry(sku: "own", list: "shelf", price: 299),
    ]

    func catalogue(
        version: Int64 = 1, profile: StoreProfile = profile, products: [Product] = products
    ) throws -> SignedDocument {
        let snapshot = CatalogueSnapshot(version: version, profile: profile, products: products)
        return try signed(snapshot.json, .catalogue, catalogueKey, 3)
    }

    func book(
        version: BookVersion = 1, store: UInt32 = 42, entries: [PriceEntry] = entries,
        promotions: [JSONValue] = []
    ) throws -> SignedDocument {
        let book = PriceBook(
            version: version, store: store, currency: .euro, entries: entries,
            promotions: promotions)
        return try signed(book.json, .priceBook, bookKey, 4)
    }

    func install(entries: [PriceEntry] = entries) throws -> Catalogue {
        try Catalogue.install(
            catalogue: catalogue(), book: book(entries: entries), keys: keys, path: path)
    }

    private func signed(
        _ json: JSONValue, _ kind: SignedDocument.Kind, _ key: Curve25519.Signing.PrivateKey,
        _ number: Int
    ) throws -> SignedDocument {
        let body = json.canonical
        let signature = try key.signature(for: SignedDocument.signedBytes(body, kind: kind))
        return SignedDocument(body: body, key: number, signature: Array(signature))
    }
}

/// Codes as `interpret` gives them.
enum Codes {
    static func gtin(_ text: String, measure: MeasureKind? = nil) throws -> ScannedCode {
        guard let gtin = GTIN14(text) else { throw CatalogueError(.unknownCode, text) }
        return code(
            ArticleCode(
                gtin: gtin, lookupKeys: [gtin.lookupKey],
                measure: measure.map { EmbeddedMeasure(kind: $0) }))
    }

    static func inStore(_ keys: String..., measure: MeasureKind) -> ScannedCode {
        code(
            ArticleCode(
                gtin: nil, lookupKeys: keys.map { LookupKey(text: $0) },
                measure: EmbeddedMeasure(kind: measure), templateID: "de-28"))
    }

    static func plu(_ text: String) throws -> ScannedCode {
        guard let plu = PLU(text) else { throw CatalogueError(.unknownPLU, text) }
        return ScannedCode(
            raw: Array(text.utf8), aim: nil, symbology: nil, source: .typed, purpose: .product,
            reading: .plu(plu))
    }

    static func text(_ text: String) -> ScannedCode {
        ScannedCode(
            raw: Array(text.utf8), aim: nil, symbology: .qr, source: .camera, purpose: .unknown,
            reading: .text(text))
    }

    private static func code(_ article: ArticleCode) -> ScannedCode {
        ScannedCode(
            raw: [], aim: nil, symbology: .ean13, source: .camera, purpose: .product,
            reading: .article(article))
    }
}
