public import ToteCatalogue
public import ToteValues

/// What a store sells, at what prices and with what offers.
public struct Assortment: Hashable, Sendable {
    public var profile: StoreProfile
    public var products: [Product]
    public var entries: [PriceEntry]
    /// As in `offers.md` section 2.
    public var promotions: [JSONValue]

    public init(
        profile: StoreProfile, products: [Product], entries: [PriceEntry], promotions: [JSONValue]
    ) {
        self.profile = profile
        self.products = products
        self.entries = entries
        self.promotions = promotions
    }
}
