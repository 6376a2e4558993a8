import Testing
import ToteBarcodes
import ToteCatalogue
import ToteValues

@Suite("What a catalogue knows against a sale, and for a choice")
struct SaleTests {
    let shop: Shop

    init() throws { shop = try Shop() }

    private func catalogue(_ profile: StoreProfile = Shop.profile) throws -> Catalogue {
        try Catalogue.install(
            catalogue: shop.catalogue(profile: profile), book: shop.book(), keys: shop.keys,
            path: shop.path)
    }

    @Test("a choice among several articles of one code counts, any other is refused")
    func choice() throws {
        let catalogue = try catalogue()
        let code = try Codes.plu("4959")
        let large = try catalogue.item(for: code, at: shop.noon, article: "mango-l")
        #expect(large.product.name == "Mango large")
        for wrong in ["plu:4011", "", "mango"] {
            let error = #expect(throws: CatalogueError.self) {
                _ = try catalogue.item(for: code, at: shop.noon, article: wrong)
            }
            #expect(error?.code == .notACandidate)
            #expect(error?.skus == ["mango-s", "mango-l"])
        }
        let coffee = try Codes.gtin("4012345000016")
        let own = "04012345000016"
        #expect(try catalogue.item(for: coffee, at: shop.noon, article: own).product.sku == own)
    }

    @Test("candidates stand in the catalogue's order, all of them")
    func candidates() throws {
        let catalogue = try catalogue()
        let mangoes = try catalogue.candidates(for: Codes.plu("4959"), at: shop.noon)
        #expect(mangoes.map(\.product.sku) == ["mango-s", "mango-l"])
        #expect(try catalogue.candidates(for: Codes.plu("94959"), at: shop.noon).isEmpty)
        #expect(throws: CatalogueError.self) {
            try catalogue.candidates(for: Codes.text("hello"), at: shop.noon)
        }
    }

    @Test("a company is known by the beginnings of the store's numbers")
    func prefix() throws {
        let catalogue = try catalogue()
        #expect(catalogue.sharesPrefix(try #require(GTIN14("4012345999990"))))
        #expect(!catalogue.sharesPrefix(try #require(GTIN14("4006381333931"))))
        #expect(!catalogue.sharesPrefix(try #require(GTIN14("14012345000013"))))
    }

    @Test("recalls travel in the signed profile and stand against the sale")
    func recall() throws {
        var profile = Shop.profile
        let coffee = try #require(GTIN14("4012345000016"))
        profile.recalls = [Recall(gtin: coffee, reason: "glass")]
        let parsed = try StrictJSON.parse(profile.json.canonical)
        #expect(try StoreProfile(json: JSONField(parsed)) == profile)
        let catalogue = try catalogue(profile)
        #expect(catalogue.profile.recalls == profile.recalls)
        let code = try Codes.gtin("4012345000016")
        #expect(catalogue.saleFindings(for: code, at: shop.noon).map(\.kind) == [.recalled])
        let wine = try Codes.gtin("4012345000023")
        #expect(catalogue.saleFindings(for: wine, at: shop.noon).isEmpty)
        let pack = try Codes.gtin("14012345000013")
        #expect(catalogue.saleFindings(for: pack, at: shop.noon).map(\.kind) == [.notASaleUnit])
    }

    @Test("the minute of the day is that of the store's clock")
    func minute() {
        #expect(Shop.profile.minute(of: shop.noon) == 12 * 60)
        #expect(Shop.profile.minute(of: shop.noon.adding(seconds: 12 * 3600)) == 0)
        #expect(Shop.profile.minute(of: Moment(unixSeconds: -3601)) == 24 * 60 - 1)
    }
}
