import ToteCarts
import ToteCatalogue
import ToteOffers
import ToteValues

extension StorePricing {
    /// How long a book that was followed by another may still be locked (SYNC-55).
    static let lockSeconds: Int64 = 4 * 3600

    /// Prices by the store's catalogue as it is at the moment of asking.
    package init(catalogue: StoreCatalogue) {
        self.init(
            price: { cart, member, at in
                try Self.price(cart, .live, catalogue.catalogue, member, at, cart.hash)
            },
            mayLock: { book, now in
                catalogue.catalogue.mayLock(book, at: now, graceSeconds: Self.lockSeconds)
            })
    }

    private static func price(
        _ cart: Cart, _ which: CartSelection, _ catalogue: Catalogue,
        _ member: Caller.MemberReference?, _ at: Moment, _ logPrefix: LogHash
    ) throws -> PricedSet {
        let pricingMember = member.map {
            PricingMember(id: Hex.encode($0.pairwiseID), segments: $0.segments)
        }
        let priced = try CartPricing.price(
            cart: cart, which: which, catalogue: catalogue, member: pricingMember, at: at,
            logPrefix: logPrefix)
        let quote = priced.quote
        return PricedSet(
            totalMinor: quote.total, currency: quote.currency, quoteHash: quote.quoteHash,
            book: quote.inputs.priceBookVersion, engine: quote.inputs.engineVersion,
            waiting: priced.waiting, quote: quote.json)
    }
}
