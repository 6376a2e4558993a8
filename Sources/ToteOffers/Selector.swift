public import ToteValues

/// Which articles a promotion, a points rule or a stamp card speaks of (OFF-5…OFF-8).
///
/// Without lists, or with `all`, it matches every article; else the union of its lists. Then `not`
/// takes away what it matches. A list that is present and empty matches nothing.
public struct Selector: Hashable, Sendable, JSONReadable, JSONWritable {
    public var all: Bool
    public var skus: [String]?
    public var categories: [String]?
    public var brands: [String]?
    /// Drops units that carry a discount when a packing layer starts (OFF-7).
    public var excludeDiscounted: Bool
    // An array, because a struct cannot hold itself; at most one element.
    private var excluded: [Selector]

    public init(
        all: Bool = false, skus: [String]? = nil, categories: [String]? = nil,
        brands: [String]? = nil, not: Selector? = nil, excludeDiscounted: Bool = false
    ) {
        self.all = all
        self.skus = skus
        self.categories = categories
        self.brands = brands
        self.excludeDiscounted = excludeDiscounted
        self.excluded = not.map { [$0] } ?? []
    }

    /// What is taken away.
    public var not: Selector? {
        get { excluded.first }
        set { excluded = newValue.map { [$0] } ?? [] }
    }

    /// Matches every article.
    public static let everything = Selector()

    /// OFF-5, OFF-6. `excludeDiscounted` and `noDiscount` are read by the layers.
    public func matches(_ article: Article) -> Bool {
        guard namesEverything || lists(article) else { return false }
        return !(not?.matches(article) ?? false)
    }

    /// The positive part has no list, or says `all`.
    var namesEverything: Bool {
        all || (skus == nil && categories == nil && brands == nil)
    }

    private func lists(_ article: Article) -> Bool {
        if skus?.contains(article.sku) == true { return true }
        if let categories, article.categories.contains(where: categories.contains) { return true }
        if let brand = article.brand, brands?.contains(brand) == true { return true }
        return false
    }
}

extension Selector {
    public init(json field: JSONField) throws(JSONReadError) {
        var reader = try field.object()
        self.init(
            all: try reader.flag("all"), skus: try reader.texts("skus"),
            categories: try reader.texts("categories"), brands: try reader.texts("brands"),
            not: try reader.value("not", as: Selector.self),
            excludeDiscounted: try reader.flag("excludeDiscounted"))
        try reader.finish()
    }

    public var json: JSONValue {
        .object([
            "all": .flag(all), "skus": skus.map { .strings($0) },
            "categories": categories.map { .strings($0) },
            "brands": brands.map { .strings($0) }, "not": not?.json,
            "excludeDiscounted": .flag(excludeDiscounted),
        ])
    }
}
