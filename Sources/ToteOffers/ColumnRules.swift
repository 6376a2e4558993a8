import ToteValues

/// Which columns a promotion has over the classes of a layer, and what each is worth.
///
/// Every multiset that satisfies the promotion is a column, at its largest discount (OFF-22). Their
/// number grows with the power of the promotion's size, so above `limit` multisets of one promotion
/// the dearest classes only are kept, together with the runs of units in order of price, which hold
/// the best packing of a promotion that stands alone; the quote then is `bounded`.
struct ColumnRules {
    static let limit = 4000

    let promotion: Promotion
    /// Index among the promotions of the layer.
    let index: Int
    let classes: [UnitClass]

    /// What was found; `finding` explains an empty list.
    struct Result {
        var columns: [Column] = []
        /// Classes that match any selector of the promotion.
        var eligible: [Int] = []
        /// False when the limit cut the enumeration.
        var complete = true
        /// Pieces missing for one application, by slot or set; empty when one can be formed.
        var missing: [Int64] = []
        var hasNoWeight = false
    }

    func result() throws(MoneyError) -> Result {
        var result = Result()
        let selectors = promotion.selectors
        result.eligible = classes.indices.filter { index in
            selectors.contains { $0.matches(classes[index]) }
        }
        guard !result.eligible.isEmpty else { return result }
        result.missing = missing(result.eligible)
        guard result.missing.isEmpty else { return result }
        var kept = result.eligible
        var found: [[ClassUse]: Int64]? = try multisets(over: kept)
        if found == nil {
            result.complete = false
            kept.sort { (classes[$0].net, $1) > (classes[$1].net, $0) }
            while found == nil, kept.count > 1 {
                kept = Array(kept.prefix(kept.count / 2))
                found = try multisets(over: kept.sorted())
            }
        }
        var worth = found ?? [:]
        if !result.complete { try addRuns(over: result.eligible, to: &worth) }
        if case .fixedPrice = promotion.kind {
            result.hasNoWeight = result.eligible.contains { classes[$0].key.kind == .embedded }
        }
        result.columns =
            worth.filter { $0.value > 0 }
            .map { Column(promotion: index, uses: $0.key, discount: $0.value) }
            .sorted { Self.precedes($0.uses, $1.uses) }
        return result
    }

    private static func precedes(_ left: [ClassUse], _ right: [ClassUse]) -> Bool {
        for (one, other) in zip(left, right) where one != other {
            return (one.unitClass, other.count) < (other.unitClass, one.count)
        }
        return left.count < right.count
    }

    // MARK: enumeration

    /// Every multiset with its discount; `nil` when there are more than `limit`.
    private func multisets(over kept: [Int]) throws(MoneyError) -> [[ClassUse]: Int64]? {
        switch promotion.kind {
        case .buyAgetB(let buy, let get, _, let reward):
            return try pairs(over: kept, buy: Int(buy), get: Int(get), reward: reward)
        case .bundle(let slots, _): return try bundles(over: kept, slots: slots)
        case .buyXgetY(_, _, _, equal: true): return try equalSets(over: kept)
        default:
            let eligible = kept.filter { promotion.select.matches(classes[$0]) }
            return try sets(over: eligible, size: promotion.kind.unitsPerApplication)
        }
    }

    private func sets(over kept: [Int], size: Int) throws(MoneyError) -> [[ClassUse]: Int64]? {
        var all: [[ClassUse]] = []
        let whole = Multisets(classes: kept, counts: classes.map(\.count)).forEach(size: size) {
            all.append($0)
            return all.count <= Self.limit
        }
        guard whole else { return nil }
        var worth: [[ClassUse]: Int64] = [:]
        for uses in all { worth[uses] = try discount(uses) }
        return worth
    }

    private func equalSets(over kept: [Int]) throws(MoneyError) -> [[ClassUse]: Int64]? {
        var worth: [[ClassUse]: Int64] = [:]
        for sku in Set(kept.map { classes[$0].key.sku }) {
            let same = kept.filter { classes[$0].key.sku == sku }
            guard let sets = try sets(over: same, size: promotion.kind.unitsPerApplication) else {
                return nil
            }
            worth.merge(sets) { $1 }
            guard worth.count <= Self.limit else { return nil }
        }
        return worth
    }

    private func pairs(
        over kept: [Int], buy: Int, get: Int, reward: Selector
    ) throws(MoneyError) -> [[ClassUse]: Int64]? {
        var worth: [[ClassUse]: Int64] = [:]
        let counts = classes.map(\.count)
        let buys = Multisets(
            classes: kept.filter { promotion.select.matches(classes[$0]) }, counts: counts)
        let gets = Multisets(classes: kept.filter { reward.matches(classes[$0]) }, counts: counts)
        var pairs: [([ClassUse], [ClassUse])] = []
        var visited = 0
        let whole = buys.forEach(size: buy) { bought in
            visited += 1
            guard visited <= Self.limit else { return false }
            var left = counts
            for use in bought { left[use.unitClass] -= use.count }
            return Multisets(classes: gets.classes, counts: left).forEach(size: get) {
                pairs.append((bought, $0))
                return pairs.count <= Self.limit
            }
        }
        guard whole else { return nil }
        for (bought, rewarded) in pairs {
            let uses = Multisets.sum(bought, rewarded)
            worth[uses] = max(worth[uses] ?? 0, try percent(of: rewarded))
        }
        return worth
    }

    private func bundles(
        over kept: [Int], slots: [PromotionKind.Slot]
    ) throws(MoneyError) -> [[ClassUse]: Int64]? {
        var partial: Set<[ClassUse]> = [[]]
        for slot in slots {
            let fitting = kept.filter { slot.select.matches(classes[$0]) }
            var next: Set<[ClassUse]> = []
            for uses in partial {
                var left = classes.map(\.count)
                for use in uses { left[use.unitClass] -= use.count }
                let whole = Multisets(classes: fitting, counts: left).forEach(size: Int(slot.n)) {
                    next.insert(Multisets.sum(uses, $0))
                    return next.count <= Self.limit
                }
                guard whole else { return nil }
            }
            partial = next
        }
        var worth: [[ClassUse]: Int64] = [:]
        for uses in partial { worth[uses] = try discount(uses) }
        return worth
    }

    /// Runs of units in order of price, for the promotions that take any `n` units.
    private func addRuns(
        over eligible: [Int], to worth: inout [[ClassUse]: Int64]
    ) throws(MoneyError) {
        switch promotion.kind {
        case .bundle, .buyAgetB, .buyXgetY(_, _, _, equal: true): return
        default: break
        }
        let size = promotion.kind.unitsPerApplication
        let units =
            eligible.sorted { (classes[$0].net, $1) > (classes[$1].net, $0) }
            .flatMap { Array(repeating: $0, count: classes[$0].count) }
        guard units.count >= size else { return }
        for start in 0...(units.count - size) {
            let uses = Multisets.sum(
                units[start..<start + size].map { ClassUse(unitClass: $0, count: 1) }, [])
            if worth[uses] == nil { worth[uses] = try discount(uses) }
        }
    }
}
