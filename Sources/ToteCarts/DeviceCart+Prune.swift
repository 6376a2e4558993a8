package import ToteValues

// SYNC-24: own operations heal a store that was restored from a backup, so they are kept until
// nothing depends on them. Entries of the pulled log that had their body from them keep it
// themselves from then on.

extension DeviceCart {
    /// How long an operation outlives the receipt of its units.
    package static let keptMilliseconds: Int64 = 24 * 3600 * 1000

    /// Paid under a receipt that this device has verified, with every own operation acknowledged:
    /// only deleting is left to do.
    package var isFinal: Bool {
        base.state == .paid && receipts[base.ordinal] != nil && record.cursor != nil
            && pending.isEmpty && !hasUnsent
    }

    /// Deletes own operations that nothing depends on any more: all units of their dots are paid
    /// under a verified receipt, voided or rejected, and that for 24 hours. A cart that is not
    /// final keeps all of them, also the voided ones: a store restored to before the void but
    /// after the scan must hear of it.
    /// - Parameters:
    ///   - now: this device's clock.
    ///   - carryOverIsFinal: of the cart in which carried units live.
    /// - Returns: how many went.
    package mutating func prune(now: Moment, carryOverIsFinal: Bool) -> Int {
        guard isFinal, let receipt = receipts[base.ordinal] else { return 0 }
        let latest = now.milliseconds - Self.keptMilliseconds
        guard receipt.verifiedAt.milliseconds <= latest else { return 0 }
        let dropped = own.filter {
            $0.committedAt.milliseconds <= latest
                && touched(by: $0).allSatisfy { isSettled($0, carryOverIsFinal) }
        }
        guard !dropped.isEmpty else { return 0 }
        dropOwn(Set(dropped.map(\.dot)))
        return dropped.count
    }

    /// The dots whose units an operation made or removed.
    private func touched(by own: OwnOperation) -> [Dot] {
        switch own.operation.body {
        case .scan: [own.dot]
        case .void(let targets, _): targets.map(\.dot)
        default: []
        }
    }

    /// A scan that the store rejected has no units anywhere.
    private func isSettled(_ dot: Dot, _ carryOverIsFinal: Bool) -> Bool {
        guard let state = base.dots[dot], state.scan != nil else { return true }
        return state.live == 0 && state.frozen == 0 && (state.carried == 0 || carryOverIsFinal)
    }
}
