import Testing
import ToteBarcodes
import ToteCatalogue
import ToteValues

@Suite("A lookup")
struct LookupTests {
    let shop: Shop
    let catalogue: Catalogue

    init() throws {
        shop = try Shop()
        catalogue = try shop.install()
    }

    @Test("finds an article by its number, with shelf and member price")
    func article() throws {
        let item = try catalogue.item(for: Codes.gtin("4012345000016"), at: shop.noon)
        #expect(item.product.sku == "04012345000016")
        #expect(item.shelfPriceMinor == 1290)
        #expect(item.memberPriceMinor == 1190)
        #expect(item.measure == .pieces)
        #expect(item.book == 1 && item.currency == .euro && item.code != nil)
    }

    @Test("never offers a member price above the shelf price")
    func memberPriceAbove() throws {
        let item = try catalogue.item(sku: "04012345000023", at: shop.noon)
        #expect(item.memberPriceMinor == nil)
    }

    @Test("takes weight or price from the code, and asks for a weight that is missing")
    func measures() throws {
        let weighed = try Codes.gtin("04012345000054", measure: .mass(grams: 750))
        #expect(try catalogue.item(for: weighed, at: shop.noon).measure == .grams(750))
        let bare = try Codes.gtin("04012345000054")
        #expect(try catalogue.item(for: bare, at: shop.noon).measure == .needsWeight)
        let priced = Codes.inStore("de-22/1234", measure: .price(239))
        #expect(
            try catalogue.item(for: priced, at: shop.noon).measure == .embeddedPrice(minor: 239))
        let weight = Codes.inStore("de-99/1", "de-28/1234", measure: .mass(grams: 500))
        #expect(try catalogue.item(for: weight, at: shop.noon).product.sku == "rcn:1234")
        #expect(try catalogue.item(for: Codes.plu("4011"), at: shop.noon).measure == .needsWeight)
    }

    @Test(
        "refuses a value of 0, a weight above the limit and a measure the article is not sold by")
    func badMeasures() throws {
        let refusals: [(ScannedCode, CatalogueError.Code)] = [
            (Codes.inStore("de-22/1234", measure: .price(0)), .codeRefused),
            (Codes.inStore("de-28/1234", measure: .mass(grams: 0)), .codeRefused),
            (Codes.inStore("de-28/1234", measure: .mass(grams: 100_000)), .codeRefused),
            (Codes.inStore("de-28/1234", measure: .volume(millilitres: 5)), .notASaleUnit),
            (try Codes.gtin("4012345000016", measure: .count(6)), .notASaleUnit),
        ]
        for (code, expected) in refusals { #expect(refusal(of: code) == expected) }
    }

    @Test("says for what reason nothing is found")
    func refusals() throws {
        #expect(refusal(of: try Codes.gtin("4012345999990")) == .unknownCode)
        #expect(refusal(of: try Codes.plu("4225")) == .unknownPLU)
        #expect(refusal(of: try Codes.plu("4959")) == .ambiguous)
        #expect(refusal(of: try Codes.gtin("4012345000122")) == .saleStopped)
        #expect(refusal(of: try Codes.gtin("4012345000139")) == .noPrice)
        #expect(refusal(of: Codes.text("hello")) == .notAnArticle)
    }

    @Test("lists all candidates of an ambiguous PLU, and no organic one falls back (PLU-1)")
    func ambiguous() throws {
        let error = #expect(throws: CatalogueError.self) {
            _ = try catalogue.item(for: Codes.plu("4959"), at: shop.noon)
        }
        #expect(error?.skus == ["mango-s", "mango-l"])
        #expect(refusal(of: try Codes.plu("94011")) == .unknownPLU)
    }

    @Test("of a case says it is no sale unit and names the article inside")
    func pack() throws {
        let error = #expect(throws: CatalogueError.self) {
            _ = try catalogue.item(for: Codes.gtin("14012345000013"), at: shop.noon)
        }
        #expect(error?.code == .notASaleUnit)
        #expect(error?.skus == ["04012345000016"])
        #expect(refusal(of: try Codes.gtin("14012345999997")) == .unknownCode)
    }

    @Test("never takes a restricted number for a brand article, even a listed one (GTIN-4)")
    func restricted() throws {
        #expect(refusal(of: try Codes.gtin("2012345000018")) == .unknownInStoreCode)
        #expect(refusal(of: try Codes.gtin("0400000000008")) == .unknownInStoreCode)
        #expect(refusal(of: try Codes.gtin("20000004")) == .unknownInStoreCode)
    }

    @Test("of a code whose reading has a stop finding is refused with its words")
    func stopFinding() throws {
        let finding = Finding(
            kind: .priceEmbeddedInvalid, severity: .stop, message: "The price is 0.")
        let code = ScannedCode(
            raw: [], aim: nil, symbology: .ean13, source: .camera, purpose: .measuredProduct,
            reading: try Codes.gtin("4012345000016").reading, findings: [finding])
        let error = #expect(throws: CatalogueError.self) {
            _ = try catalogue.item(for: code, at: shop.noon)
        }
        #expect(error?.code == .codeRefused)
        #expect(error?.message == "The price is 0.")
    }

    @Test("by words ignores case and accents and matches beginnings")
    func search() throws {
        let names = try catalogue.search("creme", at: shop.noon).map(\.product.name)
        #expect(names == ["Crème fraîche"])
        #expect(try catalogue.search("COF mor", at: shop.noon).count == 1)
        #expect(try catalogue.search("cheese coffee", at: shop.noon).isEmpty)
        #expect(try catalogue.search("mango", limit: 1, at: shop.noon).count == 1)
    }

    @Test(
        "by hostile words finds nothing and breaks nothing",
        arguments: [
            "", "  ", "\"", "*", "a\" OR \"b", "NEAR(", "-", "name:x", "'; DROP TABLE code;",
        ])
    func hostileSearch(_ text: String) throws {
        #expect(try catalogue.search(text, at: shop.noon).isEmpty)
        #expect(catalogue.isListed(LookupKey(text: "plu:4011")))
    }

    @Test("never returns an unsaleable article from a search")
    func unsaleable() throws {
        #expect(try catalogue.search("recalled", at: shop.noon).isEmpty)
        #expect(try catalogue.search("newly", at: shop.noon).isEmpty)
    }

    private func refusal(of code: ScannedCode) -> CatalogueError.Code? {
        do {
            _ = try catalogue.item(for: code, at: shop.noon)
            return nil
        } catch {
            return error.code
        }
    }
}
