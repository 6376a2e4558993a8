import Testing
import ToteBarcodes
import ToteValues

/// CPN-1…4: fields of coupons, and what keeps one from counting.
@Suite("Coupons")
struct CouponTests {
    /// Company 0614141, offer 654321, saves 150, one piece of family 120.
    private static let plain = "106141416543213150110120"

    private func offer(_ more: String) throws -> CouponOffer {
        try CouponOffer(data: Self.plain + more, today: Fixtures.today)
    }

    private func field(_ data: String) -> String? {
        let error = #expect(throws: BarcodeError.self) {
            try CouponOffer(data: data, today: Fixtures.today)
        }
        #expect(error?.code == .couponMalformed)
        return error?.found
    }

    @Test("the fields that must be there")
    func required() throws {
        let offer = try offer("")
        #expect(offer.companyPrefix == "0614141")
        #expect(offer.offerCode == "654321")
        #expect(offer.saveValue == 150)
        #expect(offer.primary.value == 1)
        #expect(offer.primary.code == 0)
        #expect(offer.primary.family == "120")
        #expect(offer.second == nil && offer.expires == nil && offer.retailer == nil)
    }

    @Test("all the fields that may follow, in ascending order")
    func optional() throws {
        let more =
            "1" + "0" + "12" + "0" + "345" + "0" + "654321"  // and two of another company's
            + "2" + "3100" + "1" + "000" + "9"  // and for 100 of its own
            + "3261231" + "4260101" + "50123456" + "61" + "1234567" + "9" + "1" + "2" + "1" + "1"
        let offer = try offer(more)
        #expect(offer.rule == .all)
        #expect(offer.second?.value == 2)
        #expect(offer.second?.family == "345")
        #expect(offer.second?.companyPrefix == "654321")
        #expect(offer.third?.value == 100)
        #expect(offer.third?.code == 1)
        #expect(offer.third?.companyPrefix == nil)
        #expect(offer.expires == Fixtures.day("2026-12-31"))
        #expect(offer.starts == Fixtures.day("2026-01-01"))
        #expect(offer.serial == "123456")
        #expect(offer.retailer == "1234567")
        #expect(offer.valueCode == 1)
        #expect(offer.appliesTo == 2)
        #expect(offer.isStoreCoupon && offer.noMultiply)
    }

    @Test(
        "what does not read names its field",
        arguments: [
            ("7061414165432131501", "companyPrefix"), ("1061414165", "offerCode"),
            ("106141416543210", "saveValue"), ("106141416543216", "saveValue"),
            ("10614141654321315", "saveValue"), ("1061414165432131506", "purchaseRequirement"),
            ("106141416543213150115", "purchaseRequirementCode"),
            ("10614141654321315011012", "familyCode"), ("A", "companyPrefix"),
            (plain + "0", "field"), (plain + "7", "field"), (plain + "8", "field"),
            (plain + "32612314260101" + "3261231", "field"), (plain + "42601013261231", "field"),
            (plain + "32612313261231", "field"),
            (plain + "3261331", "expiry"), (plain + "3260600", "expiry"),
            (plain + "3260101" + "4260102", "start"), (plain + "60", "retailer"),
            (plain + "93", "saveValueCode"), (plain + "903", "appliesTo"),
            (plain + "90002", "noMultiply"), (plain + "14", "purchaseRule"),
            (plain + "10120345" + "7", "secondCompanyPrefix"), (plain + "5", "serial"),
        ])
    func malformed(data: String, name: String) {
        #expect(field(data) == name, "\(data)")
    }

    @Test("a coupon that is over or not begun is told, and still read")
    func dates() throws {
        for (more, kinds) in [
            ("3260629", [Finding.Kind.couponExpired]), ("3260630", []), ("4260630", []),
            ("4260701", [.couponNotYetValid]), ("32612314260701", [.couponNotYetValid]),
        ] {
            let code = try Fixtures.scanned("]e08110" + Self.plain + more)
            #expect(code.purpose == .coupon)
            #expect(code.findings.map(\.kind) == kinds, "\(more)")
        }
    }

    @Test("a coupon of AI 8112 is pending until the store has asked, never granted offline")
    func positive() throws {
        let code = try Fixtures.scanned("]e08112" + "0" + "10614141" + "654321" + "0123456")
        #expect(code.findings.map(\.kind) == [.pendingValidation])
        let offer = try PositiveOffer(data: "0106141416543210123456")
        #expect(offer.funder == "0614141")
        #expect(offer.offerCode == "654321")
        #expect(offer.serial == "123456")
        for bad in ["", "2106141416543210123456", "07", "01061414165432101234567", "0106141416543"]
        {
            #expect(throws: BarcodeError.self) { try PositiveOffer(data: bad) }
        }
    }

    @Test("an old UPC-A coupon is parsed, is no article, and needs the store")
    func legacy() throws {
        let code = try Fixtures.camera("512345678900".utf8, .ean13)
        #expect(code.purpose == .coupon)
        guard case .coupon(let coupon) = code.reading else {
            Issue.record("no coupon")
            return
        }
        #expect(coupon.legacy?.maker == "12345")
        #expect(coupon.legacy?.family == "678")
        #expect(coupon.legacy?.valueCode == "90")
        #expect(code.findings.map(\.kind) == [.legacyCouponNeedsStore])
        #expect(code.findings.first?.severity == .ask)
        #expect(code.lookupKeys.isEmpty)
        for number in ["9810000000006", "9900000000004"] {
            #expect(try Fixtures.camera(number.utf8, .ean13).purpose == .coupon)
        }
    }
}
