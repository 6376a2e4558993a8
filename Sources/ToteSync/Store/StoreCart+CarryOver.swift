import ToteCarts
package import ToteValues

/// The cart of what came too late for a payment (SYNC-57): made when the first unit comes.
extension StoreCart {
    /// An entry must fit into one answer of a sync.
    private static let dotsOfOneEntry = 100

    /// Brings in what another cart could not pay.
    /// - Returns: what goes on at once, since this cart is paid as well.
    package mutating func take(_ carryOver: CarryOver, epoch: Epoch) -> [CarryOver] {
        var bodies: [CartOperationBody] = []
        for body in carryOver.bodies {
            let verdict = append(own: body, epoch)
            bodies += carried(body, dots: body.inheritedDots, verdict)
        }
        return bodies.isEmpty ? [] : self.carryOver(bodies)
    }

    /// What of a body that was just applied belongs into the carry-over cart (rows 10 and 12). The
    /// dots say it, not the disposition: that is one word for all targets of a void.
    func carried(
        _ body: CartOperationBody, dots: [Dot], _ verdict: Verdict
    ) -> [CartOperationBody] {
        guard head.state == .paid, verdict.disposition != .rejected else { return [] }
        return inherits(dots) + (lateVoid(body).map { [$0] } ?? [])
    }

    /// Notes where the bodies go.
    mutating func carryOver(_ bodies: [CartOperationBody]) -> [CarryOver] {
        let drawn =
            Mutant.randomCarryID.isPlanted ? Int32(truncatingIfNeeded: head.hash.raw.low) : 0
        let target = LogHashing.carryOver(head.cart, ordinal: head.ordinal ^ drawn)
        changeHead { $0.carryTo = target }
        return [CarryOver(target: target, member: head.member, bodies: bodies)]
    }

    /// Carried dots come in as `inherit` entries.
    func inherits(_ dots: [Dot]) -> [CartOperationBody] {
        let inherited = dots.compactMap { dot -> InheritedDot? in
            guard let state = cart.dots[dot], let scan = state.scan, state.carried > 0 else {
                return nil
            }
            return InheritedDot(
                dot: dot, units: state.carried, scan: scan, priceLock: state.priceLock)
        }
        return stride(from: 0, to: inherited.count, by: Self.dotsOfOneEntry).map { start in
            let part = inherited[start..<min(start + Self.dotsOfOneEntry, inherited.count)]
            return .inherit(InheritBody(from: head.cart, dots: Array(part)))
        }
    }

    /// A void of carried dots is done there (merge table row 12).
    func lateVoid(_ body: CartOperationBody) -> CartOperationBody? {
        guard case .void(let targets, let reason) = body else { return nil }
        let carried = targets.filter { cart.dots[$0.dot].map { $0.carried > 0 } ?? false }
        return carried.isEmpty ? nil : .void(targets: carried, reason: reason)
    }
}

extension CartOperationBody {
    fileprivate var inheritedDots: [Dot] {
        if case .inherit(let body) = self { body.dots.map(\.dot) } else { [] }
    }
}
