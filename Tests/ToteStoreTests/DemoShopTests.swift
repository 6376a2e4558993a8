import Testing
import ToteBarcodes
import ToteCatalogue
import ToteOffers
import ToteStore
import ToteValues

@Suite("The demo shop")
struct DemoShopTests {
    let folder: StoreFolder
    let catalogue: Catalogue

    init() throws {
        folder = try StoreFolder()
        catalogue = try folder.open(first: DemoShop.assortment()).catalogue
    }

    private func item(_ input: ScanInput) throws -> PricedItem {
        let code = try interpret(
            input, rules: DemoShop.profile.rules, today: DemoShop.profile.day(of: folder.morning))
        return try catalogue.item(for: code, at: folder.morning)
    }

    private func scan(_ text: String, _ symbology: Symbology, aim: String? = nil) -> ScanInput {
        ScanInput(
            bytes: Array(text.utf8), aim: aim.flatMap { SymbologyIdentifier(text: $0) },
            symbology: symbology, source: .camera)
    }

    @Test("lists about 200 articles, all priced and taxed, but for one that is stopped")
    func articles() throws {
        let assortment = try DemoShop.assortment()
        #expect((200...250).contains(assortment.products.count))
        let priced = Set(assortment.entries.filter { !$0.memberOnly }.map(\.sku))
        for product in assortment.products {
            #expect(priced.contains(product.sku), "\(product.name)")
            #expect(DemoShop.profile.taxRates[product.taxCategory] != nil, "\(product.name)")
        }
        #expect(assortment.products.filter(\.saleStopped).count == 1)
        #expect(assortment.entries.filter(\.memberOnly).count >= 5)
        #expect(assortment.products.contains { $0.minimumAge == 18 })
    }

    @Test("has offers of all kinds that the engine accepts, every one")
    func offers() throws {
        let promotions = try catalogue.promotions()
        let set = PromotionSet(json: promotions)
        #expect(set.refusals.isEmpty, "\(set.refusals)")
        #expect(set.promotions.count == promotions.count && promotions.count >= 10)
        let types = Set(promotions.compactMap { $0["type"] })
        for type in [
            "percentOff", "amountOff", "fixedPrice", "nForPrice", "nPercent", "buyXgetY",
            "buyAgetB", "bundle", "couponAmount", "couponFree", "basket",
        ] {
            #expect(types.contains(.string(type)), "\(type)")
        }
    }

    @Test("has a title and a receipt text for every offer")
    func texts() throws {
        for promotion in try catalogue.promotions() {
            let english = promotion["texts"]?["en"]
            #expect(english?["title"] != nil && english?["receipt"] != nil, "\(promotion)")
        }
    }

    @Test(
        "knows the numbers on the sample pictures",
        arguments: [
            ("4012345000016", "Coffee beans 500 g"), ("4012345000023", "Red wine 0.75 l"),
            ("4012345000030", "Milk chocolate 100 g"), ("4012345000047", "Crispbread 250 g"),
            ("4012345000061", "Olive oil 0.5 l"), ("4012345000092", "Honey 500 g"),
            ("4012345000108", "Tea 20 bags"), ("4012345000115", "Yoghurt 150 g"),
            ("4012345000122", "Butter 250 g"), ("4012345000139", "Wholegrain bread 750 g"),
            ("0012345678905", "Peanut butter 340 g (imported)"),
        ])
    func retailNumbers(_ text: String, _ name: String) throws {
        let item = try item(scan(text, .ean13))
        #expect(item.product.name == name && item.measure == .pieces)
    }

    @Test("knows the short and the GS1 codes on the sample pictures")
    func otherCodes() throws {
        let codes: [(ScanInput, String, ItemMeasure)] = [
            (scan("40123455", .ean8), "Chewing gum", .pieces),
            (scan("01234565", .upcE), "Cola can 0.33 l (imported)", .pieces),
            (scan("0104012345000078", .dataBar), "Apples bag of 1 kg", .pieces),
            (
                scan("01040123450000543103000750", .dataBarExpanded, aim: "]e0"),
                "Mountain cheese", .grams(750)
            ),
            (
                scan("010401234500008539221299", .dataBarExpanded, aim: "]e0"),
                "Smoked salmon", .embeddedPrice(minor: 1299)
            ),
            (
                scan("https://id.gs1.org/01/04012345000054?3103=000195", .qr),
                "Mountain cheese", .grams(195)
            ),
            (scan("https://id.gs1.org/01/04012345000016", .qr), "Coffee beans 500 g", .pieces),
        ]
        for (input, name, measure) in codes {
            let item = try item(input)
            #expect(item.product.name == name && item.measure == measure)
        }
    }

    @Test(
        "reads its own labels by the German templates",
        arguments: [
            ("2812346005001", "Salad bar", ItemMeasure.grams(500)),
            ("2812347012503", "Salad bar", .grams(1250)),
            ("2856787000959", "Olives from the counter", .grams(95)),
            ("2943217012504", "Minced meat", .grams(1250)),
            ("2212344002390", "Salad bar", .embeddedPrice(minor: 239)),
            ("2356783014993", "Olives from the counter", .embeddedPrice(minor: 1499)),
        ])
    func inStoreLabels(_ text: String, _ name: String, _ measure: ItemMeasure) throws {
        let item = try item(scan(text, .ean13))
        #expect(item.product.name == name && item.measure == measure)
    }

    @Test("tells conventional from organic produce, and asks for the weight")
    func produce() throws {
        let bananas = try item(ScanInput(typed: "4011"))
        #expect(bananas.product.name == "Bananas" && bananas.measure == .needsWeight)
        #expect(bananas.shelfPriceMinor == 199)
        #expect(try item(ScanInput(typed: "94011")).product.name == "Organic bananas")
        #expect(try item(ScanInput(typed: "4959")).measure == .pieces)
    }

    @Test("says that a case of coffee is not the coffee")
    func pack() {
        let error = #expect(throws: CatalogueError.self) {
            _ = try item(scan("14012345000013", .itf))
        }
        #expect(error?.code == .notASaleUnit)
    }

    @Test("finds articles by their words")
    func search() throws {
        let names = try catalogue.search("creme", at: folder.morning).map(\.product.name)
        #expect(names == ["Crème fraîche 150 g"])
        #expect(try catalogue.search("yogh", at: folder.morning).count == 5)
        #expect(try catalogue.search("camping stove", at: folder.morning).isEmpty)
    }
}
