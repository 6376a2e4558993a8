/// Why a promotion gave nothing (OFF-16, OFF-90). The raw value is the name in the trail.
public enum RejectReason: String, Sendable, CaseIterable {
    case notStarted, ended, otherWeekday, outsideHours, notInSegment, membersOnly
    case couponNotPresented, otherStore
    /// No unit of the cart is spoken of.
    case nothingEligible
    /// Units are spoken of, but their articles are closed to offers, or cost nothing any more.
    case closedToOffers
    /// A price per kilogram cannot be applied to a label that carries only a price (5.2).
    case noWeight
    case needMore, thresholdNotReached, noSaving, beatenBy, excludedBy
    case limitReached, budgetExhausted, declinedForLowerTotal, declinedByShopper
    case onlineValidationPending, couponNeedsAttendant, alreadyRedeemed, grantMissing
    case layerNotRun, refusedAtLoad

    /// The reason text of the quote's `notApplied`; only the eight tests of OFF-16 have one.
    public var notAppliedText: String? {
        switch self {
        case .notStarted: "not started"
        case .ended: "ended"
        case .otherWeekday: "other weekday"
        case .outsideHours: "outside hours"
        case .notInSegment: "not in segment"
        case .membersOnly: "members only"
        case .couponNotPresented: "coupon not presented"
        case .otherStore: "other store"
        default: nil
        }
    }
}
