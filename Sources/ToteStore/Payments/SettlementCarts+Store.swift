import GRDB
import ToteCarts
import ToteCatalogue
import ToteMessages
package import ToteOffers
import TotePayments
package import ToteValues

extension SettlementCarts {
    /// The store's own carts and catalogue.
    package static func store(
        database: StoreDatabase, catalogue: StoreCatalogue, world: World
    ) -> SettlementCarts {
        var carts = SettlementCarts(
            isOwn: { db, cart, caller in try CartLog.mayUse(db, cart, caller) },
            frozen: { db, cart, ordinal in try CartLog.frozen(db, cart, ordinal) },
            quote: { frozen, caller in
                let cart = try await database.read { try CartLog.cart($0, frozen.cart) }
                guard let cart else { throw Problem.unknownCart }
                return try SettlementQuote(
                    of: cart, frozen: frozen, catalogue: catalogue.catalogue, caller: caller)
            },
            settled: { db, frozen, receipt in
                try CartLog.appendSettled(
                    db, frozen.cart, ordinal: frozen.ordinal, receipt: receipt, world: world,
                    hints: database.hints)
            },
            reopened: { db, frozen, reason in
                try CartLog.appendReopened(
                    db, frozen.cart, ordinal: frozen.ordinal, reason: reason, world: world,
                    hints: database.hints)
            })
        carts.isActive = { db, cart, ordinal in
            try CartLog.activeOrdinal(db, cart) == ordinal
        }
        return carts
    }
}

extension Caller.MemberReference {
    /// All that pricing may know of a member (OFF-120).
    package var pricing: PricingMember {
        PricingMember(id: Hex.encode(pairwiseID), segments: segments)
    }
}

extension SettlementQuote {
    /// Prices the frozen set by the same inputs as at the close: the confirmed log prefix and
    /// moment, with the book now in force. A newer book gives another hash (PAY-3).
    init(
        of cart: Cart, frozen: FrozenCart, catalogue: Catalogue, caller: Caller
    ) throws {
        let isOwn = caller.member.map { Hex.encode($0.pairwiseID) == cart.member } ?? false
        let priced = try CartPricing.price(
            cart: cart, which: .frozen, catalogue: catalogue,
            member: isOwn ? caller.member?.pricing : nil, at: frozen.at,
            logPrefix: frozen.cursor.hash)
        guard priced.waiting.isEmpty else { throw SettlementError(.quoteStale) }
        self.init(
            quoteHash: priced.quote.quoteHash,
            body: ReceiptBody(priced, frozen: frozen, profile: catalogue.profile),
            pointsEarned: isOwn ? priced.quote.points ?? 0 : 0,
            restricted: priced.lines.map(\.item.product).filter { $0.minimumAge > 0 }.map {
                RestrictedLine(article: $0.sku, name: $0.name, minimumAge: $0.minimumAge)
            })
    }
}

extension ReceiptBody {
    /// What the receipt of this quote says.
    init(_ priced: PricedCart, frozen: FrozenCart, profile: StoreProfile) {
        let quote = priced.quote
        self.init(
            cart: frozen.cart, ordinal: frozen.ordinal, setHash: frozen.setHash,
            settlement: frozen.key, currency: quote.currency,
            taxMode: profile.taxMode == .inclusive ? .inclusive : .exclusive,
            priceBook: quote.inputs.priceBookVersion, engine: quote.inputs.engineVersion,
            lines: priced.lines.enumerated().map { index, line in
                ReceiptLine(line, number: index + 1, of: quote)
            },
            taxes: Self.taxes(of: quote, profile: profile),
            totals: ReceiptTotals(
                gross: quote.gross, discount: quote.discount, deposit: quote.deposit,
                tax: quote.tax.values.reduce(0, +), total: quote.total))
    }

    private static func taxes(of quote: Quote, profile: StoreProfile) -> [ReceiptTax] {
        let categories = quote.tax.keys.sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        return categories.map { category in
            let taxable = quote.lines.filter { $0.taxCategory == category }
                .reduce(0) { $0 + $1.taxable }
            let tax = quote.tax[category] ?? 0
            let isInclusive = profile.taxMode == .inclusive
            return ReceiptTax(
                category: category, basisPoints: profile.taxRates[category] ?? 0,
                gross: isInclusive ? taxable : taxable + tax,
                net: isInclusive ? taxable - tax : taxable, tax: tax)
        }
    }
}

extension ReceiptLine {
    /// One line of a priced cart; offers in order of application.
    init(_ line: PricedCartLine, number: Int, of quote: Quote) {
        var offers: [ReceiptOffer] = []
        for application in quote.applications {
            guard let share = application.lines[line.id], share != 0 else { continue }
            if let index = offers.firstIndex(where: { $0.offer == application.promotion }) {
                offers[index].discount += share
            } else {
                offers.append(ReceiptOffer(offer: application.promotion, discount: share))
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
