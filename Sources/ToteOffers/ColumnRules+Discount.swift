import ToteValues

extension ColumnRules {
    /// The discount of one application on these units (the table of section 2, capped by OFF-24).
    /// `buyAgetB` is valued by its pairs instead.
    func discount(_ uses: [ClassUse]) throws(MoneyError) -> Int64 {
        let total = sum(uses)
        let worth: Int64 =
            switch promotion.kind {
            case .percentOff(let bp), .nPercent(_, let bp): try Self.percent(total, bp)
            case .amountOff(let amount), .couponAmount(_, let amount): amount
            case .fixedPrice(let price): try saving(uses, fixedPrice: price)
            case .nForPrice(_, let price): total - price
            case .buyXgetY(_, let get, let bp, _):
                try Self.percent(cheapest(Int(get), of: uses), bp)
            case .bundle(_, .price(let price)): total - price
            case .bundle(_, .amount(let amount)): amount
            case .bundle(_, .bp(let bp)): try Self.percent(total, bp)
            case .couponFree(_, let max):
                min(uses.map { classes[$0.unitClass].net }.max() ?? 0, max ?? .max)
            case .buyAgetB, .basket: 0
            }
        return min(worth, total)
    }

    /// `R(amount·bp, 10000)` (MON-5).
    static func percent(_ amount: Int64, _ bp: Int64) throws(MoneyError) -> Int64 {
        try divide(Int128(amount) * Int128(bp), 10000, .halfUp)
    }

    /// The reward of `buyAgetB`.
    func percent(of rewarded: [ClassUse]) throws(MoneyError) -> Int64 {
        guard case .buyAgetB(_, _, let bp, _) = promotion.kind else { return 0 }
        return try Self.percent(sum(rewarded), bp)
    }

    private func sum(_ uses: [ClassUse]) -> Int64 {
        uses.reduce(0) { $0 + classes[$1.unitClass].net * Int64($1.count) }
    }

    private func cheapest(_ get: Int, of uses: [ClassUse]) -> Int64 {
        var left = get
        var total: Int64 = 0
        for use in uses.sorted(by: { classes[$0.unitClass].net < classes[$1.unitClass].net }) {
            let taken = min(left, use.count)
            total += classes[use.unitClass].net * Int64(taken)
            left -= taken
        }
        return total
    }

    private func saving(_ uses: [ClassUse], fixedPrice price: Int64) throws(MoneyError) -> Int64 {
        guard let use = uses.first else { return 0 }
        let key = classes[use.unitClass].key
        switch key.kind {
        case .each: return key.net - price
        case .kg: return key.net - (try divide(Int128(price) * Int128(key.grams), 1000, .halfUp))
        case .embedded: return 0
        }
    }

    // MARK: what is missing

    /// Pieces missing for one application, by slot or set; empty when one can be formed.
    func missing(_ eligible: [Int]) -> [Int64] {
        func available(_ selector: Selector) -> Int {
            eligible.filter { selector.matches(classes[$0]) }.reduce(0) { $0 + classes[$1].count }
        }
        switch promotion.kind {
        case .buyXgetY(_, _, _, equal: true):
            let bySku = eligible.reduce(into: [:]) {
                $0[classes[$1].key.sku, default: 0] += classes[$1].count
            }
            return short([promotion.kind.unitsPerApplication - (bySku.values.max() ?? 0)])
        case .buyAgetB(let buy, let get, _, let reward):
            return distinct([(promotion.select, Int(buy)), (reward, Int(get))], eligible)
        case .bundle(let slots, _):
            return distinct(slots.map { ($0.select, Int($0.n)) }, eligible)
        default:
            return short([promotion.kind.unitsPerApplication - available(promotion.select)])
        }
    }

    private func short(_ missing: [Int]) -> [Int64] {
        missing.allSatisfy { $0 <= 0 } ? [] : missing.map { Int64(max(0, $0)) }
    }

    /// What each set lacks when the sets must not share a unit: a greatest matching by augmenting
    /// paths, one unit at a time (at most 24).
    private func distinct(_ sets: [(Selector, Int)], _ eligible: [Int]) -> [Int64] {
        var taken = [[Int]](
            repeating: [Int](repeating: 0, count: classes.count), count: sets.count)
        func free(_ unitClass: Int) -> Int {
            classes[unitClass].count - taken.reduce(0) { $0 + $1[unitClass] }
        }
        func place(_ set: Int, _ seen: inout Set<Int>) -> Bool {
            for unitClass in eligible
            where sets[set].0.matches(classes[unitClass]) && !seen.contains(unitClass) {
                seen.insert(unitClass)
                if free(unitClass) > 0 {
                    taken[set][unitClass] += 1
                    return true
                }
                for other in sets.indices where other != set && taken[other][unitClass] > 0 {
                    if place(other, &seen) {
                        taken[other][unitClass] -= 1
                        taken[set][unitClass] += 1
                        return true
                    }
                }
            }
            return false
        }
        let missing = sets.indices.map { set in
            (0..<sets[set].1).reduce(0) { lacking, _ in
                var seen: Set<Int> = []
                return place(set, &seen) ? lacking : lacking + 1
            }
        }
        return short(missing)
    }
}
