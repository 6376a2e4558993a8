/// Who carries the discount of one application (OFF-23), among its actual units.
enum Reward {
    /// Positions within `participants` (canonical units, ascending) of the target.
    static func target(
        _ promotion: Promotion, participants: [Int], cart: CartUnits
    ) -> [Int] {
        guard promotion.allocation == .reward else { return participants }
        let net = { (unit: Int) in cart.units[unit].net }
        switch promotion.kind {
        case .buyXgetY(_, let get, _, _):
            // Lowest nets, the later unit on a tie.
            let order = participants.sorted { (net($0), $1) < (net($1), $0) }
            return order.prefix(Int(get)).sorted()
        case .couponFree:
            // Highest net, the earlier unit on a tie.
            return participants.max { (net($0), $1) < (net($1), $0) }.map { [$0] } ?? []
        case .buyAgetB(_, let get, _, let reward):
            return bestReward(
                participants, get: Int(get), cart: cart,
                buys: { promotion.select.matches($0, cart) }, rewards: { reward.matches($0, cart) })
        default: return participants
        }
    }

    /// 5.1: the largest reward; on a tie the first buy set, which is the last reward set. Depth
    /// first over the units from the last, so the first best one found is the answer.
    private static func bestReward(
        _ participants: [Int], get: Int, cart: CartUnits, buys: (Int) -> Bool,
        rewards: (Int) -> Bool
    ) -> [Int] {
        // Units that only fit one side are settled; of the rest the dearest go to the reward, the
        // later unit on a tie, because the sides are otherwise free of order.
        let forced = participants.filter { rewards($0) && !buys($0) }
        let open = participants.filter { rewards($0) && buys($0) }
            .sorted { (cart.units[$0].net, $0) > (cart.units[$1].net, $1) }
        return (forced + open.prefix(max(0, get - forced.count))).sorted()
    }
}

extension Selector {
    func matches(_ unit: Int, _ cart: CartUnits) -> Bool {
        let unit = cart.units[unit]
        return !(excludeDiscounted && unit.discount > 0) && matches(cart.articles[unit.line])
    }
}
