package import ToteCarts
package import ToteMessages
package import ToteValues

// Healing after a restore (`cart-sync.md` section 7). The store's memory of a cart may be older
// than what the provider did for it. So nothing is closed until the provider has said what it
// holds, and a charge without a set that fits it is never guessed at: it waits for the devices,
// or for an operator.

/// What a provider holds for one settlement of a cart.
package struct ProviderHolding: Hashable, Sendable {
    package let ordinal: Int32
    /// As the provider was told when it was asked to set the money aside; `nil`: it does not say.
    package let setHash: LogHash?
    /// The settlement's total, as it was told too; minor units.
    package let totalMinor: Int64
    /// Minor units captured and not given back.
    package let capturedMinor: Int64
    /// Minor units set aside and neither captured nor freed.
    package let openMinor: Int64

    package init(
        ordinal: Int32, setHash: LogHash?, totalMinor: Int64, capturedMinor: Int64,
        openMinor: Int64
    ) {
        self.ordinal = ordinal
        self.setHash = setHash
        self.totalMinor = totalMinor
        self.capturedMinor = capturedMinor
        self.openMinor = openMinor
    }
}

/// A receipt that a device brought, after signature, store and cart were verified (SYNC-62).
package struct VerifiedReceipt: Hashable, Sendable {
    package let ordinal: Int32
    package let setHash: LogHash

    package init(ordinal: Int32, setHash: LogHash) {
        self.ordinal = ordinal
        self.setHash = setHash
    }
}

/// What is left to do after the provider was asked.
package enum Healing: Hashable, Sendable {
    /// Nothing is held that the log does not know.
    case cleared
    /// Money is set aside for this close, which stands again: it goes on under the same key.
    case resumed(Int32)
    /// The money of this close is taken: bring its receipt and call `settled`, at once.
    case settle(Int32)
    /// No set is known that fits: nothing is changed, nothing can be charged.
    case waiting(Int32)
}

extension StoreCart {
    /// A cursor did not fit although its epoch does: this database may be an old copy of itself.
    /// - Returns: whether the cart is to be reconciled from now on; at most once a minute.
    package mutating func doubt(at now: Moment) -> Bool {
        guard now.milliseconds - head.doubtedAt.milliseconds >= 60_000 else { return false }
        changeHead {
            $0.mustReconcile = true
            $0.doubtedAt = now
        }
        return true
    }

    /// The database has begun another epoch (SYNC-60).
    package mutating func mustReconcile() { changeHead { $0.mustReconcile = true } }

    /// Compares what the provider holds with what the store and its devices know (SYNC-61). Needs
    /// the whole cart and its settlements.
    /// - Parameter price: of a cart's live units at a moment.
    /// - Throws: what `price` throws; then nothing has changed.
    package mutating func heal(
        _ holdings: [ProviderHolding], attested: [ConfirmedSet], receipts: [VerifiedReceipt],
        epoch: Epoch, now: Moment, price: (Cart, Moment) throws -> PricedSet
    ) throws -> Healing {
        guard head.mustReconcile else { return known(by: receipts) }
        if Mutant.noPayReconcile.isPlanted { return clear(.cleared) }
        let held = holdings.filter { $0.capturedMinor > 0 || $0.openMinor > 0 }
        let charged = held.filter { $0.capturedMinor > 0 }
        guard let one = (charged.isEmpty ? held : charged).max(by: { $0.ordinal < $1.ordinal })
        else { return clear(.cleared) }
        if charged.count > 1 { return .waiting(one.ordinal) }
        let isPaid =
            one.capturedMinor >= one.totalMinor
            || receipts.contains { $0.ordinal == one.ordinal && $0.setHash == one.setHash }
        let next: Healing = isPaid ? .settle(one.ordinal) : .resumed(one.ordinal)
        switch head.state {
        case .paid:
            return head.ordinal == one.ordinal ? clear(.cleared) : .waiting(one.ordinal)
        case .closing where head.ordinal == one.ordinal:
            guard settlements[one.ordinal]?.frozen.setHash == one.setHash else {
                return .waiting(one.ordinal)
            }
            return clear(next)
        case .open:
            guard let set = find(one, attested),
                try close(again: set, one, epoch: epoch, now: now, price: price)
            else { return .waiting(one.ordinal) }
            return clear(next)
        case .closing, .moved, .abandoned: return .waiting(one.ordinal)
        }
    }

    /// A close that stands again waits for its payer to go on; one who has the receipt will not.
    private func known(by receipts: [VerifiedReceipt]) -> Healing {
        guard head.state == .closing, let frozen = settlements[head.ordinal]?.frozen,
            receipts.contains(
                VerifiedReceipt(ordinal: frozen.ordinal, setHash: frozen.setHash))
        else { return .cleared }
        return .settle(frozen.ordinal)
    }

    private mutating func clear(_ healing: Healing) -> Healing {
        changeHead { $0.mustReconcile = false }
        return healing
    }

    private struct FoundSet {
        var dots: [DotUnits]
        var closeID: CloseID?
        var at: Moment?
    }

    /// The set that the provider was told of: the hash is all the proof that it needs.
    private func find(_ held: ProviderHolding, _ attested: [ConfirmedSet]) -> FoundSet? {
        let known = settlements.values.filter { $0.frozen.ordinal == held.ordinal }.map {
            FoundSet(dots: $0.frozen.dots, closeID: $0.closeID, at: $0.frozen.at)
        }
        let confirmed = attested.filter { $0.ordinal == held.ordinal }.map {
            FoundSet(dots: $0.dots, closeID: $0.closeID, at: $0.at)
        }
        let live = FoundSet(dots: cart.closeSet())
        return (known + confirmed + [live]).first { LogHashing.set($0.dots) == held.setHash }
    }

    /// Closes with a set that was closed before the restore.
    /// - Returns: whether all its units are here, at the total that the provider was told.
    private mutating func close(
        again set: FoundSet, _ held: ProviderHolding, epoch: Epoch, now: Moment,
        price: (Cart, Moment) throws -> PricedSet
    ) throws -> Bool {
        guard held.ordinal > head.ordinal, let restored = removed(of: set.dots) else {
            return false
        }
        var selected = cart.selecting(set.dots.map(\.dot))
        for target in restored { selected.dots[target.dot]?.voided -= target.units }
        let at = set.at ?? now
        let priced = try price(selected, at)
        guard priced.waiting.isEmpty, priced.totalMinor == held.totalMinor else { return false }
        let frozen = FrozenCart(
            cart: head.cart, ordinal: held.ordinal, cursor: head.cursor(epoch), dots: set.dots,
            totalMinor: held.totalMinor, currency: priced.currency, at: at,
            quoteHash: priced.quoteHash, book: priced.book, engine: priced.engine)
        let closeID = set.closeID ?? CloseID(frozen.key.raw)
        append(
            own: .close(
                CloseBody(
                    ordinal: frozen.ordinal, closeID: closeID, setHash: frozen.setHash,
                    totalMinor: frozen.totalMinor, currency: frozen.currency,
                    quoteHash: frozen.quoteHash, only: set.dots.map(\.dot), restored: restored)),
            epoch)
        self.set(
            StoreSettlement(
                frozen: frozen, closeID: closeID, requestHash: [],
                closedCursor: head.cursor(epoch)))
        return true
    }

    /// What was removed of a set meanwhile; `nil` while the log has not all of it, or has units
    /// of its dots that the payer had removed: then a device has still to come.
    private func removed(of set: [DotUnits]) -> [DotUnits]? {
        var removed: [DotUnits] = []
        for target in set {
            guard let state = cart.dots[target.dot], state.scan != nil,
                state.live <= target.units, target.units <= state.live + state.voided
            else { return nil }
            if state.live < target.units {
                removed.append(DotUnits(dot: target.dot, units: target.units - state.live))
            }
        }
        return removed
    }
}
