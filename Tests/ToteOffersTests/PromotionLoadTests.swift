import Testing
import ToteOffers
import ToteValues

@Suite("Promotions at load")
struct PromotionLoadTests {
    private static func json(_ text: String) throws -> JSONValue {
        try StrictJSON.parse(Array(text.utf8))
    }

    @Test(
        "a bad promotion is refused by name, at its field",
        arguments: [
            (#"{"id":"P","type":"hologram"}"#, "unknownType", "/type"),
            (
                #"{"id":"P","type":"percentOff","bp":100,"layer":"quantum"}"#, "unknownLayer",
                "/layer"
            ),
            (#"{"id":"P","type":"percentOff","bp":100,"n":2}"#, "unknownField", "/n"),
            (#"{"id":"P","type":"percentOff"}"#, "missingField", "/bp"),
            (#"{"type":"percentOff","bp":1}"#, "missingField", "/id"),
            (#"{"id":"P","type":"percentOff","bp":"100"}"#, "wrongType", "/bp"),
            (#"{"id":"P","type":"percentOff","bp":1.0}"#, "wrongType", "/bp"),
            (#"{"id":"P","type":"percentOff","bp":1e2}"#, "wrongType", "/bp"),
            (#"{"id":"P","type":"percentOff","bp":null}"#, "wrongType", "/bp"),
            (#"{"id":"P","type":"percentOff","bp":0}"#, "outOfRange", "/bp"),
            (#"{"id":"P","type":"percentOff","bp":10001}"#, "outOfRange", "/bp"),
            (#"{"id":"P","type":"amountOff","amount":-5}"#, "outOfRange", "/amount"),
            (#"{"id":"P","type":"nForPrice","n":25,"price":1}"#, "outOfRange", "/n"),
            (#"{"id":"P","type":"buyXgetY","buy":24,"get":1,"bp":1}"#, "outOfRange", "/buy"),
            (
                #"{"id":"P","type":"bundle","slots":[{}],"price":1,"bp":1}"#,
                "conflictingFields", ""
            ),
            (#"{"id":"P","type":"bundle","slots":[],"price":1}"#, "outOfRange", "/slots"),
            (
                #"{"id":"P","type":"percentOff","bp":1,"select":{"skus":[]}}"#, "emptySelector",
                "/select/skus"
            ),
            (
                #"{"id":"P","type":"percentOff","bp":1,"select":{"skus":["A"],"not":{"skus":["A"]}}}"#,
                "emptySelector", "/select/not"
            ),
            (#"{"id":"P","type":"percentOff","bp":1,"layer":"basket"}"#, "typeNotInLayer", "/type"),
            (#"{"id":"P","type":"basket","amount":1}"#, "typeNotInLayer", "/type"),
            (
                #"{"id":"P","type":"percentOff","bp":1,"schedule":{"from":"2027-02-30"}}"#,
                "badSchedule", "/schedule/from"
            ),
            (
                #"{"id":"P","type":"percentOff","bp":1,"schedule":{"hours":["22:00","02:00"]}}"#,
                "badSchedule", "/schedule/hours"
            ),
            (
                #"{"id":"P","type":"percentOff","bp":1,"schedule":{"days":["Fre"]}}"#,
                "badSchedule", "/schedule/days/0"
            ),
            (
                #"{"id":"P","type":"basket","layer":"basket","tiers":[{"amount":1},{"bp":1}]}"#,
                "badTiers", "/tiers"
            ),
            (
                #"{"id":"P","type":"percentOff","bp":1,"texts":{"de":{"title":"a\tb"}}}"#,
                "badText", "/texts/de/title"
            ),
            (
                #"{"id":"P","type":"percentOff","bp":1,"texts":{"de":{"title":"e\u0301"}}}"#,
                "badText", "/texts/de/title"
            ),
        ])
    func refusal(_ text: String, _ error: String, _ path: String) throws {
        let good = try Self.json(#"{"id":"GOOD","type":"amountOff","amount":5}"#)
        let set = PromotionSet(json: [try Self.json(text), good])
        #expect(set.promotions.map(\.id) == ["GOOD"])
        #expect(set.refusals.map(\.error.rawValue) == [error])
        #expect(set.refusals.map(\.fieldPath) == [path])
    }

    @Test("of two promotions with one id neither runs, whatever their order")
    func duplicates() throws {
        let one = try Self.json(#"{"id":"P","type":"amountOff","amount":5}"#)
        let other = try Self.json(#"{"id":"P","type":"amountOff","amount":6}"#)
        let set = PromotionSet(json: [one, other])
        #expect(set.promotions.isEmpty)
        #expect(set.refusals.map(\.error) == [.duplicateId, .duplicateId])
        #expect(PromotionSet(json: [other, one]) == set)
    }

    @Test("loading what was written gives the same promotion", arguments: 0..<300)
    func roundTrip(_ seed: Int) throws {
        var chance = SeededChance(seed: UInt64(seed))
        var promotion = RandomCart.promotion("P", &chance)
        promotion.schedule = .init(
            from: "2027-01-01", until: "2027-06-01T12:00", days: ["Mon"], hours: ["09:00", "24:00"])
        promotion.texts = ["de": .init(title: "Für dich", receipt: nil)]
        promotion.segments = ["tier:gold"]
        promotion.coupon = "K"
        let set = PromotionSet(json: [promotion.json])
        #expect(set.refusals.isEmpty)
        #expect(set.promotions == [promotion])
    }
}
