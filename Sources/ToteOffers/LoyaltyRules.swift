import ToteValues

/// Points and stamps (section 3.7): a forecast that posts once per receipt.
enum LoyaltyRules {
    /// OFF-60; `nil` without a member or a rule.
    static func points(
        _ cart: CartUnits, _ context: PricingContext
    ) throws(MoneyError) -> Int64? {
        guard let rule = context.points, context.member != nil else { return nil }
        var points = try divide(
            base(rule.select, cart, rule) * Int128(rule.multiplierBp), 10000, .floor)
        for bonus in rule.bonus {
            let more = try divide(
                base(bonus.select, cart, rule) * Int128(bonus.multiplierBp - 10000), 10000, .floor)
            let (sum, overflow) = points.addingReportingOverflow(more)
            guard !overflow else { throw .overflow }
            points = sum
        }
        return points
    }

    private static func base(
        _ selector: Selector, _ cart: CartUnits, _ rule: PricingContext.PointsRule
    ) -> Int128 {
        let net = cart.lines.indices.filter { selector.matches(cart.articles[$0]) }
            .reduce(Int128(0)) { $0 + Int128(cart.net(ofLine: $1)) }
        return net / Int128(max(1, rule.perMinor)) * Int128(rule.points)
    }

    /// OFF-61.
    static func stamps(_ cart: CartUnits, _ context: PricingContext) -> StampCard? {
        guard let rule = context.stamps, context.member != nil, rule.cardSize > 0 else {
            return nil
        }
        let earned = cart.lines.indices.filter {
            !cart.articles[$0].noDiscount && rule.select.matches(cart.articles[$0])
        }.reduce(Int64(0)) { $0 + Int64(cart.unitsOfLine[$1].count) }
        let sum = rule.have + earned
        return StampCard(
            earned: earned, balance: sum % rule.cardSize, cardsCompleted: sum / rule.cardSize)
    }
}
