package import ToteCarts
package import ToteValues

extension StoreCart {
    /// Ends *closing* with the money captured (SYNC-58). What came too late goes to the carry-over
    /// cart (SYNC-57). A repeat does nothing. Needs the whole cart and the settlement.
    /// - Parameter receipt: the receipt's identifier.
    package mutating func settled(
        ordinal: Int32, receipt: String, epoch: Epoch
    ) throws(CartLogError) -> [CarryOver] {
        guard var settlement = try pendingSettlement(ordinal, ended: .settled) else { return [] }
        let (late, restored) = (parkedVoids, cart.closing?.restored ?? [])
        let outcome = outcome(ordinal: ordinal, receipt: receipt)
        append(own: .settled(outcome), epoch)
        requestRefunds(outcome.refunds)
        settlement.state = .settled
        set(settlement)
        askBack(restored, epoch)
        let bodies =
            inherits(outcome.carried.map(\.dot)) + late.compactMap(lateVoid)
        return bodies.isEmpty ? [] : carryOver(bodies)
    }

    /// Ends *closing* without any capture; parked entries are applied. A repeat does nothing.
    package mutating func reopened(
        ordinal: Int32, reason: String, epoch: Epoch
    ) throws(CartLogError) {
        guard var settlement = try pendingSettlement(ordinal, ended: .reopened) else { return }
        append(own: .reopened(ordinal: ordinal, reason: reason), epoch)
        settlement.state = .reopened
        set(settlement)
    }

    /// Units that were removed before a restore and charged after it (SYNC-61).
    private mutating func askBack(_ units: [DotUnits], _ epoch: Epoch) {
        for start in stride(from: 0, to: units.count, by: CartLimits.targetsOfOneVoid) {
            let end = min(start + CartLimits.targetsOfOneVoid, units.count)
            append(
                own: .void(targets: Array(units[start..<end]), reason: "reconciled"), epoch)
        }
    }

    /// What waits to be removed, as far as its scan came before: where the void was first, the
    /// tombstone has taken its units already (row 6).
    private var parkedVoids: [CartOperationBody] {
        var known = Set(cart.dots.filter { $0.value.scan != nil }.keys)
        return cart.parked.compactMap { entry in
            switch entry.operation.body {
            case .scan, .inherit:
                known.formUnion(entry.operation.touchedDots)
                return nil
            case .void(let targets, let reason):
                return .void(targets: targets.filter { known.contains($0.dot) }, reason: reason)
            default: return nil
            }
        }
    }

    /// The active settlement; `nil` when it has ended in that way already.
    private func pendingSettlement(
        _ ordinal: Int32, ended: StoreSettlement.State
    ) throws(CartLogError) -> StoreSettlement? {
        let settlement = settlements[ordinal]
        if settlement?.state == ended { return nil }
        guard let settlement, settlement.state == .active, head.state == .closing,
            head.ordinal == ordinal
        else { throw .notClosing(ordinal) }
        return settlement
    }

    /// What the settlement does to the cart: tried on a copy by the same rules.
    private func outcome(ordinal: Int32, receipt: String) -> SettledBody {
        var after = cart
        let trial = LogEntry(
            revision: cart.revision + 1,
            operation: CartOperation(
                dot: Dot(device: .store, incarnation: Incarnation(0), sequence: 1),
                body: .settled(
                    SettledBody(ordinal: ordinal, receipt: receipt, carried: [], refunds: []))),
            disposition: .applied, role: .store)
        CartRules.apply(trial, logHash: cart.hash, to: &after)
        let grown = { (place: (DotState) -> Int) -> [DotUnits] in
            after.order.compactMap { dot in
                let units =
                    place(after.dots[dot] ?? DotState()) - place(cart.dots[dot] ?? DotState())
                return units > 0 ? DotUnits(dot: dot, units: units) : nil
            }
        }
        return SettledBody(
            ordinal: ordinal, receipt: receipt, carried: grown { $0.carried },
            refunds: grown { $0.refundRequested })
    }
}
