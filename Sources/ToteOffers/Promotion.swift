/// One offer of a price book: who may have it, when, on what, and what it does.
///
/// A value may hold nonsense until `PromotionSet` has checked it (OFF-76); the engine only runs
/// promotions that passed.
public struct Promotion: Hashable, Sendable {
    /// Who carries the discount (OFF-23).
    public enum Allocation: String, Sendable { case participants, reward }

    /// What a basket threshold is measured on (OFF-32).
    public enum Basis: String, Sendable { case net, gross }

    /// When it runs, in local time of the store; absent bounds do not bind.
    public struct Schedule: Hashable, Sendable {
        /// `YYYY-MM-DD[THH:MM]`, inclusive; a date alone means its 00:00.
        public var from: String?
        /// Exclusive.
        public var until: String?
        /// `Mon`…`Sun`; empty is every day.
        public var days: [String]
        /// `HH:MM` inclusive to `HH:MM` exclusive.
        public var hours: [String]?

        public init(
            from: String? = nil, until: String? = nil, days: [String] = [],
            hours: [String]? = nil
        ) {
            self.from = from
            self.until = until
            self.days = days
            self.hours = hours
        }
    }

    /// What the shopper reads, by language.
    public struct Text: Hashable, Sendable {
        public var title: String?
        public var receipt: String?

        public init(title: String? = nil, receipt: String? = nil) {
            self.title = title
            self.receipt = receipt
        }
    }

    public var id: String
    public var layer: Layer
    public var kind: PromotionKind
    public var select: Selector
    /// Applications in one quote; `nil` is unlimited.
    public var maxApplications: Int64?
    /// Applications over all of a member's trips.
    public var perMember: Int64?
    /// Minor units left in the campaign.
    public var budgetRemaining: Int64?
    public var allocation: Allocation = .participants
    public var schedule: Schedule?
    /// Empty is everybody.
    public var segments: [String] = []
    public var memberOnly = false
    /// Empty is every store.
    public var stores: [String] = []
    /// Coupon key that must have been presented.
    public var coupon: String?
    public var priority: Int64 = 0
    public var exclusive = false
    public var exclusiveGroup: String?
    public var basis: Basis = .net
    /// Minor units.
    public var maxDiscount: Int64?
    public var texts: [String: Text] = [:]
    public var funding: String?
    public var couponKind: String?
    public var reasonCode: String?

    public init(
        id: String, layer: Layer = .item, kind: PromotionKind, select: Selector = .everything
    ) {
        self.id = id
        self.layer = layer
        self.kind = kind
        self.select = select
    }

    /// Fields that are set and have no effect in this layer (OFF-28); kept, worth a warning to the
    /// operator (`fieldIgnored`).
    public var ignoredFields: [String] {
        guard layer != .basket else {
            return allocation == .reward ? ["allocation"] : []
        }
        var names: [String] = []
        if priority != 0 { names.append("priority") }
        if exclusive { names.append("exclusive") }
        if exclusiveGroup != nil { names.append("exclusiveGroup") }
        if basis != .net { names.append("basis") }
        if maxDiscount != nil { names.append("maxDiscount") }
        return names
    }

    /// Every selector that can bring a unit into the promotion.
    var selectors: [Selector] {
        switch kind {
        case .bundle(let slots, _): slots.map(\.select)
        case .buyAgetB(_, _, _, let reward): [select, reward]
        default: [select]
        }
    }
}
