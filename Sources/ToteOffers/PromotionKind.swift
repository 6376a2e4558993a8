/// What a promotion does (the table of `offers.md` section 2). Amounts are minor units, `bp` basis
/// points; participants are those of one application.
public enum PromotionKind: Hashable, Sendable {
    /// A percentage off one unit.
    case percentOff(bp: Int64)
    /// An amount off one unit, never more than its price.
    case amountOff(amount: Int64)
    /// One unit at a price: per piece, or per kilogram for a weighed unit.
    case fixedPrice(price: Int64)
    /// Any `n` units for one price together.
    case nForPrice(n: Int64, price: Int64)
    /// A percentage off any `n` units together.
    case nPercent(n: Int64, bp: Int64)
    /// Of `buy + get` units the `get` cheapest get the percentage; `equal`: all of one SKU.
    case buyXgetY(buy: Int64, get: Int64, bp: Int64, equal: Bool)
    /// `buy` units of `select` give the percentage on `get` other units of `reward`.
    case buyAgetB(buy: Int64, get: Int64, bp: Int64, reward: Selector)
    /// Units for each slot, all distinct, with one benefit on all of them.
    case bundle(slots: [Slot], benefit: Benefit)
    /// An amount off `require` units together.
    case couponAmount(require: Int64, amount: Int64)
    /// The dearest of `require` units free, up to `max`.
    case couponFree(require: Int64, max: Int64?)
    /// An amount or percentage off the lines of `select` from a threshold on.
    case basket(BasketTerms)

    /// One place of a bundle.
    public struct Slot: Hashable, Sendable {
        public var select: Selector
        public var n: Int64

        public init(select: Selector, n: Int64 = 1) {
            self.select = select
            self.n = n
        }
    }

    /// What a bundle is worth.
    public enum Benefit: Hashable, Sendable {
        case price(Int64)
        case amount(Int64)
        case bp(Int64)
    }

    /// One step of a basket promotion: from `min` on, an amount or a percentage.
    public struct Tier: Hashable, Sendable {
        public enum Value: Hashable, Sendable {
            case amount(Int64)
            case bp(Int64)
        }

        public var min: Int64
        public var value: Value

        public init(min: Int64 = 0, value: Value) {
            self.min = min
            self.value = value
        }
    }

    /// Either the promotion is its own tier, or it lists tiers (OFF-33).
    public enum BasketTerms: Hashable, Sendable {
        case single(Tier)
        case tiers([Tier])

        public var tiers: [Tier] {
            switch self {
            case .single(let tier): [tier]
            case .tiers(let tiers): tiers
            }
        }
    }

    /// The JSON `type`.
    public var type: String {
        switch self {
        case .percentOff: "percentOff"
        case .amountOff: "amountOff"
        case .fixedPrice: "fixedPrice"
        case .nForPrice: "nForPrice"
        case .nPercent: "nPercent"
        case .buyXgetY: "buyXgetY"
        case .buyAgetB: "buyAgetB"
        case .bundle: "bundle"
        case .couponAmount: "couponAmount"
        case .couponFree: "couponFree"
        case .basket: "basket"
        }
    }

    /// Units taking part in one application; 0 for `basket`, which works on lines.
    var unitsPerApplication: Int {
        switch self {
        case .percentOff, .amountOff, .fixedPrice: 1
        case .nForPrice(let n, _), .nPercent(let n, _): Int(n)
        case .buyXgetY(let buy, let get, _, _), .buyAgetB(let buy, let get, _, _): Int(buy + get)
        case .bundle(let slots, _): slots.reduce(0) { $0 + Int($1.n) }
        case .couponAmount(let require, _), .couponFree(let require, _): Int(require)
        case .basket: 0
        }
    }
}
