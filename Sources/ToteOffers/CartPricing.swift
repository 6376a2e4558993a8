public import ToteCarts
public import ToteCatalogue
public import ToteValues

/// What pricing knows of the member of a trip.
public typealias PricingMember = PricingContext.Member

/// Which units of a cart are priced.
public enum CartSelection: Hashable, Sendable {
    /// In the bag and in no settlement.
    case live
    /// The set that a close froze.
    case frozen

    func units(of state: DotState) -> Int {
        switch self {
        case .live: state.live
        case .frozen: state.frozen
        }
    }
}

/// One line of the cart with all that a screen or a receipt needs of it.
public struct PricedCartLine: Hashable, Sendable {
    /// The pricing line's id.
    public let id: String
    public let item: PricedItem
    /// Scans that make up the line, in order of the cart.
    public let dots: [Dot]
    /// Pieces; 1 for a weighed or price-labelled item.
    public let units: Int
    /// Net weight of a weighed item.
    public let grams: Int?
    /// Per piece or kilogram, as it counted; `nil` for a price-labelled item.
    public let unitPriceMinor: Int64?
    public let quoteLine: QuoteLine
}

/// A cart and its quote.
public struct PricedCart: Hashable, Sendable {
    public let quote: Quote
    /// In order of their first scan.
    public let lines: [PricedCartLine]
    /// Scans that cannot be priced now. Never free: they block a close (OFF-70).
    public let waiting: [Dot]
}

/// The one way from a cart to its quote, on the device and in the store.
public enum CartPricing {
    /// Prices the selected units of a cart with the book in force.
    /// - Parameters:
    ///   - at: decides schedules and price entries, at the store's local minute.
    ///   - logPrefix: hash of the store's log that the cart was folded from.
    ///   - offers: the book's promotions where the caller keeps them; else they are read.
    ///   - withHints: also looks for pieces that would save (several times the work).
    /// - Throws: `PricingError`, the cart is as it was.
    public static func price(
        cart: Cart, which: CartSelection, catalogue: Catalogue, member: PricingMember?,
        at: Moment, logPrefix: LogHash?, offers: PromotionSet? = nil, withHints: Bool = false
    ) throws(PricingError) -> PricedCart {
        let composition = CartComposition(cart: cart, which: which, catalogue: catalogue, at: at)
        let skus = Array(composition.articles.keys)
        let book = if let offers { offers } else { try promotions(of: catalogue) }
        let prices = try memberPrices(catalogue, skus, composition.articles, at)
        let engine = OfferEngine(PromotionSet(book, prices))
        let context = context(cart, catalogue.profile, member, at)
        let inputs = QuoteInputs(
            logPrefix: logPrefix, priceBookVersion: catalogue.bookVersion, usageVersion: 0)
        let pricingLines = composition.lines.map(\.pricing)
        var quote = try engine.price(
            lines: pricingLines, articles: composition.articles, context: context, inputs: inputs)
        if withHints {
            quote.hints = engine.hints(
                for: quote, lines: pricingLines, articles: composition.articles, context: context)
        }
        return PricedCart(
            quote: quote, lines: composition.lines(quote), waiting: composition.waiting)
    }

    /// The promotions of the book in force, checked.
    /// - Throws: `unreadable` when the catalogue file fails.
    public static func promotions(of catalogue: Catalogue) throws(PricingError) -> PromotionSet {
        do { return PromotionSet(json: try catalogue.promotions()) } catch {
            throw PricingError(.unreadable, error.message)
        }
    }

    /// Member prices below the shelf price compete as offers of their own (OFF-71).
    private static func memberPrices(
        _ catalogue: Catalogue, _ skus: [String], _ articles: [String: Article], _ at: Moment
    ) throws(PricingError) -> [Promotion] {
        let entries: [PriceEntry]
        do { entries = try catalogue.memberEntries(skus: skus.sortedByBytes(), at: at) } catch {
            throw PricingError(.unreadable, error.message)
        }
        return entries.compactMap { entry in
            guard let shelf = articles[entry.sku]?.price, entry.price < shelf else { return nil }
            var promotion = Promotion(
                id: "memberPrice/\(entry.list)/\(entry.sku)",
                kind: .fixedPrice(price: entry.price), select: Selector(skus: [entry.sku]))
            promotion.memberOnly = true
            promotion.segments = entry.segments
            return promotion
        }
    }

    private static func context(
        _ cart: Cart, _ profile: StoreProfile, _ member: PricingMember?, _ at: Moment
    ) -> PricingContext {
        var context = PricingContext(
            currency: profile.currency,
            taxMode: profile.taxMode == .inclusive ? .inclusive : .exclusive,
            taxRates: profile.taxRates, at: profile.localTime(of: at),
            weekday: profile.weekday(of: at), store: String(profile.store), member: member)
        context.coupons = cart.clippedKeys
        context.declinedByShopper = cart.declinedKeys
        return context
    }
}
