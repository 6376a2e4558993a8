import ToteCarts
import ToteCatalogue
import ToteOffers
import ToteValues

/// A scan that cannot be sold now: not listed any more, without a price, expired, recalled.
struct WaitingScan: Hashable {
    let dot: Dot
    /// As it was scanned.
    let code: String

    init(_ dot: Dot, in cart: Cart) {
        self.dot = dot
        code = cart.dots[dot]?.scan?.code ?? dot.text
    }
}

/// Turns a priced cart into what a shopper sees. Decides nothing about prices.
struct CartViewComposer {
    let priced: PricedCart
    let record: CartRecord
    /// Scans that cannot be sold now, in order.
    let waiting: [WaitingScan]
    /// Dots of scans that the store has not acknowledged.
    let unsent: Set<Dot>
    /// For the titles that shoppers read.
    let offers: BookOffers?

    private var quote: Quote { priced.quote }

    func view(
        state: String, currency: Currency, unsentCount: Int, offline: Bool, member: Bool
    ) -> CartView {
        CartView(
            cart: record.cart, state: state, currency: currency, lines: lines,
            waiting: waiting.map(\.code), grossMinor: quote.gross,
            savedMinor: quote.discount, depositMinor: quote.deposit, tax: quote.tax,
            totalMinor: quote.total, notApplied: missed(currency), hints: hints,
            provenBest: quote.proof == .optimal, unsent: unsentCount, offline: offline,
            member: member, book: quote.inputs.priceBookVersion,
            quoteHash: Hex.encode(quote.quoteHash))
    }

    private var lines: [LineView] {
        let offers = offersByLine
        return priced.lines.enumerated().map { index, line in
            LineView(
                number: index + 1, sku: line.item.product.sku, name: line.item.product.name,
                pieces: line.units, grams: line.grams, unitPriceMinor: line.unitPriceMinor,
                grossMinor: line.quoteLine.gross, discountMinor: line.quoteLine.discount,
                netMinor: line.quoteLine.net, depositMinor: line.quoteLine.deposit,
                minimumAge: line.item.product.minimumAge, offers: offers[line.id] ?? [],
                unsent: !unsent.isDisjoint(with: line.dots), dots: line.dots)
        }
    }

    /// Each promotion's share by line, applications of one promotion added up.
    private var offersByLine: [String: [AppliedOffer]] {
        var shares: [String: [(promotion: String, discount: Int64)]] = [:]
        for application in quote.applications {
            for (line, discount) in application.lines {
                let known = shares[line]?.firstIndex { $0.promotion == application.promotion }
                if let known {
                    shares[line]?[known].discount += discount
                } else {
                    shares[line, default: []].append((application.promotion, discount))
                }
            }
        }
        return shares.mapValues { offers in
            offers.map {
                AppliedOffer(
                    promotion: $0.promotion, title: title($0.promotion),
                    discountMinor: $0.discount)
            }
        }
    }

    private func missed(_ currency: Currency) -> [MissedOffer] {
        quote.trail.compactMap { entry in
            guard entry.outcome == .notApplied, let reason = entry.reason else { return nil }
            let words = MissedOfferWords(reason: reason, facts: entry.facts, currency: currency)
            return MissedOffer(
                promotion: entry.promotion, title: title(entry.promotion),
                reason: reason.rawValue, text: words.text)
        }
    }

    private var hints: [HintView] {
        let names = Dictionary(
            priced.lines.map { ($0.item.product.sku, $0.item.product.name) },
            uniquingKeysWith: { first, _ in first })
        return quote.hints.map { hint in
            HintView(
                sku: hint.sku, name: names[hint.sku] ?? hint.sku, totalThenMinor: hint.totalThen,
                savesMinor: hint.saves)
        }
    }

    private func title(_ promotion: String) -> String {
        offers?.title(promotion) ?? promotion
    }
}

/// Why an offer did not apply, in a shopper's words.
struct MissedOfferWords {
    let reason: RejectReason
    let facts: JSONValue
    let currency: Currency

    var text: String {
        switch reason {
        case .notStarted: "starts \(fact("from"))"
        case .ended: "ended \(fact("until"))"
        case .otherWeekday: "only on \(list("days"))"
        case .outsideHours: "only from \(list("hours", joiner: " to "))"
        case .notInSegment: "for other members"
        case .membersOnly: "for members: sign in"
        case .couponNotPresented: "needs its coupon"
        case .otherStore: "in other stores"
        case .needMore: needMore
        case .thresholdNotReached: "spend \(amount("missing")) more"
        case .beatenBy: "a better offer applies"
        case .excludedBy: "does not combine with \(list("by"))"
        case .limitReached: "limit of \(fact("limit")) reached"
        case .budgetExhausted: "used up"
        case .closedToOffers: "not on these articles"
        case .noSaving: "saves nothing here"
        case .nothingEligible: "none of its articles here"
        case .noWeight: "needs a weight"
        case .declinedForLowerTotal: "other offers save more"
        case .declinedByShopper: "you declined it"
        case .onlineValidationPending: "the store must confirm it"
        case .couponNeedsAttendant: "show the coupon to an attendant"
        case .alreadyRedeemed: "used already"
        case .grantMissing: "not given to you"
        case .layerNotRun: "not looked at"
        case .refusedAtLoad: "not valid"
        }
    }

    private var needMore: String {
        guard case .array(let missing) = facts["missing"] else { return "needs more pieces" }
        let pieces = missing.reduce(Int64(0)) { sum, value in
            if case .integer(let count) = value { sum + count } else { sum }
        }
        return "\(pieces) more needed"
    }

    private func fact(_ name: String) -> String {
        switch facts[name] {
        case .string(let text): text
        case .integer(let number): String(number)
        default: ""
        }
    }

    private func amount(_ name: String) -> String {
        guard case .integer(let minor) = facts[name] else { return "" }
        return Money(minor: minor, currency: currency).text
    }

    private func list(_ name: String, joiner: String = ", ") -> String {
        guard case .array(let values) = facts[name] else { return "" }
        return values.compactMap { if case .string(let text) = $0 { text } else { nil } }
            .joined(separator: joiner)
    }
}
