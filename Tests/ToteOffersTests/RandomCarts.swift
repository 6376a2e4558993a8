import ToteOffers
import ToteValues

/// Small carts with promotions of every packing type, limits and budgets.
struct RandomCart {
    var articles: [String: Article] = [:]
    var lines: [PricingLine] = []
    var promotions: [Promotion] = []
    var context = PricingContext(
        currency: .euro, taxMode: .inclusive, taxRates: ["std": 1900, "food": 700],
        at: "2027-03-03T12:00", weekday: "Wed")

    init(_ chance: inout SeededChance, units: Int64, promotionCount: Int64) {
        let skus = ["A", "B", "C", "D"]
        for sku in skus {
            var article = Article(sku: sku, price: chance.pick([100, 150, 200, 99, 333]))
            article.categories = ["x", "y", "z"].filter { _ in chance.chance(50) }
            article.brand = chance.chance(30) ? "b" : nil
            article.tax = chance.pick(["std", "food"])
            article.noDiscount = chance.chance(5)
            articles[sku] = article
        }
        var left = units
        for (index, sku) in skus.shuffled(using: &chance).enumerated() where left > 0 {
            if chance.chance(10) {
                lines.append(
                    PricingLine(id: "W\(index)", sku: sku, grams: chance.number(100...900)))
                left -= 1
                continue
            }
            let qty = min(left, chance.number(1...3))
            lines.append(PricingLine(id: "L\(index)", sku: sku, qty: qty))
            left -= qty
        }
        for index in 0..<chance.number(1...promotionCount) {
            promotions.append(Self.promotion("P\(index)", &chance))
        }
    }

    static func selector(_ chance: inout SeededChance) -> Selector {
        switch chance.number(0...5) {
        case 0: Selector.everything
        case 1: Selector(skus: [chance.pick(["A", "B", "C", "D"])])
        case 2: Selector(categories: ["x"])
        case 3: Selector(categories: ["y", "z"])
        case 4: Selector(categories: ["y"], not: Selector(skus: ["A"]))
        default: Selector(skus: ["B"], brands: ["b"])
        }
    }

    static func promotion(_ id: String, _ chance: inout SeededChance) -> Promotion {
        let bp = chance.pick([1000, 2500, 5000, 10000] as [Int64])
        let amount = chance.pick([20, 50, 130] as [Int64])
        let n = chance.number(1...3)
        let kind: PromotionKind =
            switch chance.number(0...9) {
            case 0: .percentOff(bp: bp)
            case 1: .amountOff(amount: amount)
            case 2: .fixedPrice(price: 90)
            case 3: .nForPrice(n: n, price: 90 * n)
            case 4: .nPercent(n: n, bp: bp)
            case 5: .buyXgetY(buy: chance.number(1...2), get: 1, bp: bp, equal: chance.chance(40))
            case 6: .buyAgetB(buy: 1, get: chance.number(1...2), bp: bp, reward: selector(&chance))
            case 7:
                .bundle(
                    slots: (0..<chance.number(1...3)).map { _ in
                        .init(select: selector(&chance), n: chance.pick([1, 1, 2]))
                    }, benefit: chance.pick([.price(250), .amount(amount), .bp(bp)]))
            case 8: .couponAmount(require: n, amount: amount)
            default: .couponFree(require: n, max: chance.pick([nil, 120]))
            }
        var promotion = Promotion(id: id, kind: kind, select: selector(&chance))
        if chance.chance(25) { promotion.maxApplications = chance.number(0...2) }
        if chance.chance(15) { promotion.budgetRemaining = chance.number(0...300) }
        if chance.chance(30) { promotion.allocation = .reward }
        return promotion
    }
}
