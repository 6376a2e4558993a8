import ToteCarts
import TotePayments
import ToteSync
import ToteValues

// What the settlement shell of the store does, on values: an event and all that follows inside the
// store are one change of the file; then at most one call goes to the provider, and its answer is
// the next event (ORD-1). Killed at any point, the provider is asked by key (ORD-4).
extension Trip {
    enum Outward {
        case call(ProviderErrand)
        case tick
    }

    /// `PUT …/settlements/n`, `capture` and `give-up`, as far as the payment stands.
    func pay(
        _ file: inout StoreNode.File, _ id: CartID, _ ordinal: Int32, giveUp: Bool
    ) -> (PaymentAnswer, Outward?) {
        let key = LogHashing.settlement(id, ordinal: ordinal)
        if let ended = ended(file, id, ordinal) { return (ended, nil) }
        if file.payments[key] == nil, let frozen = file.carts.frozen(id, ordinal) {
            file.payments[key] = Payment(settlement: Settlement(frozen: frozen))
            file.paymentOrder.append(key)
        }
        guard let payment = file.payments[key] else {
            return (PaymentAnswer(state: .unknown, receipt: nil, total: 0), nil)
        }
        var outward: Outward?
        if let event = wish(payment.settlement, giveUp: giveUp) {
            outward = try? advance(&file, key, event)
        }
        return (answer(file.payments[key] ?? payment), outward)
    }

    /// What ended without a payment of this file: its money was found after a restore.
    private func ended(
        _ file: StoreNode.File, _ id: CartID, _ ordinal: Int32
    ) -> PaymentAnswer? {
        guard let settlement = file.carts[id]?.cart.settlements[ordinal],
            settlement.state != .active
        else { return nil }
        return PaymentAnswer(
            state: settlement.state == .settled ? .captured : .reopened,
            receipt: file.carts[id]?.cart.cart.receipts[ordinal],
            total: settlement.frozen.totalMinor)
    }

    private func answer(_ payment: Payment) -> PaymentAnswer {
        let state: PaymentAnswer.State =
            switch payment.settlement.state {
            case .captured: .captured
            case .voided: .reopened
            default: .waiting
            }
        return PaymentAnswer(
            state: state, receipt: payment.receipt, total: payment.settlement.total.minor)
    }

    /// What the payer's app asks for next.
    private func wish(_ settlement: Settlement, giveUp: Bool) -> SettlementEvent? {
        let isStale = settlement.frozen.book != prices.current
        switch settlement.state {
        case .frozen:
            if isStale { return .quoteChanged }
            return giveUp ? .giveUp : .begin(legs(settlement), quoteHash: settlement.quoteHash)
        case .authorised:
            if isStale { return .quoteChanged }
            return giveUp ? .giveUp : .capture(quoteHash: settlement.quoteHash)
        case .partiallyAuthorised, .compensating:
            guard settlement.legInFlight == nil else { return nil }
            let isTired = giveUp || settlement.legs.count > 3 || paying.happens(400)
            if isTired { return .giveUp }
            let other = [PlannedTender(kind: .newCard, amount: .rest, source: "other")]
            let legs = try? TenderPlan.legs(
                other, paying: settlement.open, after: settlement.legs)
            return legs.map { .addLegs($0) }
        default: return nil
        }
    }

    private func legs(_ settlement: Settlement) -> [Leg] {
        var tenders = [PlannedTender(kind: .cardOnFile, amount: .rest, source: "card")]
        // The shopper's own: the same when the store has forgotten it.
        var draw = Draw(seed: seed, purpose: settlement.id.raw.low)
        if settlement.total.minor > 10, draw.happens(300) {
            let kind: TenderKind = draw.happens(500) ? .giftCard : .newCard
            let first = settlement.total.minor / 3
            tenders.insert(
                PlannedTender(kind: kind, amount: .minor(first), source: "first"), at: 0)
        }
        return (try? TenderPlan.legs(tenders, paying: settlement.total.minor)) ?? []
    }

    /// One event with all that the store answers itself; nothing is kept of one that is refused.
    func advance(
        _ file: inout StoreNode.File, _ id: SettlementID, _ event: SettlementEvent
    ) throws(SettlementError) -> Outward? {
        guard var payment = file.payments[id] else { return nil }
        var next: SettlementEvent? = event
        var outward: Outward?
        var carts = file.carts
        while let event = next {
            let effects = try SettlementRules.apply(
                event, to: &payment.settlement, now: Moment(milliseconds: storeClock))
            trace.mix(payment.settlement.revision)
            note(
                "payment \(payment.settlement.ordinal): \(event.name), \(payment.settlement.state)")
            next = nil
            for effect in effects {
                switch effect {
                case .reserve(let leg):
                    let planned = payment.settlement.legs.first { $0.number == leg }?.planned ?? 0
                    next = .legAuthorised(leg, Authorisation(amount: planned, reference: "own"))
                case .release(let leg): next = .legReleased(leg)
                case .call(let call):
                    outward = .call(errand(payment.settlement, call, isStatus: false))
                case .askStatus(let call):
                    outward = .call(errand(payment.settlement, call, isStatus: true))
                case .finalise: finalise(&payment, &carts)
                case .reopen: reopen(payment.settlement, &carts)
                case .tellShopper, .tellOpen: break
                }
            }
        }
        file.carts = carts
        file.payments[id] = payment
        return outward ?? (payment.settlement.deadline == nil ? nil : .tick)
    }

    private func errand(
        _ settlement: Settlement, _ call: ProviderCall, isStatus: Bool
    ) -> ProviderErrand {
        ProviderErrand(settlement: settlement, call: call, isStatus: isStatus)
    }

    private func finalise(_ payment: inout Payment, _ carts: inout StoreCarts) {
        let frozen = payment.settlement.frozen
        let receipt = "receipt-\(frozen.key.text)"
        payment.receipt = receipt
        do throws(CartLogError) {
            try carts.settled(frozen.cart, ordinal: frozen.ordinal, receipt: receipt)
        } catch {
            violate(.states, "captured, but the cart cannot be settled: \(error)")
        }
    }

    private func reopen(_ settlement: Settlement, _ carts: inout StoreCarts) {
        let frozen = settlement.frozen
        do throws(CartLogError) {
            try carts.reopened(
                frozen.cart, ordinal: frozen.ordinal, reason: settlement.state.rawValue)
        } catch {
            violate(.states, "given up, but the cart cannot open again: \(error)")
        }
    }

    // MARK: - Provider

    func start(_ outward: Outward) {
        switch outward {
        case .tick: scheduleTick()
        case .call(let errand):
            let isLate =
                plan[.lateCapture] && plan[.restore] && !isHealed
                && errand.call.operation == .capture && paying.happens(300)
            let delay = isLate ? paying.within(1000...40_000) : paying.within(10...400)
            after(delay, .providerCall(errand, life: store.life))
        }
    }

    /// The provider acts whether or not the store still lives; its reply may find nobody.
    func callProvider(_ errand: ProviderErrand, _ life: Int) {
        var reply: ProviderReply
        if errand.isStatus {
            reply = .truth(provider.status(of: errand.call.key))
        } else {
            let isNasty = plan[.provider] && !isHealed
            let declines =
                isNasty && errand.call.operation == .authorise && paying.happens(150)
            if isNasty, paying.happens(20) {
                reply = .refused
            } else {
                do throws(ProviderBook.Refusal) {
                    reply = .outcome(
                        try provider.perform(
                            errand.call, of: errand.settlement, declines: declines))
                } catch { reply = .refused }
            }
            checkProvider(errand)
        }
        if plan[.provider], !isHealed, paying.happens(250) { reply = .none }
        let delay: Int64 =
            if case .none = reply { 15_000 } else { paying.within(10...400) }
        after(delay, .providerReply(errand, reply, life: life))
    }

    func providerReplied(_ errand: ProviderErrand, _ reply: ProviderReply, _ life: Int) {
        guard store.life == life, store.isUp else { return }
        transact { file in
            guard let current = file.payments[errand.settlement.id]?.settlement,
                let event = event(errand, reply, current)
            else { return nil }
            do throws(SettlementError) {
                let outward = try advance(&file, errand.settlement.id, event)
                return { [self] in if let outward { start(outward) } }
            } catch {
                // Somebody else brought the same answer first.
                return nil
            }
        }
    }

    private func event(
        _ errand: ProviderErrand, _ reply: ProviderReply, _ settlement: Settlement
    ) -> SettlementEvent? {
        let (leg, operation) = (errand.call.leg, errand.call.operation)
        switch reply {
        case .none: return settlement.state == .unknown ? nil : .noAnswer(leg, operation)
        case .refused: return Settlement.event(leg, operation, .declined(.unknown))
        case .outcome(let outcome):
            return Settlement.event(leg, operation, outcome) ?? .noAnswer(leg, operation)
        case .truth(let truth):
            return settlement.state == .unknown ? .statusKnown(leg, truth) : nil
        }
    }

    // MARK: - Time and restarts

    /// At start: what was under way is asked for by key, never sent again under a new one.
    func recoverPayments() {
        for id in store.working.paymentOrder {
            guard let settlement = store.working.payments[id]?.settlement,
                !settlement.state.isTerminal
            else { continue }
            transact { file in
                if settlement.state != .unknown, let leg = settlement.legInFlight,
                    let operation = leg.operationInFlight
                {
                    _ = try? advance(&file, id, .noAnswer(leg.number, operation))
                }
                guard file.payments[id]?.settlement.state == .unknown else { return {} }
                let outward = try? advance(&file, id, .timer)
                return { [self] in if let outward { start(outward) } }
            }
        }
    }

    /// Every state that waits has an end (INV-9). A clock that was set back an hour must not keep
    /// a payment waiting as long: no timer is longer than the longest.
    func tick(_ life: Int) {
        guard store.life == life, store.isUp else { return }
        store.isTickDue = false
        for id in store.working.paymentOrder where isDue(id) {
            transact { file in
                guard let outward = try? advance(&file, id, .timer) else { return nil }
                return { [self] in start(outward) }
            }
        }
        scheduleTick()
    }

    private func isDue(_ id: SettlementID) -> Bool {
        guard let deadline = store.working.payments[id]?.settlement.deadline else { return false }
        let wait = deadline.milliseconds - storeClock
        return wait <= 0 || wait > Self.longestTimer
    }

    private func scheduleTick() {
        let waits = store.working.paymentOrder.compactMap { id in
            store.working.payments[id]?.settlement.deadline
        }.map { $0.milliseconds - storeClock }
        // Longer ones end after the last look.
        guard !store.isTickDue, let wait = waits.min(), wait < TripTime.quiet else { return }
        store.isTickDue = true
        after(max(wait, 100), .storeTick(life: store.life))
    }

    private static let longestTimer: Int64 = 900_000
}
