import ToteValues

/// Prices carts: the one engine of device and store. Pure, whole numbers only, no clock.
///
/// A value made once per price book: promotions are checked and indexed here, and pricing then
/// reads only those that can touch the cart.
public struct OfferEngine: Hashable, Sendable {
    /// Part of every quote's inputs; grows when a price could change for equal inputs.
    public static let version = "1.0.0"

    /// In order of id.
    public let promotions: [Promotion]
    /// Promotions that failed the check at load (OFF-76).
    public let refusals: [PromotionRefusal]
    let index: PromotionIndex

    /// Promotions that fail the check are refused, all others kept.
    public init(promotions: [Promotion]) { self.init(PromotionSet(promotions)) }

    public init(_ set: PromotionSet) {
        promotions = set.promotions
        refusals = set.refusals
        index = PromotionIndex(set.promotions)
    }

    /// Prices a cart completely, without hints (`hints(for:…)` adds them).
    /// - Parameter articles: by SKU; must hold every line's article.
    /// - Throws: every fault of lines and context at once.
    public func price(
        lines: [PricingLine], articles: [String: Article], context: PricingContext,
        inputs: QuoteInputs = QuoteInputs()
    ) throws(PricingError) -> Quote {
        let cart = try CartUnits(lines: lines, articles: articles, context: context)
        do throws(MoneyError) {
            return try price(cart, context, inputs)
        } catch {
            throw PricingError(error)
        }
    }

    private func price(
        _ cart: CartUnits, _ context: PricingContext, _ inputs: QuoteInputs
    ) throws(MoneyError) -> Quote {
        let screening = Screening(self, cart, context)
        guard context.objective == .joint else {
            let run = try PricingRun(
                cart, context, promotions: promotions, runnable: screening.runnable)
            return try quote(run, screening, inputs, joint: nil)
        }
        let joint = try JointSearch(
            cart, context, promotions: promotions, runnable: screening.runnable)
        guard let best = joint.best else { throw .overflow }
        return try quote(best.run, screening, inputs, joint: joint)
    }

    private func quote(
        _ run: PricingRun, _ screening: Screening, _ inputs: QuoteInputs, joint: JointSearch?
    ) throws(MoneyError) -> Quote {
        let context = run.context
        let tax = try TaxRules(run.cart, context)
        var inputs = inputs
        inputs.engineVersion = Self.version
        inputs.at = context.at
        var proof = run.proof
        if joint?.isComplete == false { proof.isComplete = false }
        let declined = joint?.best?.declined ?? []
        let trail = TrailRules(
            engine: self, screening: screening, run: run, declined: declined,
            totals: joint.map { (with: $0.layeredTotal, without: tax.total) })
        return Quote(
            inputs: inputs, currency: context.currency, lines: tax.lines,
            applications: run.applications, gross: tax.gross, discount: tax.discount,
            deposit: tax.deposit, tax: tax.tax, total: tax.total,
            notApplied: screening.notApplied,
            declined: joint == nil ? nil : declined.map { promotions[$0].id },
            tenders: tax.tenders, points: try LoyaltyRules.points(run.cart, context),
            stamps: LoyaltyRules.stamps(run.cart, context), unitNets: Self.unitNets(run.cart),
            proof: proof.proof, trail: trail.entries)
    }

    private static func unitNets(_ cart: CartUnits) -> [String: [UnitNetRun]] {
        var nets: [String: [UnitNetRun]] = [:]
        for (line, units) in cart.unitsOfLine.enumerated() {
            var runs: [UnitNetRun] = []
            for unit in units {
                let net = cart.units[unit].net
                if runs.last?.net == net {
                    runs[runs.count - 1].count += 1
                } else {
                    runs.append(UnitNetRun(net: net, count: 1))
                }
            }
            nets[cart.lines[line].id] = runs
        }
        return nets
    }
}

/// Which promotions may run for a cart, and why the others may not.
struct Screening {
    /// Passed every test and may touch the cart, ascending.
    private(set) var runnable: [Int] = []
    /// OFF-16 reasons by promotion number.
    private(set) var rejected: [Int: RejectReason] = [:]
    /// Layer not in the context, or turned down by the shopper.
    private(set) var setAside: [Int: RejectReason] = [:]
    /// Texts for the quote's result.
    private(set) var notApplied: [String: String] = [:]
    /// Numbers the index names for the cart.
    let candidates: Set<Int>

    init(_ engine: OfferEngine, _ cart: CartUnits, _ context: PricingContext) {
        let layers = Set(context.layers)
        let declined = Set(context.declinedByShopper)
        candidates = Set(engine.index.candidates(for: cart.articles))
        for (number, promotion) in engine.promotions.enumerated() {
            if !layers.contains(promotion.layer) {
                setAside[number] = .layerNotRun
            } else if let reason = PromotionTests.reason(promotion, context) {
                rejected[number] = reason
                notApplied[promotion.id] = reason.notAppliedText
            } else if declined.contains(promotion.id) {
                setAside[number] = .declinedByShopper
            } else if candidates.contains(number) {
                runnable.append(number)
            }
        }
    }
}
