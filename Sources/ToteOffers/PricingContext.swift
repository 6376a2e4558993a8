public import ToteValues

/// Everything besides cart, articles and promotions that a price depends on: store, local time,
/// member, coupons, tax and tender rules. Two equal contexts give two equal quotes.
public struct PricingContext: Hashable, Sendable {
    public var currency: Currency
    /// Store number in decimal text (`exits.md`).
    public var store: String?
    public var taxMode: TaxMode
    /// Basis points by tax category.
    public var taxRates: [String: Int64]
    public var taxRounding: TaxRounding = .perRate
    /// The part a manufacturer's coupon pays stays taxable (OFF-51).
    public var mfrCouponTaxable = false
    public var depositTaxed = false
    /// Local time of the store, `YYYY-MM-DDTHH:MM`.
    public var at: String
    /// `Mon`…`Sun`.
    public var weekday: String
    /// Absent without a member in the trip.
    public var member: Member?
    /// Coupon keys presented and accepted.
    public var coupons: [String] = []
    public var layers: [Layer] = Layer.standard
    public var objective: Objective = .layered
    public var snap: Snap?
    /// Balance offered as tender, minor units.
    public var giftCard: Int64?
    public var cash: CashRounding?
    public var points: PointsRule?
    public var stamps: StampsRule?
    /// Promotions the shopper turned down for a lower total (OFF-93); they do not run.
    public var declinedByShopper: [String] = []

    public init(
        currency: Currency, taxMode: TaxMode, taxRates: [String: Int64], at: String,
        weekday: String, store: String? = nil, member: Member? = nil
    ) {
        self.currency = currency
        self.taxMode = taxMode
        self.taxRates = taxRates
        self.at = at
        self.weekday = weekday
        self.store = store
        self.member = member
    }
}

extension PricingContext {
    /// `inclusive`: the shelf price holds the tax (VAT). `exclusive`: tax is added.
    public enum TaxMode: String, Sendable { case inclusive, exclusive }

    /// `perLine` has an effect in exclusive mode only (OFF-54).
    public enum TaxRounding: String, Sendable { case perRate, perLine }

    /// `layered`: best discount layer by layer. `joint`: least total, declining what costs more
    /// than it saves (OFF-40).
    public enum Objective: String, Sendable { case layered, joint }

    /// What pricing reads of a person, and nothing else (OFF-120).
    public struct Member: Hashable, Sendable {
        public var id: String
        public var segments: [String]
        /// Uses so far by promotion, for `perMember`.
        public var used: [String: Int64]

        public init(id: String, segments: [String] = [], used: [String: Int64] = [:]) {
            self.id = id
            self.segments = segments
            self.used = used
        }
    }

    /// Balance of the US food benefit, minor units.
    public struct Snap: Hashable, Sendable {
        public var balance: Int64
        public init(balance: Int64) { self.balance = balance }
    }

    /// Cash is paid in multiples of `increment` minor units (OFF-57).
    public struct CashRounding: Hashable, Sendable {
        public enum Half: String, Sendable { case up, down }
        public var increment: Int64
        public var half: Half

        public init(increment: Int64, half: Half = .up) {
            self.increment = increment
            self.half = half
        }
    }

    /// `points` for every whole `perMinor` (OFF-60).
    public struct PointsRule: Hashable, Sendable {
        public struct Bonus: Hashable, Sendable {
            public var select: Selector
            /// 10000…1000000.
            public var multiplierBp: Int64

            public init(select: Selector, multiplierBp: Int64) {
                self.select = select
                self.multiplierBp = multiplierBp
            }
        }

        public var perMinor: Int64
        public var points: Int64
        public var multiplierBp: Int64
        public var select: Selector
        public var bonus: [Bonus]

        public init(
            perMinor: Int64, points: Int64, multiplierBp: Int64 = 10000,
            select: Selector = .everything, bonus: [Bonus] = []
        ) {
            self.perMinor = perMinor
            self.points = points
            self.multiplierBp = multiplierBp
            self.select = select
            self.bonus = bonus
        }
    }

    /// One stamp per matching unit (OFF-61).
    public struct StampsRule: Hashable, Sendable {
        public var select: Selector
        public var have: Int64
        public var cardSize: Int64

        public init(select: Selector, have: Int64, cardSize: Int64) {
            self.select = select
            self.have = have
            self.cardSize = cardSize
        }
    }
}
