import Testing
import ToteCatalogue
import ToteValues

@Suite("A price (OFF-70)")
struct PriceTests {
    let shop: Shop
    let sku = "04012345000016"

    init() throws { shop = try Shop() }

    private func price(_ entries: [PriceEntry], at: Moment? = nil) throws -> Int64? {
        let catalogue = try shop.install(entries: entries)
        do {
            return try catalogue.item(sku: sku, at: at ?? shop.noon).shelfPriceMinor
        } catch {
            #expect(error.code == .noPrice)
            return nil
        }
    }

    private func entry(
        _ price: Int64, list: String = "a", priority: Int64 = 0, from: String? = nil,
        until: String? = nil
    ) -> PriceEntry {
        PriceEntry(
            sku: sku, list: list, priority: priority, price: price, from: from, until: until)
    }

    @Test("is that of the highest priority, then the lower, then the first list")
    func order() throws {
        #expect(try price([entry(500), entry(900, priority: 2), entry(400, priority: 1)]) == 900)
        #expect(try price([entry(500), entry(400, list: "b")]) == 400)
        let lists = [entry(500, list: "b"), entry(500, list: "B")]
        #expect(lists.deciding?.list == "B")
    }

    @Test("of another store or group does not count here")
    func stores() throws {
        let here = PriceEntry(sku: sku, list: "a", store: 42, price: 700)
        let elsewhere = PriceEntry(sku: sku, list: "a", store: 43, price: 100)
        let group = PriceEntry(sku: sku, list: "a", storeGroup: "city", price: 600)
        let otherGroup = PriceEntry(sku: sku, list: "a", storeGroup: "airport", price: 50)
        #expect(try price([here, elsewhere, otherGroup]) == 700)
        #expect(try price([here, elsewhere, group]) == 600)
        #expect(try price([elsewhere, otherGroup]) == nil)
    }

    @Test("begins and ends to the minute of the store's clock")
    func times() throws {
        let base = entry(500)
        let promo = entry(400, priority: 1, from: "2026-11-20T12:00", until: "2026-11-20T12:30")
        #expect(try price([base, promo], at: shop.noon.adding(seconds: -1)) == 500)
        #expect(try price([base, promo], at: shop.noon) == 400)
        #expect(try price([base, promo], at: shop.noon.adding(seconds: 1799)) == 400)
        #expect(try price([base, promo], at: shop.noon.adding(seconds: 1800)) == 500)
        #expect(try price([base, entry(300, priority: 1, until: "2026-11-20")]) == 500)
    }

    @Test("for members or segments only never sets the shelf price")
    func memberBound() throws {
        let member = PriceEntry(sku: sku, list: "m", priority: 9, price: 100, memberOnly: true)
        let gold = PriceEntry(
            sku: sku, list: "g", priority: 9, price: 90, segments: ["tier:gold"])
        #expect(try price([entry(500), member, gold]) == 500)
        #expect(try price([member, gold]) == nil)
        let catalogue = try shop.install(entries: [entry(500), member, gold])
        #expect(try catalogue.item(sku: sku, at: shop.noon).memberPriceMinor == 100)
        #expect(try catalogue.memberEntries(skus: [sku, "x"], at: shop.noon) == [member, gold])
    }

    @Test("of a locked book stays to be had, up to eight books back")
    func lockedBooks() throws {
        let catalogue = try shop.install(entries: [entry(101)])
        for version in 2...10 as ClosedRange<Int64> {
            try catalogue.installBook(
                shop.book(version: version, entries: [entry(100 + version)]), keys: shop.keys)
        }
        #expect(catalogue.bookVersion == 10)
        #expect(catalogue.shelfPrice(sku: sku, book: 3, at: shop.noon) == 103)
        #expect(catalogue.shelfPrice(sku: sku, book: 2, at: shop.noon) == nil)
        #expect(catalogue.shelfPrice(sku: sku, book: 11, at: shop.noon) == nil)
        #expect(catalogue.shelfPrice(sku: "none", book: 10, at: shop.noon) == nil)
    }

    @Test("entry comes back from JSON as written, and a bad one is refused")
    func json() throws {
        let full = PriceEntry(
            sku: "a", list: "b", priority: 3, store: 42, price: 5, from: "2026-01-01",
            until: "2026-01-01T10:30", memberOnly: true, segments: ["s"])
        for entry in Shop.entries + [full] {
            #expect(try PriceEntry(json: JSONField(entry.json)) == entry)
        }
        let bad: [(String, JSONReadError.Code)] = [
            (#"{"sku":"a","list":"b","price":0}"#, .outOfRange),
            (#"{"sku":"a","list":"b","price":-5}"#, .outOfRange),
            (#"{"sku":"a","list":"b","price":1.0}"#, .notInteger),
            (#"{"sku":"a","list":"b","price":"5"}"#, .notInteger),
            (#"{"sku":"a","list":"b"}"#, .missingField),
            (#"{"sku":"a","list":"b","price":5,"x":1}"#, .unknownField),
            (#"{"sku":"a","list":"b","price":5,"from":"2026-02-30"}"#, .invalid),
            (#"{"sku":"a","list":"b","price":5,"from":"2026-02-03T1:00"}"#, .invalid),
            (#"{"sku":"a","list":"b","price":5,"store":1,"storeGroup":"x"}"#, .conflictingFields),
        ]
        for (text, code) in bad {
            let error = #expect(throws: JSONReadError.self) {
                _ = try PriceEntry(json: JSONField(StrictJSON.parse(Array(text.utf8))))
            }
            #expect(error?.code == code, "\(text)")
        }
    }
}

@Suite("A store profile")
struct StoreProfileTests {
    @Test("tells local time, day and weekday by its offset")
    func localTime() {
        let late = Moment(unixSeconds: 1_795_215_600)
        #expect(Shop.profile.localTime(of: late) == "2026-11-21T00:00")
        #expect(Shop.profile.weekday(of: late) == "Sat")
        #expect(Shop.profile.day(of: late.adding(seconds: -1)).text == "2026-11-20")
        #expect(Shop.profile.day(of: Moment(unixSeconds: -3601)).text == "1969-12-31")
    }

    @Test("and a product come back from JSON as written")
    func json() throws {
        #expect(try StoreProfile(json: JSONField(Shop.profile.json)) == Shop.profile)
        let full = Product(
            sku: "a", name: "b", codes: ["c"], unit: .unknown("metre"), categories: ["d"],
            brand: "e", taxCategory: "food", depositMinor: 25, minimumAge: 18, noDiscount: true,
            snapEligible: true, saleStopped: true, grossWeightGrams: 500)
        for product in Shop.products + [full] {
            #expect(try Product(json: JSONField(product.json)) == product)
        }
    }
}
