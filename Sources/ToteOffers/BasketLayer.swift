import ToteValues

/// The basket layer (section 3.4): every subset of the promotions that run is tried in order of
/// application; the one with the greatest discount stays. Up to 12 promotions that is all of them;
/// above, the number of steps is limited and the quote is `bounded`.
struct BasketLayer {
    static let stepLimit = 20_000

    struct Step {
        /// Index among the promotions of the layer.
        let promotion: Int
        let discount: Int64
        /// By line index, only lines with a share.
        let shares: [(line: Int, share: Int64)]
    }

    private struct Member {
        let index: Int
        let promotion: Promotion
        /// Matching lines in order of OFF-35.
        let lines: [Int]
        let tier: PromotionKind.Tier?
        let base: Int64
    }

    let promotions: [RunningPromotion]
    private let members: [Member]
    private let start: [Int64]
    private let isExhaustive: Bool
    private var steps = 0
    private var best: [Step] = []
    private var bestDiscount: Int64 = 0

    init(_ promotions: [RunningPromotion], cart: CartUnits) {
        self.promotions = promotions
        let start = cart.lines.indices.map { cart.net(ofLine: $0) }
        self.start = start
        let order = cart.lines.indices.sorted { left, right in
            if cart.lineGross[left] != cart.lineGross[right] {
                return cart.lineGross[left] > cart.lineGross[right]
            }
            let (one, other) = (cart.lines[left], cart.lines[right])
            return one.sku != other.sku ? one.sku.precedes(other.sku) : one.id.precedes(other.id)
        }
        members = promotions.enumerated().compactMap { index, running in
            guard case .basket(let terms) = running.promotion.kind else { return nil }
            let promotion = running.promotion
            let lines = order.filter {
                !cart.articles[$0].noDiscount && promotion.select.matches(cart.articles[$0])
            }
            let amounts = promotion.basis == .gross ? cart.lineGross : start
            let base = lines.reduce(0) { $0 + amounts[$1] }
            let tier = terms.tiers.filter { $0.min <= base }
                .reduce(nil) { (best: PromotionKind.Tier?, tier) in
                    tier.min > best?.min ?? -1 ? tier : best
                }
            return Member(
                index: index, promotion: promotion, lines: lines, tier: tier, base: base)
        }.sorted {
            let (left, right) = ($0.promotion, $1.promotion)
            guard left.priority == right.priority else { return left.priority < right.priority }
            return left.id.precedes(right.id)
        }
        isExhaustive = members.count <= 12
    }

    /// The chosen steps in order of application.
    mutating func chosen() throws(MoneyError) -> (steps: [Step], proof: LayerProof) {
        try extend([], from: 0, nets: start, discount: 0)
        let isComplete = isExhaustive || steps <= Self.stepLimit
        let everything = start.reduce(0, +)
        return (
            best,
            LayerProof(
                value: bestDiscount, upperBound: isComplete ? bestDiscount : everything,
                isComplete: isComplete)
        )
    }

    private mutating func extend(
        _ chosen: [Step], from place: Int, nets: [Int64], discount: Int64
    ) throws(MoneyError) {
        steps += 1
        guard isExhaustive || steps <= Self.stepLimit else { return }
        consider(chosen, discount)
        for next in place..<max(place, members.count) where isCompatible(members[next], chosen) {
            var left = nets
            guard let step = try apply(members[next], &left) else { continue }
            try extend(
                chosen + [step], from: next + 1, nets: left, discount: discount + step.discount)
        }
    }

    /// OFF-36: greatest discount, fewest members, first id list.
    private mutating func consider(_ chosen: [Step], _ discount: Int64) {
        guard discount >= bestDiscount else { return }
        if discount == bestDiscount {
            guard chosen.count <= best.count else { return }
            if chosen.count == best.count {
                let ids = chosen.map { promotions[$0.promotion].promotion.id }
                let others = best.map { promotions[$0.promotion].promotion.id }
                guard ids.lexicographicallyPrecedes(others, by: { $0.precedes($1) }) else { return }
            }
        }
        best = chosen
        bestDiscount = discount
    }

    /// OFF-31.
    private func isCompatible(_ member: Member, _ chosen: [Step]) -> Bool {
        let others = chosen.map { promotions[$0.promotion].promotion }
        if !others.isEmpty, member.promotion.exclusive || others.contains(where: \.exclusive) {
            return false
        }
        guard let group = member.promotion.exclusiveGroup else { return true }
        return !others.contains { $0.exclusiveGroup == group }
    }

    /// OFF-33…OFF-35; `nil` puts the subset out.
    private func apply(_ member: Member, _ nets: inout [Int64]) throws(MoneyError) -> Step? {
        guard let tier = member.tier else { return nil }
        let current = member.lines.reduce(0) { $0 + nets[$1] }
        var discount =
            switch tier.value {
            case .amount(let amount): min(current, amount)
            case .bp(let bp): try ColumnRules.percent(current, bp)
            }
        if let most = member.promotion.maxDiscount { discount = min(discount, most) }
        if let budget = member.promotion.budgetRemaining, discount > budget { return nil }
        guard discount > 0 else { return nil }
        let shares = try share(discount, member.lines.map { [nets] in nets[$0] })
        for (line, share) in zip(member.lines, shares) { nets[line] -= share }
        return Step(
            promotion: member.index, discount: discount,
            shares: zip(member.lines, shares).filter { $0.1 != 0 }.map { ($0.0, $0.1) })
    }

    /// What became of each promotion, by index among the promotions of the layer.
    func findings(_ steps: [Step]) -> [Finding] {
        let applied = Set(steps.map(\.promotion))
        var findings = [Finding](repeating: .rejected(.nothingEligible), count: promotions.count)
        for member in members {
            findings[member.index] =
                applied.contains(member.index) ? .applied : finding(member, steps)
        }
        return findings
    }

    private func finding(_ member: Member, _ steps: [Step]) -> Finding {
        if member.lines.isEmpty { return .rejected(.nothingEligible) }
        guard case .basket(let terms) = member.promotion.kind else { return .applied }
        if member.tier == nil {
            let min = terms.tiers.map(\.min).min() ?? 0
            return .thresholdNotReached(base: member.base, min: min)
        }
        if !isCompatible(member, steps) {
            return .excludedBy(steps.map { promotions[$0.promotion].promotion.id })
        }
        var nets = start
        if (try? apply(member, &nets)) == nil {
            let budget = member.promotion.budgetRemaining
            return budget.map { .budgetExhausted(left: $0) } ?? .rejected(.noSaving)
        }
        return .beatenBy(steps.map { promotions[$0.promotion].promotion.id })
    }
}
