/// Which promotions can touch a cart (OFF-101): inverted lists by SKU, category and brand, and
/// those that speak of everything. `not`, `excludeDiscounted` and slots are read afterwards, so the
/// list may hold more than will match, never less.
struct PromotionIndex: Hashable, Sendable {
    private var bySku: [String: [Int]] = [:]
    private var byCategory: [String: [Int]] = [:]
    private var byBrand: [String: [Int]] = [:]
    private var everywhere: [Int] = []

    init(_ promotions: [Promotion]) {
        for (index, promotion) in promotions.enumerated() { add(promotion, index) }
    }

    private mutating func add(_ promotion: Promotion, _ index: Int) {
        if promotion.selectors.contains(where: \.namesEverything) {
            everywhere.append(index)
            return
        }
        for selector in promotion.selectors {
            for sku in selector.skus ?? [] { bySku[sku, default: []].append(index) }
            for category in selector.categories ?? [] {
                byCategory[category, default: []].append(index)
            }
            for brand in selector.brands ?? [] { byBrand[brand, default: []].append(index) }
        }
    }

    /// Ascending numbers of the promotions that may speak of one of the articles.
    func candidates(for articles: [Article]) -> [Int] {
        var found = Set(articles.isEmpty ? [] : everywhere)
        for article in articles {
            found.formUnion(bySku[article.sku] ?? [])
            for category in article.categories { found.formUnion(byCategory[category] ?? []) }
            if let brand = article.brand { found.formUnion(byBrand[brand] ?? []) }
        }
        return found.sorted()
    }
}
