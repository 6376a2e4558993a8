import ToteValues

/// One pass of a cart through its layers with some promotions left out: discounts only, no tax.
struct PricingRun {
    private(set) var cart: CartUnits
    let context: PricingContext
    private(set) var applications: [Application] = []
    /// By index in the engine's list; promotions that cannot touch the cart are absent.
    private(set) var findings: [Int: Finding] = [:]
    private(set) var proof = LayerProof()

    /// - Parameters:
    ///   - runnable: numbers of promotions that passed OFF-16 and may touch the cart.
    init(
        _ cart: CartUnits, _ context: PricingContext, promotions: [Promotion], runnable: [Int]
    ) throws(MoneyError) {
        self.cart = cart
        self.context = context
        for layer in context.layers {
            let running = runnable.filter { promotions[$0].layer == layer }
                .map { PromotionTests.running(promotions[$0], index: $0, context) }
            guard !running.isEmpty else { continue }
            if layer == .basket { try runBasket(running) } else { try pack(running, layer) }
        }
    }

    /// Numbers of the promotions that gave a discount.
    var applied: [Int] {
        findings.compactMap { index, finding in
            if case .applied = finding { index } else { nil }
        }.sorted()
    }

    // MARK: packing layers

    private mutating func pack(_ running: [RunningPromotion], _ layer: Layer) throws(MoneyError) {
        let packing = try PackingLayer(running, cart: cart)
        let outcome = try packing.outcome(cart)
        for application in outcome.applications {
            try apply(application, of: running[application.promotion].promotion, in: layer)
        }
        for (index, finding) in outcome.findings.enumerated() {
            findings[running[index].index] = finding
        }
        proof = proof + outcome.proof
    }

    /// OFF-27: shares over the target by its nets at the start of the layer, which this
    /// application's units still have, because no unit takes part twice.
    private mutating func apply(
        _ application: PackingLayer.Application, of promotion: Promotion, in layer: Layer
    ) throws(MoneyError) {
        let target = Reward.target(
            promotion, participants: application.participants, cart: cart)
        let shares = try share(application.discount, target.map { [cart] in cart.units[$0].net })
        var uses: [String: Int64] = [:]
        for unit in application.participants { uses[lineID(ofUnit: unit), default: 0] += 1 }
        var lines: [String: Int64] = [:]
        for (unit, share) in zip(target, shares) where share != 0 {
            lines[lineID(ofUnit: unit), default: 0] += share
            cart.units[unit].take(share, manufacturer: layer == .mfrCoupon)
        }
        applications.append(
            Application(
                promotion: promotion.id, layer: layer, discount: application.discount,
                lines: lines, uses: uses))
    }

    private func lineID(ofUnit unit: Int) -> String { cart.lines[cart.units[unit].line].id }

    // MARK: basket layer

    private mutating func runBasket(_ running: [RunningPromotion]) throws(MoneyError) {
        let open = running.filter { $0.limit != 0 }
        for stopped in running where stopped.limit == 0 {
            let limit = stopped.promotion.perMember ?? stopped.promotion.maxApplications ?? 0
            findings[stopped.index] = .limitReached(limit: limit, used: stopped.used)
        }
        var basket = BasketLayer(open, cart: cart)
        let (steps, proof) = try basket.chosen()
        for step in steps { try apply(step, of: open[step.promotion].promotion) }
        for (index, finding) in basket.findings(steps).enumerated() {
            findings[open[index].index] = finding
        }
        self.proof = self.proof + proof
    }

    /// OFF-37: each line share goes to the line's units in canonical order.
    private mutating func apply(
        _ step: BasketLayer.Step, of promotion: Promotion
    ) throws(MoneyError) {
        var lines: [String: Int64] = [:]
        for (line, amount) in step.shares {
            lines[cart.lines[line].id] = amount
            let units = cart.unitsOfLine[line]
            let shares = try share(amount, units.map { [cart] in cart.units[$0].net })
            for (unit, share) in zip(units, shares) { cart.units[unit].take(share) }
        }
        applications.append(
            Application(
                promotion: promotion.id, layer: .basket, discount: step.discount, lines: lines))
    }
}
