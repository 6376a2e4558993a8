import Synchronization
import ToteBarcodes
import ToteCarts
import ToteCatalogue
import ToteOffers
import ToteSync
import ToteValues

/// The store's own prices of open carts (OFF-70) over the catalogue in force. The book's promotions
/// are read once for each book.
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
                Self.set(try self.price(cart, member, at))
            },
            mayLock: { book, now in
                self.shop.catalogue.mayLock(book, at: now, graceSeconds: Self.lockGraceSeconds)
            },
            judge: { scan, now in Self.judge(scan, self.shop.catalogue, at: now) },
            book: { self.shop.catalogue.bookVersion })
    }

    /// Goods that are stopped or recalled are held: staff take them, or lift the stop (row 16).
    private static func judge(
        _ scan: ScanBody, _ catalogue: Catalogue, at now: Moment
    ) -> ScanJudgement {
        let profile = catalogue.profile
        guard let input = ScanInput(cartCode: scan.code, symbology: scan.symbology),
            let code = try? interpret(input, rules: profile.rules, today: profile.day(of: now))
        else { return .sold }
        let findings =
            profile.recalls.isEmpty ? [] : catalogue.saleFindings(for: code, at: now)
        if findings.contains(where: { $0.kind == .recalled }) { return .hold("recalled") }
        do throws(CatalogueError) {
            _ = try catalogue.item(for: code, at: now, article: scan.article)
            return .sold
        } catch {
            return error.code == .saleStopped ? .hold("saleStopped") : .sold
        }
    }

    private func price(
        _ cart: Cart, _ member: Caller.MemberReference?, _ at: Moment
    ) throws -> PricedCart {
        let catalogue = shop.catalogue
        return try CartPricing.price(
            cart: cart, which: .live, catalogue: catalogue, member: member?.pricing, at: at,
            logPrefix: cart.hash, offers: try promotions(of: catalogue))
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
