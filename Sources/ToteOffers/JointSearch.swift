import ToteValues

/// The joint objective (section 3.5): which promotions to decline so that the total is least.
///
/// Declining a promotion that was not applied changes nothing, so from a priced set only the
/// promotions applied in it are worth declining (OFF-41).
struct JointSearch {
    static let pricingLimit = 1024

    struct Choice {
        let declined: [Int]
        let run: PricingRun
        let total: Int64
    }

    let promotions: [Promotion]
    let runnable: [Int]
    private let cart: CartUnits
    private let context: PricingContext
    private var seen: Set<[Int]> = []
    private(set) var isComplete = true
    private(set) var best: Choice?
    /// Total with nothing declined.
    private(set) var layeredTotal: Int64 = 0

    init(
        _ cart: CartUnits, _ context: PricingContext, promotions: [Promotion], runnable: [Int]
    ) throws(MoneyError) {
        self.cart = cart
        self.context = context
        self.promotions = promotions
        self.runnable = runnable
        var open: [[Int]] = [[]]
        while let declined = open.popLast() {
            guard !seen.contains(declined) else { continue }
            guard seen.count < Self.pricingLimit else {
                isComplete = false
                break
            }
            seen.insert(declined)
            let applied = try price(declined)
            open += applied.map { (declined + [$0]).sorted() }
        }
    }

    private mutating func price(_ declined: [Int]) throws(MoneyError) -> [Int] {
        let run = try PricingRun(
            cart, context, promotions: promotions,
            runnable: runnable.filter { !declined.contains($0) })
        let total = try TaxRules(run.cart, context).total
        if declined.isEmpty { layeredTotal = total }
        let choice = Choice(declined: declined, run: run, total: total)
        if best.map({ isBetter(choice, than: $0) }) ?? true { best = choice }
        return run.applied
    }

    /// Numbers follow the order of ids, so comparing numbers compares the sorted id lists.
    private func isBetter(_ one: Choice, than other: Choice) -> Bool {
        if one.total != other.total { return one.total < other.total }
        if one.declined.count != other.declined.count {
            return one.declined.count < other.declined.count
        }
        return one.declined.lexicographicallyPrecedes(other.declined)
    }
}
