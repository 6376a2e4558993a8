import ToteCarts
import ToteMessages
import ToteSync
import ToteValues

/// The payer closes the cart and pays, trying again until it is done (SYNC-56).
extension Trip {
    func stepClose(_ phone: Phone) {
        guard !phone.hasFinishedClosing, phone.isPayer, let held = phone.cart(cart) else { return }
        let isLate = now > TripTime.heal + TripTime.quiet
        if isLate { return }
        after(
            faults.within(TripTime.closeAgain), .close(phone: phone.index, life: phone.life))
        if held.hasUnsent || held.record.cursor == nil { return advance(phone, cart, .wanted) }
        let base = held.base
        switch base.state {
        case .closing, .paid: askForPayment(phone, held)
        case .open where base.liveUnits > 0: beginClose(phone, held)
        case .open, .abandoned, .moved: advance(phone, cart, .wanted)
        }
    }

    private func askForPayment(_ phone: Phone, _ held: DeviceCart) {
        let base = held.base
        let giveUp = base.state == .closing && paying.happens(50)
        _ = send(.pay(cart, ordinal: base.ordinal, giveUp: giveUp), from: phone)
        advance(phone, cart, .wanted)
    }

    private func beginClose(_ phone: Phone, _ held: DeviceCart) {
        guard let cursor = held.record.cursor else { return }
        let close: PendingClose
        if let sent = held.pendingClose, sent.state == .sent, sent.cursor == cursor {
            close = sent
        } else {
            close = confirm(phone, held, cursor)
        }
        try? change(phone, cart) {
            $0.save(close)
        } then: { [self] in
            let request = CloseRequest(
                closeID: close.closeID, at: close.at, quoteHash: close.quoteHash,
                totalMinor: close.totalMinor, currency: close.currency)
            _ = send(.close(cart, request, ifMatch: close.cursor), from: phone)
        }
    }

    /// What the payer sees and says yes to: the fold of the store's log, priced on the phone.
    private func confirm(_ phone: Phone, _ held: DeviceCart, _ cursor: Cursor) -> PendingClose {
        let book = phone.memory.book
        let total = PriceTable.total(held.base, units: \.live, book: book)
        let set = held.base.closeSet()
        let at = phoneClock(phone).adding(milliseconds: phone.memory.storeOffset)
        let id = CloseID(names.bytes16())
        ledger.confirmed[id] = TruthLedger.Confirmed(
            cart: cart, cursor: cursor, set: set, total: total, book: book)
        return PendingClose(
            closeID: id, cart: cart, ordinal: held.base.ordinal + 1, cursor: cursor, at: at,
            confirmedSet: set, totalMinor: total, currency: .euro,
            quoteHash: PriceTable.quoteHash(cursor.hash, book: book, total: total))
    }

    func closed(
        _ phone: Phone, _ id: CartID, _ closeID: CloseID, _ result: Result<CloseAnswer, Problem>
    ) {
        guard let held = phone.cart(id), var close = held.pendingClose, close.closeID == closeID,
            close.state == .sent
        else { return }
        switch result {
        case .success:
            counts.closes += 1
            close.state = .closed
        case .failure(let problem):
            trace.mix(problem.status)
            react(phone, problem)
            close.state = .refused
        }
        try? change(phone, id) {
            $0.save(close)
        } then: { [self] in
            advance(phone, id, .wanted)
        }
    }

    private func react(_ phone: Phone, _ problem: Problem) {
        switch problem.code.rawValue {
        case "quoteChanged": phone.memory.book = prices.current
        case "held": callAssociate()
        case "reconciling": sendAttestation(phone, cart)
        default: break
        }
    }

    func paid(_ phone: Phone, _ id: CartID, _ ordinal: Int32, _ answer: PaymentAnswer) {
        guard let held = phone.cart(id) else { return }
        guard var close = held.pendingClose, close.ordinal == ordinal else { return }
        switch answer.state {
        case .waiting, .unknown: return
        case .captured:
            if id == cart { phone.hasFinishedClosing = true }
            close.state = .settled
        case .reopened: close.state = .refused
        }
        trace.mix(answer.total)
        let receipt = answer.receipt.map { text in
            StoredReceipt(
                cart: id, ordinal: ordinal, body: Array(text.utf8), signature: [],
                verifiedAt: phoneClock(phone))
        }
        try? change(phone, id) { held in
            held.save(close)
            if let receipt, close.state == .settled { held.save(receipt) }
        } then: { [self] in
            advance(phone, id, .wanted)
        }
    }

    /// What this phone's payer confirmed, and the receipts that it verified (SYNC-61).
    func sendAttestation(_ phone: Phone, _ id: CartID) {
        guard let held = phone.cart(id) else { return }
        let receipts = held.receipts.keys.sorted().compactMap { ordinal in
            held.closes.last { $0.ordinal == ordinal && $0.state == .settled }.map {
                VerifiedReceipt(ordinal: ordinal, setHash: LogHashing.set($0.confirmedSet))
            }
        }
        _ = send(.attest(id, held.closes, receipts), from: phone)
    }

    /// Nothing fails any more; what is under way may end.
    func heal() {
        isHealed = true
        for phone in phones where !phone.isGone {
            phone.cut = 0..<0
            phone.deaf = 0..<0
            phone.diskFull = 0..<0
            phone.intentsLeft = 0
            if !phone.isUp { restart(phone) }
            queue(phone, .event(phone.current, .linkUp))
        }
        if !store.isUp { restartStore() }
        let last = max(lastReplay, now + 2 * TripTime.quiet) + 1000
        for phone in phones {
            heap.insert(.idle(phone: phone.index, life: phone.life), at: last)
        }
    }
}
