import Synchronization
package import ToteCarts
import ToteCatalogue
import ToteOffers
import TotePayments
import ToteValues

/// The store's own prices (OFF-70): one way for the quote, the close and the receipt, over the
/// catalogue in force. The book's promotions are read once for each book.
package final class StoreQuotes: Sendable {
    /// A price lock may name a book that ended so long ago (SYNC-55).
    private static let lockGraceSeconds: Int64 = 4 * 3600

    private let shop: StoreCatalogue
    private let offers = Mutex<(book: BookVersion, promotions: PromotionSet)?>(nil)

    package init(shop: StoreCatalogue) { self.shop = shop }

    /// What carts need of prices.
    package var pricing: StorePricing {
        StorePricing(
            price: { cart, member, at in
                Self.set(try self.price(cart, .live, member, at, cart.hash))
            },
            mayLock: { book, now in
                self.shop.catalogue.mayLock(book, at: now, graceSeconds: Self.lockGraceSeconds)
            })
    }

    /// The frozen set's quote at its frozen moment (PAY-3).
    /// - Parameter cart: the whole cart, still closing.
    package func quote(
        _ frozen: FrozenCart, of cart: Cart, member: Caller.MemberReference?
    ) throws -> SettlementQuote {
        let priced = try price(cart, .frozen, member, frozen.at, frozen.cursor.hash)
        return SettlementQuote(
            quoteHash: priced.quote.quoteHash,
            body: ReceiptBody(frozen, priced, profile: shop.catalogue.profile),
            pointsEarned: priced.quote.points ?? 0)
    }

    private func price(
        _ cart: Cart, _ which: CartSelection, _ member: Caller.MemberReference?, _ at: Moment,
        _ logPrefix: LogHash
    ) throws -> PricedCart {
        let catalogue = shop.catalogue
        return try CartPricing.price(
            cart: cart, which: which, catalogue: catalogue,
            member: member.map {
                PricingMember(id: Hex.encode($0.pairwiseID), segments: $0.segments)
            },
            at: at, logPrefix: logPrefix, offers: try promotions(of: catalogue))
    }

    private func promotions(of catalogue: Catalogue) throws -> PromotionSet {
        let book = catalogue.bookVersion
        if let held = offers.withLock({ $0 }), held.book == book { return held.promotions }
        let promotions = try CartPricing.promotions(of: catalogue)
        offers.withLock { $0 = (book, promotions) }
        return promotions
    }

    private static func set(_ priced: PricedCart) -> PricedSet {
        let quote = priced.quote
        return PricedSet(
            totalMinor: quote.total, currency: quote.currency, quoteHash: quote.quoteHash,
            book: quote.inputs.priceBookVersion, engine: quote.inputs.engineVersion,
            waiting: priced.waiting, quote: quote.json)
    }
}

extension ReceiptBody {
    /// What a quote says of a frozen cart, as the receipt will say it.
    init(_ frozen: FrozenCart, _ priced: PricedCart, profile: StoreProfile) {
        let quote = priced.quote
        self.init(
            cart: frozen.cart, ordinal: frozen.ordinal, setHash: frozen.setHash,
            settlement: frozen.key, currency: quote.currency,
            taxMode: profile.taxMode == .inclusive ? .inclusive : .exclusive,
            priceBook: quote.inputs.priceBookVersion, engine: quote.inputs.engineVersion,
            lines: priced.lines.enumerated().map { index, line in
                ReceiptLine(line, number: index + 1, quote: quote)
            },
            taxes: Self.taxes(quote, profile: profile),
            totals: ReceiptTotals(
                gross: quote.gross, discount: quote.discount, deposit: quote.deposit,
                tax: quote.tax.values.reduce(0, +), total: quote.total))
    }

    /// Sums of the lines by category, in the order of their names. The engine has bounded every
    /// amount, so nothing here overflows.
    private static func taxes(_ quote: Quote, profile: StoreProfile) -> [ReceiptTax] {
        quote.tax.sorted { $0.key < $1.key }.map { category, tax in
            let base = quote.lines.filter { $0.taxCategory == category }
                .reduce(0) { $0 + $1.taxable }
            let isInside = profile.taxMode == .inclusive
            return ReceiptTax(
                category: category, basisPoints: profile.taxRates[category] ?? 0,
                gross: isInside ? base : base + tax, net: isInside ? base - tax : base, tax: tax)
        }
    }
}

extension ReceiptLine {
    init(_ line: PricedCartLine, number: Int, quote: Quote) {
        let offers = quote.applications.compactMap { application in
            application.lines[line.id].map {
                ReceiptOffer(offer: application.promotion, discount: $0)
            }
        }
        self.init(
            line: number, article: line.item.product.sku, name: line.item.product.name,
            pieces: line.units, weightGrams: line.grams ?? 0, gross: line.quoteLine.gross,
            discount: line.quoteLine.discount, net: line.quoteLine.net,
            deposit: line.quoteLine.deposit, taxCategory: line.quoteLine.taxCategory,
            offers: offers,
            unitNets: (quote.unitNets[line.id] ?? []).map {
                UnitNet(net: $0.net, count: $0.count)
            })
    }
}
