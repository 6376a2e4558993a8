import Testing
import ToteOffers
import ToteValues

@Suite("Selection, against exhaustive search and under change")
struct SelectionPropertyTests {
    @Test("the engine chooses what exhaustive search chooses, unit by unit", arguments: 0..<10)
    func exhaustive(_ seed: Int) throws {
        var chance = SeededChance(seed: UInt64(seed) + 1)
        for round in 0..<40 {
            let cart = RandomCart(&chance, units: chance.number(1...6), promotionCount: 4)
            let oracle = try ExhaustiveSearch(cart)
            let quote = try OfferEngine(promotions: cart.promotions).price(
                lines: cart.lines, articles: cart.articles, context: cart.context)
            let found = quote.applications.map {
                "\($0.promotion) \($0.discount) \(JSONText.of($0.uses ?? [:]))"
            }
            let wanted = oracle.best.map {
                "\($0.promotion) \($0.discount) \(JSONText.of(oracle.uses($0)))"
            }
            #expect(found == wanted, "seed \(seed) round \(round): \(cart)")
            #expect(quote.proof == .optimal)
        }
    }

    @Test("no order of lines or promotions changes a byte")
    func orders() throws {
        var chance = SeededChance(seed: 77)
        for _ in 0..<60 {
            let cart = RandomCart(&chance, units: 10, promotionCount: 6)
            let quote = try OfferEngine(promotions: cart.promotions).price(
                lines: cart.lines, articles: cart.articles, context: cart.context)
            let again = try OfferEngine(promotions: cart.promotions.shuffled(using: &chance)).price(
                lines: cart.lines.shuffled(using: &chance), articles: cart.articles,
                context: cart.context)
            #expect(quote.canonicalBytes == again.canonicalBytes)
            #expect(quote.quoteHash == again.quoteHash)
        }
    }

    @Test("nothing is negative, every share and every tax sums")
    func sums() throws {
        var chance = SeededChance(seed: 5)
        for _ in 0..<80 {
            var cart = RandomCart(&chance, units: 12, promotionCount: 6)
            cart.context.objective = chance.pick([.layered, .joint])
            cart.context.taxMode = chance.pick([.inclusive, .exclusive])
            for index in cart.promotions.indices where chance.chance(40) {
                cart.promotions[index].layer = chance.pick([.storeCoupon, .mfrCoupon])
            }
            var basket = Promotion(
                id: "T", layer: .basket,
                kind: .basket(.single(.init(min: 200, value: .amount(chance.number(1...5000))))))
            basket.basis = chance.pick([.net, .gross])
            let quote = try OfferEngine(promotions: cart.promotions + [basket]).price(
                lines: cart.lines, articles: cart.articles, context: cart.context)
            check(quote)
        }
    }

    private func check(_ quote: Quote) {
        #expect(quote.total >= 0)
        #expect(quote.lines.allSatisfy { $0.net >= 0 && $0.discount >= 0 && $0.taxable >= 0 })
        #expect(quote.lines.allSatisfy { $0.gross == $0.net + $0.discount })
        let shares = quote.applications.reduce(0) { $0 + $1.lines.values.reduce(0, +) }
        #expect(shares == quote.discount)
        #expect(quote.applications.allSatisfy { $0.discount == $0.lines.values.reduce(0, +) })
        for line in quote.lines {
            let runs = quote.unitNets[line.id] ?? []
            #expect(runs.reduce(0) { $0 + $1.net * $1.count } == line.net)
        }
        let told = quote.trail.filter { $0.outcome == .applied }
            .reduce(Int64(0)) { $0 + ($1.facts["discount"]?.number ?? 0) }
        #expect(told == quote.discount)
    }
}

enum JSONText {
    static func of(_ map: [String: Int64]) -> String {
        map.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",")
    }
}
