import ToteValues

/// Writes the trail: one entry per promotion that the index finds for the cart, or that the member
/// or a coupon brought, and every one refused at load (OFF-90).
struct TrailRules {
    let engine: OfferEngine
    let screening: Screening
    let run: PricingRun
    /// Declined for a lower total, by number.
    let declined: [Int]
    /// Totals with nothing declined and as chosen; joint only.
    let totals: (with: Int64, without: Int64)?

    var entries: [TrailEntry] {
        let refused = engine.refusals.map {
            entry(
                $0.promotionId, .refusedAtLoad,
                ["error": .string($0.error.rawValue), "field": .string($0.fieldPath)])
        }
        let applications = Dictionary(grouping: run.applications, by: \.promotion)
        let told = engine.promotions.indices.filter { concerns($0) }
            .map { entry(number: $0, applications[engine.promotions[$0].id] ?? []) }
        return (told + refused).sorted { $0.promotion.precedes($1.promotion) }
    }

    private func concerns(_ number: Int) -> Bool {
        if screening.candidates.contains(number) { return true }
        let promotion = engine.promotions[number]
        if let coupon = promotion.coupon, run.context.coupons.contains(coupon) { return true }
        guard let member = run.context.member else { return false }
        return promotion.segments.contains(where: member.segments.contains)
    }

    private func entry(number: Int, _ applications: [Application]) -> TrailEntry {
        let promotion = engine.promotions[number]
        if !applications.isEmpty { return applied(promotion, applications) }
        if let reason = screening.rejected[number] {
            return entry(promotion.id, reason, boundary(promotion, reason))
        }
        if let reason = screening.setAside[number] {
            return entry(promotion.id, reason, ["layer": .string(promotion.layer.rawValue)])
        }
        if declined.contains(number), let totals {
            return entry(
                promotion.id, .declinedForLowerTotal,
                [
                    "totalWith": .integer(totals.with), "totalWithout": .integer(totals.without),
                ])
        }
        return entry(promotion.id, run.findings[number] ?? .rejected(.nothingEligible))
    }

    private func applied(_ promotion: Promotion, _ applications: [Application]) -> TrailEntry {
        var lines: [String: Int64] = [:]
        for application in applications { lines.merge(application.lines, uniquingKeysWith: +) }
        return TrailEntry(
            promotion: promotion.id, outcome: .applied,
            facts: .object([
                "applications": .integer(Int64(applications.count)),
                "discount": .integer(applications.reduce(0) { $0 + $1.discount }),
                "lines": .map(lines), "funding": promotion.funding.map { .string($0) },
            ]))
    }

    private func entry(
        _ id: String, _ reason: RejectReason, _ facts: KeyValuePairs<String, JSONValue?>
    ) -> TrailEntry {
        TrailEntry(promotion: id, outcome: .notApplied, reason: reason, facts: .object(facts))
    }

    /// What the test of OFF-16 compared with; never another person's data.
    private func boundary(
        _ promotion: Promotion, _ reason: RejectReason
    ) -> KeyValuePairs<String, JSONValue?> {
        let schedule = promotion.schedule
        return switch reason {
        case .notStarted: ["from": schedule?.from.map { .string($0) }]
        case .ended: ["until": schedule?.until.map { .string($0) }]
        case .otherWeekday:
            [
                "days": schedule.map { .strings($0.days) },
                "weekday": .string(run.context.weekday),
            ]
        case .outsideHours: ["hours": schedule?.hours.map { .strings($0) }]
        case .couponNotPresented: ["coupon": promotion.coupon.map { .string($0) }]
        default: [:]
        }
    }

    private func entry(_ id: String, _ finding: Finding) -> TrailEntry {
        switch finding {
        case .rejected(let reason): entry(id, reason, [:])
        case .applied: entry(id, .noSaving, [:])
        case .closedToOffers(let skus): entry(id, .closedToOffers, ["skus": .strings(skus)])
        case .noWeight(let skus): entry(id, .noWeight, ["skus": .strings(skus)])
        case .needMore(let missing):
            entry(id, .needMore, ["missing": .array(missing.map { .integer($0) })])
        case .limitReached(let limit, let used):
            entry(id, .limitReached, ["limit": .integer(limit), "used": .integer(used)])
        case .budgetExhausted(let left): entry(id, .budgetExhausted, ["left": .integer(left)])
        case .beatenBy(let ids): entry(id, .beatenBy, ["by": .strings(ids)])
        case .thresholdNotReached(let base, let min):
            entry(
                id, .thresholdNotReached,
                [
                    "base": .integer(base), "min": .integer(min), "missing": .integer(min - base),
                ])
        case .excludedBy(let ids): entry(id, .excludedBy, ["by": .strings(ids)])
        }
    }
}
