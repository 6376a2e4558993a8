/// What became of one promotion in one pricing; the trail is written from it (OFF-90).
enum Finding {
    case rejected(RejectReason)
    case applied
    /// SKUs that the promotion names and that are closed to offers.
    case closedToOffers([String])
    case noWeight([String])
    case needMore([Int64])
    case limitReached(limit: Int64, used: Int64)
    case budgetExhausted(left: Int64)
    case beatenBy([String])
    case thresholdNotReached(base: Int64, min: Int64)
    case excludedBy([String])
}

/// A promotion that passed OFF-16, with what is left of its limits.
struct RunningPromotion {
    /// Index in the engine's list.
    let index: Int
    let promotion: Promotion
    /// OFF-17; `nil` is unlimited.
    let limit: Int64?
    let used: Int64
}
