/// OFF-16: the eight tests that stop a promotion before it sees the cart, in their order.
enum PromotionTests {
    static func reason(_ promotion: Promotion, _ context: PricingContext) -> RejectReason? {
        timeReason(promotion.schedule, context) ?? personReason(promotion, context)
    }

    private static func timeReason(
        _ schedule: Promotion.Schedule?, _ context: PricingContext
    ) -> RejectReason? {
        guard let schedule else { return nil }
        if let from = schedule.from.flatMap(LocalTime.minute), context.at.precedes(from) {
            return .notStarted
        }
        if let until = schedule.until.flatMap(LocalTime.minute), !context.at.precedes(until) {
            return .ended
        }
        if !schedule.days.isEmpty, !schedule.days.contains(context.weekday) {
            return .otherWeekday
        }
        if let hours = schedule.hours, hours.count == 2 {
            let now = String(context.at.suffix(5))
            if now.precedes(hours[0]) || !now.precedes(hours[1]) { return .outsideHours }
        }
        return nil
    }

    private static func personReason(
        _ promotion: Promotion, _ context: PricingContext
    ) -> RejectReason? {
        let segments = context.member?.segments ?? []
        if !promotion.segments.isEmpty, !promotion.segments.contains(where: segments.contains) {
            return .notInSegment
        }
        if promotion.memberOnly, context.member == nil { return .membersOnly }
        if let coupon = promotion.coupon, !context.coupons.contains(coupon) {
            return .couponNotPresented
        }
        if !promotion.stores.isEmpty,
            !(context.store.map(promotion.stores.contains) ?? false)
        {
            return .otherStore
        }
        return nil
    }

    /// OFF-17: what is left of the limits of a promotion.
    static func running(
        _ promotion: Promotion, index: Int, _ context: PricingContext
    ) -> RunningPromotion {
        let used = context.member?.used[promotion.id] ?? 0
        let perMember = promotion.perMember.map { max(0, $0 - used) }
        let limits = [promotion.maxApplications, perMember].compactMap { $0 }
        return RunningPromotion(
            index: index, promotion: promotion, limit: limits.min(), used: used)
    }
}
