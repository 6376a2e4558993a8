import ToteCarts
import TotePayments
import ToteSync
import ToteValues

/// What must hold when the faults are over and all is quiet.
extension Trip {
    func checkEnd() {
        checkQuiet()
        checkConvergence()
        checkLogs()
        let places = unitPlaces()
        checkScans(places)
        checkVoids(places)
        checkCharges()
        for phone in phones { trace.mix(phone.durable.order.count) }
        for id in store.durable.carts.sortedCarts {
            trace.mix(store.durable.carts[id]?.cart.head.hash.raw.low ?? 0)
        }
    }

    /// Queues are empty, and nobody asked for everything again and again.
    private func checkQuiet() {
        for phone in phones where !phone.isGone {
            for id in phone.memory.file.order {
                guard let cart = phone.cart(id) else { continue }
                if cart.hasUnsent {
                    violate(
                        .noWedge,
                        "phone \(phone.index) still has \(cart.pending.count) unsent of \(id)"
                            + ", \(phone.memory.machines[id].map { "\($0.state)" } ?? "-")")
                }
            }
        }
        if counts.syncs > 400 * phones.count * (lastReplay > 0 ? 2 : 1) + counts.events / 3 {
            violate(.noWedge, "\(counts.syncs) syncs in \(now / 1000) s")
        }
    }

    /// (revision, hash, state) of all phones are the store's, and so is every unit.
    private func checkConvergence() {
        for phone in phones where !phone.isGone {
            for id in phone.memory.file.order {
                guard let cart = phone.cart(id), let held = store.durable.carts[id] else {
                    continue
                }
                let head = held.cart.head
                let isSame =
                    cart.record.cursor == head.cursor(store.durable.carts.epoch)
                    && cart.record.state == head.state && cart.base.hash == head.hash
                    && cart.base.dots == held.cart.cart.dots
                if !isSame {
                    violate(
                        .convergence,
                        "phone \(phone.index): \(cart.record.cursor?.text ?? "-") "
                            + "\(cart.record.state), store: \(head.revision) \(head.state)"
                            + " \(head.hash)")
                }
            }
        }
    }

    /// The state is the fold of the log; each stream is in it once and without gaps.
    private func checkLogs() {
        for id in store.durable.carts.sortedCarts {
            guard let held = store.durable.carts[id] else { continue }
            var fold = Cart(id: id)
            var last: [Stream: UInt64] = [:]
            for stored in held.log {
                CartRules.apply(stored.entry, to: &fold)
                let dot = stored.entry.operation.dot
                if dot.sequence != last[dot.stream, default: 0] + 1 {
                    violate(.idempotence, "\(dot) follows \(last[dot.stream, default: 0])")
                }
                last[dot.stream] = dot.sequence
            }
            let cart = held.cart.cart
            if fold.dots != cart.dots || fold.state != cart.state || fold.hash != cart.hash {
                violate(.idempotence, "the fold of \(id) is not its state")
            }
        }
    }

    /// Where the units of a reading are, over all carts: carried ones count where they live.
    struct Places {
        var units = 0
        var live = 0
        var paid = 0
        var voided = 0
        var refundRequested = 0
        var rejected = 0
        var stopped = 0
        /// Units that left a cart and must stand in another.
        var carried = 0
        var inherited = 0
    }

    private func unitPlaces() -> [Int: Places] {
        var places: [Int: Places] = [:]
        for id in store.durable.carts.sortedCarts {
            guard let held = store.durable.carts[id] else { continue }
            let cart = held.cart.cart
            for dot in cart.order {
                guard let state = cart.dots[dot], let scan = state.scan else { continue }
                let isHeir = id != self.cart
                var place = places[scan.serial, default: Places()]
                if isHeir, isInherited(dot, held) {
                    place.inherited += state.units
                } else {
                    place.units += state.units
                }
                place.live += state.live + state.frozen
                place.paid += state.paid
                place.voided += state.voided
                place.refundRequested += state.refundRequested
                place.rejected += state.rejected
                place.carried += state.carried
                if ledger.stopped.contains(dot) { place.stopped += state.rejected }
                places[scan.serial] = place
            }
            for stored in held.log where stored.entry.disposition == .rejected {
                guard case .scan(let scan) = stored.entry.operation.body else { continue }
                places[scan.serial, default: Places()].units += scan.units
                places[scan.serial, default: Places()].rejected += scan.units
                places[scan.serial, default: Places()].stopped += scan.units
            }
        }
        return places
    }

    private func isInherited(_ dot: Dot, _ held: StoreCarts.Held) -> Bool {
        held.log.contains { stored in
            guard case .inherit(let body) = stored.entry.operation.body else { return false }
            return body.dots.contains { $0.dot == dot }
        }
    }

    /// SYNC-I1 and I5: each acknowledged unit is somewhere, once, and went where somebody asked.
    private func checkScans(_ places: [Int: Places]) {
        var asked: [Int: Int] = [:]
        for void in ledger.voids {
            for target in void.targets { asked[target.serial, default: 0] += target.units }
        }
        for (index, scan) in ledger.scans.enumerated() {
            let serial = TruthLedger.firstSerial + index
            let place = places[serial] ?? Places()
            if scan.isTold, !scan.isExcused, !scan.isRefused, place.units < scan.units {
                violate(
                    wasRestored ? .restoreHeals : .noLostScan,
                    "scan \(serial) of \(scan.units) units, told by phone \(scan.phone): \(place)")
            }
            if place.units > scan.units {
                violate(.noPhantom, "scan \(serial) of \(scan.units) units counts as \(place)")
            }
            if place.carried != place.inherited {
                violate(.noLostScan, "carried units of \(serial) are not inherited: \(place)")
            }
            if place.voided + place.refundRequested > asked[serial, default: 0] {
                violate(.noLostScan, "nobody took out so much of scan \(serial): \(place)")
            }
            if place.rejected > place.stopped {
                violate(.noLostScan, "scan \(serial) was rejected without a reason: \(place)")
            }
        }
    }

    /// SYNC-I3: what was taken out stays out, or its money is asked back.
    private func checkVoids(_ places: [Int: Places]) {
        var told: [Int: Int] = [:]
        for void in ledger.voids where void.isTold && !void.isExcused {
            for target in void.targets { told[target.serial, default: 0] += target.units }
        }
        for (serial, units) in told.sorted(by: { $0.key < $1.key }) {
            guard let scan = ledger[serial], !scan.isRefused, let place = places[serial] else {
                continue
            }
            let removed = place.voided + place.refundRequested + place.rejected
            if removed < min(units, scan.units) {
                violate(
                    .noResurrection, "\(units) units of scan \(serial) were taken out: \(place)")
            }
        }
    }

    var wasRestored: Bool { history.lineage > 0 }
}

/// Money.
extension Trip {
    /// After each act of the provider: no more than the total of what a payer confirmed.
    func checkProvider(_ errand: ProviderErrand) {
        let deals = provider.all.filter { $0.settlement == errand.settlement.id }
        let captured = deals.reduce(0) { $0 + $1.captured - $1.refunded }
        if captured > errand.settlement.total.minor {
            violate(
                .oneCharge, "captured \(captured) of \(errand.settlement.total.minor)")
        }
        if deals.contains(where: { $0.captures.count > 1 }) {
            violate(.oneCharge, "one authorisation was captured twice")
        }
    }

    /// SYNC-I4: each capture has one settled settlement with its total and one receipt.
    func checkCharges() {
        var paidUnits: [Dot: Int] = [:]
        for id in store.durable.carts.sortedCarts {
            guard let held = store.durable.carts[id] else { continue }
            let settled = held.cart.settlements.values.filter { $0.state == .settled }
                .sorted { $0.frozen.ordinal < $1.frozen.ordinal }
            for settlement in settled {
                checkCharge(settlement.frozen)
                for unit in settlement.frozen.dots { paidUnits[unit.dot, default: 0] += unit.units }
            }
            for (dot, units) in paidUnits.sorted(by: { $0.key < $1.key }) {
                guard let scan = held.cart.cart.dots[dot]?.scan, units > scan.units else {
                    continue
                }
                violate(.oneCharge, "\(units) units of \(dot) are in settlements")
            }
            let receipts = held.cart.cart.receipts
            if receipts.count != settled.count {
                violate(.oneCharge, "\(receipts.count) receipts, \(settled.count) settlements")
            }
        }
        checkUnsettled()
    }

    private func checkCharge(_ frozen: FrozenCart) {
        let deals = provider.all.filter { $0.settlement == frozen.key }
        let captured = deals.reduce(0) { $0 + $1.captured - $1.refunded }
        // Healed by the payer's receipt: what own balances paid is lost with the store's file.
        let isHealed = store.durable.payments[frozen.key]?.receipt == nil
        if isHealed, captured > 0, captured <= frozen.totalMinor { return }
        let own = store.durable.payments[frozen.key]?.settlement.legs.filter(\.isInternal)
            .reduce(0) { $0 + $1.captured - $1.refunded }
        if captured + (own ?? 0) != frozen.totalMinor {
            violate(
                .oneCharge, "settled \(frozen.totalMinor), captured \(captured) and \(own ?? 0)")
        }
    }

    /// Money that was taken for what is not settled.
    private func checkUnsettled() {
        for id in store.durable.carts.sortedCarts {
            guard let held = store.durable.carts[id] else { continue }
            for deal in provider.captures(of: id) {
                let settlement = held.cart.settlements[deal.ordinal]
                if settlement?.state == .settled { continue }
                if isOperatorCase(id) {
                    counts.operatorCases += 1
                    continue
                }
                violate(
                    .oneCharge,
                    "\(deal.captured) was captured for ordinal \(deal.ordinal), which is "
                        + "\(settlement?.state.rawValue ?? "unknown") in \(held.cart.head.state)")
            }
        }
    }
}
