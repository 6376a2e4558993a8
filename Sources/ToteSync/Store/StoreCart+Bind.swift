package import ToteCarts
package import ToteMessages
package import ToteValues

extension StoreCart {
    /// Joins another cart of the same shopper into this one (SYNC-17): what its devices wrote comes
    /// in under its own names and hashes, what the store wrote is evaluated anew, and the other
    /// cart has moved. A repeat does nothing. Needs both carts whole, with their streams.
    /// - Parameters:
    ///   - log: of the other cart.
    ///   - judge: as for a push.
    /// - Throws: `closed`, `moved`, `reconciling`, `invalid`, `conflict`; then nothing has changed.
    package mutating func bind(
        _ other: inout StoreCart, log: [StoreEntry], epoch: Epoch,
        judge: (Dot, ScanBody) -> ScanJudgement = { _, _ in .sold }
    ) throws(Problem) {
        if other.head.movedTo == head.cart { return }
        try checkBind(other, entries: Int64(log.count))
        let (member, from, target) = (other.head.member, other.head.cart, head.cart)
        changeHead { $0.member = $0.member ?? member }
        append(own: .join(from: from), epoch)
        for stored in log { join(stored.entry, member: member, epoch, judge) }
        for (stream, last) in other.streams.sorted(by: { $0.key < $1.key })
        where stream.device != .store { set(stream, last: last) }
        other.changeHead {
            $0.state = .moved
            $0.movedTo = target
        }
    }

    private mutating func join(
        _ entry: LogEntry, member: String?, _ epoch: Epoch,
        _ judge: (Dot, ScanBody) -> ScanJudgement
    ) {
        let operation = entry.operation
        guard operation.dot.device == .store else {
            append(operation, role: entry.role, member: member, priceLock: entry.priceLock)
            hold(operation, epoch, judge)
            return
        }
        switch operation.body {
        // What the store had carried into the other cart, and taken out of it again.
        case .inherit, .void, .price: append(own: operation.body, epoch)
        default: break
        }
    }

    private func checkBind(_ other: StoreCart, entries: Int64) throws(Problem) {
        guard head.cart != other.head.cart else { throw .invalid("A cart cannot join itself.") }
        if let target = other.head.movedTo { throw .moved(to: target) }
        for one in [head, other.head] {
            guard one.state == .open else {
                throw .closed(state: one.state.rawValue, ordinal: one.ordinal)
            }
            if one.mustReconcile { throw .reconciling() }
        }
        guard head.member == nil || other.head.member == nil || head.member == other.head.member
        else { throw .conflict("The carts belong to different members.") }
        let theirs = other.streams.keys.filter { $0.device != .store }
        let all = streams.keys.filter { $0.device != .store } + theirs
        guard Set(all).count == all.count, all.count <= CartLimits.streams,
            Set(all.map(\.device)).count <= CartLimits.devices,
            head.liveUnits + other.head.liveUnits <= CartLimits.liveUnits,
            head.revision + entries < CartLimits.logEntries
        else { throw .invalid("Together the carts are more than one can be.") }
    }
}
