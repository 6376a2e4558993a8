import Testing
import ToteOffers
import ToteValues

@Suite("Quotes: worked examples, reasons, hints, bad input")
struct QuoteRulesTests {
    private var context = PricingContext(
        currency: .euro, taxMode: .inclusive, taxRates: ["std": 1900, "food": 700],
        at: "2027-03-03T12:00", weekday: "Wed")

    private func price(
        _ lines: [(String, Int64)], _ articles: [Article], _ promotions: [Promotion],
        _ context: PricingContext? = nil
    ) throws -> Quote {
        let lines = lines.map { PricingLine(id: $0.0, sku: $0.0, qty: $0.1) }
        return try OfferEngine(promotions: promotions).price(
            lines: lines, articles: articles.reduce(into: [:]) { $0[$1.sku] = $1 },
            context: context ?? self.context)
    }

    private func slot(_ sku: String) -> PromotionKind.Slot {
        .init(select: Selector(skus: [sku]))
    }

    @Test("worked example 1: the best pair of offers beats the meal")
    func optimum() throws {
        let articles = [
            Article(sku: "TEA", price: 250, tax: "food"),
            Article(sku: "BUN", price: 320, tax: "food"),
            Article(sku: "JUI", price: 180, tax: "food"),
        ]
        let meal = ["TEA", "BUN", "JUI"].map(slot)
        let quote = try price(
            [("TEA", 2), ("BUN", 1), ("JUI", 1)], articles,
            [
                Promotion(id: "MEAL", kind: .bundle(slots: meal, benefit: .price(600))),
                Promotion(
                    id: "T2", kind: .buyXgetY(buy: 1, get: 1, bp: 10000, equal: false),
                    select: Selector(skus: ["TEA"])),
                Promotion(id: "BJ", kind: .bundle(slots: Array(meal[1...]), benefit: .bp(2000))),
            ])
        #expect(quote.total == 650)
        #expect(quote.tax == ["food": 43])
        #expect(quote.applications.map(\.promotion) == ["BJ", "T2"])
        #expect(quote.applications.first?.lines == ["BUN": 64, "JUI": 36])
        let beaten = quote.trail.first { $0.promotion == "MEAL" }
        #expect(beaten?.reason == .beatenBy)
        #expect(beaten?.facts["by"] == .strings(["BJ", "T2"]))
    }

    @Test("worked example 3: ties go to the first id and the first units")
    func ties() throws {
        let articles = ["X", "Y", "Z"].map { Article(sku: $0, price: 100) }
        var single = Promotion(id: "c", kind: .amountOff(amount: 20))
        single.maxApplications = 2
        let quote = try price(
            [("Z", 1), ("Y", 1), ("X", 1)], articles,
            [
                Promotion(id: "b", kind: .couponAmount(require: 2, amount: 40)),
                Promotion(id: "a", kind: .couponAmount(require: 2, amount: 40)), single,
            ])
        #expect(quote.applications.map(\.promotion) == ["a", "c"])
        #expect(quote.applications.map(\.uses) == [["X": 1, "Y": 1], ["Z": 1]])
        #expect(quote.total == 240)
    }

    @Test("worked example 5: deposits stand outside, unit nets sum to what was paid")
    func basketAndDeposit() throws {
        var context = context
        context.giftCard = 1000
        let articles = [
            Article(sku: "F", price: 1245, tax: "food"), Article(sku: "N", price: 850, deposit: 25),
        ]
        let basket = Promotion(
            id: "T", layer: .basket, kind: .basket(.single(.init(min: 3000, value: .amount(500)))))
        let quote = try price([("F", 2), ("N", 1)], articles, [basket], context)
        #expect(quote.applications.first?.lines == ["F": 373, "N": 127])
        #expect(quote.tax == ["food": 138, "std": 115])
        #expect(quote.total == 2865)
        #expect(quote.tenders.otherTender == 1865)
        let nets = try #require(quote.unitNets["F"])
        #expect(nets.map(\.net).sorted() == [1058, 1059])
    }

    @Test("worked example 6: joint declines the item offer that costs the basket offer")
    func joint() throws {
        let articles = [Article(sku: "A", price: 1220), Article(sku: "B", price: 1800)]
        let promotions = [
            Promotion(id: "I", kind: .amountOff(amount: 30), select: Selector(skus: ["A"])),
            Promotion(
                id: "T", layer: .basket,
                kind: .basket(.single(.init(min: 3000, value: .amount(250))))),
        ]
        let layered = try price([("A", 1), ("B", 1)], articles, promotions)
        #expect(layered.total == 2990)
        #expect(layered.trail.last?.reason == .thresholdNotReached)
        #expect(layered.trail.last?.facts["missing"] == .integer(10))
        var context = context
        context.objective = .joint
        let joint = try price([("A", 1), ("B", 1)], articles, promotions, context)
        #expect(joint.total == 2770)
        #expect(joint.declined == ["I"])
        #expect(joint.applications.first?.lines == ["A": 101, "B": 149])
        #expect(joint.trail.first?.reason == .declinedForLowerTotal)
    }

    @Test("a hint is true when done, and none is given that saves nothing")
    func hints() throws {
        let yoghurt = Article(sku: "YOG", price: 59, tax: "food")
        let offer = Promotion(
            id: "Y3", kind: .nForPrice(n: 3, price: 150), select: Selector(skus: ["YOG"]))
        let engine = OfferEngine(promotions: [offer])
        func hints(_ count: Int64) throws -> (Quote, [Hint]) {
            let lines = [PricingLine(id: "YOG", sku: "YOG", qty: count)]
            let quote = try engine.price(lines: lines, articles: ["YOG": yoghurt], context: context)
            return (
                quote,
                engine.hints(
                    for: quote, lines: lines, articles: ["YOG": yoghurt], context: context)
            )
        }
        let (now, shown) = try hints(2)
        #expect(now.total == 118)
        #expect(now.trail.first?.reason == .needMore)
        #expect(shown.map(\.totalThen) == [150])
        #expect(shown.map(\.saves) == [27])
        #expect(try hints(3).0.total == 150)
        #expect(try hints(3).1.isEmpty)
    }

    @Test("a time boundary is inclusive at from and exclusive at until")
    func boundaries() throws {
        let article = Article(sku: "A", price: 100)
        var offer = Promotion(id: "P", kind: .amountOff(amount: 10))
        offer.schedule = .init(from: "2027-03-03", until: "2027-03-03T12:00")
        for (at, reason) in [
            ("2027-03-02T23:59", RejectReason.notStarted), ("2027-03-03T00:00", nil),
            ("2027-03-03T11:59", nil), ("2027-03-03T12:00", .ended),
        ] {
            var context = context
            context.at = at
            let quote = try price([("A", 1)], [article], [offer], context)
            #expect(quote.trail.first?.reason == reason)
            #expect(quote.notApplied["P"] == reason?.notAppliedText)
        }
    }

    @Test("a promotion without effect says why")
    func reasons() throws {
        var closed = Article(sku: "C", price: 100)
        closed.noDiscount = true
        var spent = Promotion(id: "budget", kind: .amountOff(amount: 50))
        spent.budgetRemaining = 49
        var never = Promotion(id: "limit", kind: .amountOff(amount: 50))
        never.maxApplications = 0
        let quote = try price(
            [("A", 1), ("C", 1)], [Article(sku: "A", price: 100), closed],
            [
                spent, never,
                Promotion(
                    id: "closed", kind: .amountOff(amount: 5), select: Selector(skus: ["C"])),
                Promotion(id: "dear", kind: .fixedPrice(price: 100)),
                Promotion(id: "more", kind: .nPercent(n: 3, bp: 100)),
            ])
        let reasons = quote.trail.reduce(into: [:]) { $0[$1.promotion] = $1.reason }
        #expect(
            reasons == [
                "budget": .budgetExhausted, "limit": .limitReached, "closed": .closedToOffers,
                "dear": .noSaving, "more": .needMore,
            ])
        #expect(quote.notApplied.isEmpty)
    }

    @Test("every fault of a cart is named at once, and nothing is priced")
    func badLines() {
        let articles = [
            "A": Article(sku: "A", price: 100), "T": Article(sku: "T", price: 1, tax: "x"),
        ]
        let lines = [
            PricingLine(id: "1", sku: "A", qty: 0),
            PricingLine(id: "2", sku: "A", qty: 1, grams: 5),
            PricingLine(id: "2", sku: "A", qty: 1), PricingLine(id: "3", sku: "NO", qty: 1),
            PricingLine(id: "4", sku: "T", grams: 100_000), PricingLine(id: "5", sku: "A"),
        ]
        let error = #expect(throws: PricingError.self) {
            try OfferEngine(promotions: []).price(
                lines: lines, articles: articles, context: context)
        }
        #expect(
            error?.faults.map(\.code) == [
                .quantityOutOfRange, .measureConflict, .duplicateLineId, .unknownSku,
                .quantityOutOfRange, .unknownTaxCategory, .measureConflict,
            ])
    }

    @Test("a cart above 10,000 units or a total above 2^53 − 1 is refused")
    func tooLarge() {
        func code(_ price: Int64, _ counts: [Int64]) -> PricingError.Code? {
            let lines = counts.enumerated().map { PricingLine(id: "\($0)", sku: "A", qty: $1) }
            let error = #expect(throws: PricingError.self) {
                try OfferEngine(promotions: []).price(
                    lines: lines, articles: ["A": Article(sku: "A", price: price)],
                    context: context)
            }
            return error?.faults.first?.code
        }
        #expect(code(1, [6000, 4001]) == .cartTooLarge)
        #expect(code(1 << 52, [10_000]) == .amountOutOfRange)
    }

    @Test("6,000 pieces of one article cost no more to price than a few")
    func manyPieces() throws {
        let offer = Promotion(
            id: "B", kind: .buyXgetY(buy: 2, get: 1, bp: 10000, equal: true))
        let quote = try price([("A", 6000)], [Article(sku: "A", price: 100)], [offer])
        #expect(quote.discount == 200_000)
        #expect(quote.proof == .optimal)
    }

    @Test("the hash binds total and inputs, and not the explanation")
    func hash() throws {
        let quote = try price([("A", 1)], [Article(sku: "A", price: 100)], [])
        var other = quote
        other.trail = [TrailEntry(promotion: "x", outcome: .applied, facts: .object([:]))]
        #expect(other.quoteHash == quote.quoteHash)
        other.inputs.priceBookVersion = 9
        #expect(other.quoteHash != quote.quoteHash)
        other = quote
        other.total += 1
        #expect(other.quoteHash != quote.quoteHash)
        #expect(quote.quoteHash.count == 32)
    }
}
