import Testing
import ToteOffers
import ToteValues

/// An oracle for one packing layer, written from the spec's words and from nothing in the engine:
/// every set of units for every promotion, every set of applications, every assignment of roles.
/// Exponential; for at most seven units.
struct ExhaustiveSearch {
    struct Unit {
        let line: PricingLine
        let article: Article
        let net: Int64
    }

    struct Choice: Equatable {
        let promotion: String
        let units: [Int]
        let discount: Int64
    }

    private let units: [Unit]
    private let promotions: [Promotion]
    private var options: [[Choice]] = []
    private(set) var best: [Choice] = []
    private var bestValue: Int64 = 0

    init(_ cart: RandomCart) throws {
        promotions = cart.promotions
        var units: [Unit] = []
        for line in cart.lines {
            let article = try #require(cart.articles[line.sku])
            if let grams = line.grams {
                units.append(
                    Unit(line: line, article: article, net: (article.price * grams + 500) / 1000))
            }
            for _ in 0..<(line.qty ?? 0) {
                units.append(Unit(line: line, article: article, net: article.price))
            }
        }
        self.units = units.sorted {
            ($1.net, $0.article.sku, $0.line.id) < ($0.net, $1.article.sku, $1.line.id)
        }
        for first in self.units.indices { options.append(applications(beginningAt: first)) }
        search(0, taken: 0, chosen: [], value: 0)
    }

    /// Shopping list of OFF-26: by id, then participants.
    private func applications(beginningAt first: Int) -> [Choice] {
        var found: [Choice] = []
        for promotion in promotions {
            for mask in 1..<(1 << units.count) where mask.trailingZeroBitCount == first {
                let members = units.indices.filter { mask >> $0 & 1 == 1 }
                let eligible = members.allSatisfy {
                    units[$0].net > 0 && !units[$0].article.noDiscount
                }
                guard eligible, let worth = discount(promotion, members), worth > 0 else {
                    continue
                }
                found.append(Choice(promotion: promotion.id, units: members, discount: worth))
            }
        }
        return found.sorted {
            $0.promotion != $1.promotion
                ? $0.promotion < $1.promotion : $0.units.lexicographicallyPrecedes($1.units)
        }
    }

    private mutating func search(_ unit: Int, taken: Int, chosen: [Choice], value: Int64) {
        guard unit < units.count else {
            if value > bestValue || (value == bestValue && chosen.count < best.count) {
                best = chosen
                bestValue = value
            }
            return
        }
        if taken >> unit & 1 == 1 {
            return search(unit + 1, taken: taken, chosen: chosen, value: value)
        }
        // In the order of OFF-26, so that of equals the first found is the answer.
        for option in options[unit] {
            let mask = option.units.reduce(0) { $0 | 1 << $1 }
            guard mask & taken == 0, fitsLimits(option, chosen) else { continue }
            search(
                unit + 1, taken: taken | mask, chosen: chosen + [option],
                value: value + option.discount)
        }
        search(unit + 1, taken: taken, chosen: chosen, value: value)
    }

    private func fitsLimits(_ option: Choice, _ chosen: [Choice]) -> Bool {
        guard let promotion = promotions.first(where: { $0.id == option.promotion }) else {
            return false
        }
        let mine = chosen.filter { $0.promotion == option.promotion }
        if let limit = promotion.maxApplications, Int64(mine.count) >= limit { return false }
        guard let budget = promotion.budgetRemaining else { return true }
        return mine.reduce(option.discount) { $0 + $1.discount } <= budget
    }

    // MARK: worth

    private func half(_ amount: Int64, _ bp: Int64) -> Int64 { (amount * bp + 5000) / 10000 }

    private func fits(_ unit: Int, _ selector: Selector) -> Bool {
        selector.matches(units[unit].article)
    }

    /// `nil` when the units are no application of the promotion.
    private func discount(_ promotion: Promotion, _ members: [Int]) -> Int64? {
        let nets = members.map { units[$0].net }
        let sum = nets.reduce(0, +)
        let all = members.allSatisfy { fits($0, promotion.select) }
        func any(_ n: Int64, _ worth: @autoclosure () -> Int64) -> Int64? {
            all && members.count == Int(n) ? min(worth(), sum) : nil
        }
        switch promotion.kind {
        case .percentOff(let bp): return any(1, half(sum, bp))
        case .amountOff(let amount): return any(1, amount)
        case .fixedPrice(let price):
            let grams = units[members[0]].line.grams
            return any(1, sum - (grams.map { (price * $0 + 500) / 1000 } ?? price))
        case .nForPrice(let n, let price): return any(n, sum - price)
        case .nPercent(let n, let bp): return any(n, half(sum, bp))
        case .buyXgetY(let buy, let get, let bp, let equal):
            let skus = Set(members.map { units[$0].article.sku })
            guard !equal || skus.count == 1 else { return nil }
            return any(buy + get, half(nets.sorted().prefix(Int(get)).reduce(0, +), bp))
        case .buyAgetB(let buy, let get, let bp, let reward):
            return split(members, Int(buy), Int(get), promotion.select, reward)
                .map { half($0, bp) }.max()
        case .bundle(let slots, let benefit):
            let places = slots.flatMap { Array(repeating: $0.select, count: Int($0.n)) }
            guard places.count == members.count, fill(places[...], members) else { return nil }
            switch benefit {
            case .price(let price): return min(sum - price, sum)
            case .amount(let amount): return min(amount, sum)
            case .bp(let bp): return half(sum, bp)
            }
        case .couponAmount(let require, let amount): return any(require, amount)
        case .couponFree(let require, let max):
            return any(require, min(nets.max() ?? 0, max ?? .max))
        case .basket: return nil
        }
    }

    /// Reward sums of every split into bought and rewarded units.
    private func split(
        _ members: [Int], _ buy: Int, _ get: Int, _ select: Selector, _ reward: Selector
    ) -> [Int64] {
        guard members.count == buy + get else { return [] }
        return (0..<(1 << members.count)).filter { $0.nonzeroBitCount == get }.compactMap { mask in
            var sum: Int64 = 0
            for (place, unit) in members.enumerated() {
                let isReward = mask >> place & 1 == 1
                guard fits(unit, isReward ? reward : select) else { return nil }
                if isReward { sum += units[unit].net }
            }
            return sum
        }
    }

    private func fill(_ places: ArraySlice<Selector>, _ members: [Int]) -> Bool {
        guard let place = places.first else { return true }
        return members.contains { unit in
            fits(unit, place) && fill(places.dropFirst(), members.filter { $0 != unit })
        }
    }

    /// Units taking part by line id, as the quote shows them.
    func uses(_ choice: Choice) -> [String: Int64] {
        choice.units.reduce(into: [:]) { $0[units[$1].line.id, default: 0] += 1 }
    }
}
