public import ToteValues

/// What became of one promotion, and the facts a shopper may check (OFF-90).
public struct TrailEntry: Hashable, Sendable, JSONWritable {
    public enum Outcome: String, Sendable { case applied, notApplied }

    public var promotion: String
    public var outcome: Outcome
    /// `nil` when applied.
    public var reason: RejectReason?
    /// An object; its members depend on outcome and reason, amounts are minor units.
    public var facts: JSONValue

    public init(
        promotion: String, outcome: Outcome, reason: RejectReason? = nil, facts: JSONValue
    ) {
        self.promotion = promotion
        self.outcome = outcome
        self.reason = reason
        self.facts = facts
    }

    public var json: JSONValue {
        .object([
            "promotion": .string(promotion), "outcome": .string(outcome.rawValue),
            "reason": reason.map { .string($0.rawValue) }, "facts": facts,
        ])
    }
}
