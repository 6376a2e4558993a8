import ToteCarts
import ToteMessages
import ToteSync
import ToteValues

/// What must hold after every event (SYNC-I2, I7, I9, I13, I15, I16, I17, I18).
extension Trip {
    /// Entries that a request has just appended in memory.
    func checkAppended(_ held: StoreCarts.Held?, from first: Int, by message: Message) {
        guard let held, held.log.count > first else { return }
        let clock = now + store.clockJump
        for stored in held.log[first...] where stored.entry.role != .store {
            let entry = stored.entry
            var lock: BookVersion = 0
            if case .scan(let scan) = entry.operation.body, entry.disposition != .rejected,
                prices.mayLock(scan.book, at: clock)
            {
                lock = scan.book
            }
            if entry.priceLock != lock {
                violate(.clockFreedom, "lock \(entry.priceLock) in place of \(lock)")
            }
            if entry.role != message.role { violate(.authority, "role \(entry.role)") }
        }
    }

    /// The store's file moves from one durable state to the next.
    func checkStep(from old: StoreNode.File, to new: StoreNode.File) {
        for id in new.carts.sortedCarts {
            guard let held = new.carts[id] else { continue }
            let before = old.carts[id]
            let count = before?.log.count ?? 0
            guard held.log.count > count || before == nil else { continue }
            checkEntries(held, from: count, state: before?.cart.head.state ?? .open, id)
            checkPlaces(held.cart.cart, id)
            checkSettlements(held, id)
        }
    }

    func noteDurableLogs() {
        for id in store.durable.carts.sortedCarts {
            for stored in store.durable.carts[id]?.log ?? [] {
                history.note(
                    stored.entry.revision, stored.logHash, id, store.durable.carts.epoch)
            }
        }
    }

    private func checkEntries(
        _ held: StoreCarts.Held, from first: Int, state: CartState, _ id: CartID
    ) {
        var state = state
        for stored in held.log.dropFirst(first) {
            let entry = stored.entry
            counts.entries += 1
            note(
                "log \(id.short) \(entry.revision): \(entry.operation.words) \(entry.disposition)")
            trace.mix(stored.logHash.raw.low)
            history.note(entry.revision, stored.logHash, id, store.working.carts.epoch)
            if case .taken(let other) = ledger.bind(entry.operation, stored.hash),
                !isStaff(entry.operation.dot.device)
            {
                violate(.oneHash, "\(entry.operation.dot): \(stored.hash), was \(other)")
            }
            if case .scan(let scan) = entry.operation.body {
                ledger.serials[entry.operation.dot] = scan.serial
            }
            checkAuthority(entry)
            if case .reject(let dot, _) = entry.operation.body,
                let scan = held.cart.cart.dots[dot]?.scan, judge(dot, scan) == .reject("recalled")
            {
                ledger.stopped.insert(dot)
            }
            state = next(state, entry, held, id)
            if entry.disposition == .carried { counts.carried += 1 }
            if entry.disposition == .refundRequested { counts.refundRequests += 1 }
        }
        let end = held.cart.head.state
        if end != state { violate(.states, "log says \(state), head says \(end)") }
    }

    /// Names that are given anew after a rollback, as nothing of theirs is kept elsewhere.
    private func isStaff(_ device: DeviceID) -> Bool { device.raw.high < 8 }

    private func next(
        _ state: CartState, _ entry: LogEntry, _ held: StoreCarts.Held, _ id: CartID
    ) -> CartState {
        if entry.disposition == .rejected { return state }
        switch (state, entry.operation.body) {
        case (.open, .close(let body)):
            checkClose(body, entry, held, id)
            return .closing
        case (.closing, .settled):
            counts.captures += 1
            return .paid
        case (.closing, .reopened):
            counts.reopened += 1
            return .open
        case (_, .close), (_, .settled), (_, .reopened):
            violate(.states, "\(entry.operation.body.kind) while \(state)")
            return state
        case (.abandoned, _) where entry.role != .store: return .open
        default: return state
        }
    }

    /// Each unit is in one place.
    func checkPlaces(_ cart: Cart, _ id: CartID) {
        for dot in cart.order {
            guard let state = cart.dots[dot] else { continue }
            let places = [
                state.voided, state.frozen, state.paid, state.carried, state.rejected,
            ]
            let sum = places.reduce(0, +)
            if sum > state.units || places.contains(where: { $0 < 0 })
                || state.refundRequested > state.paid
            {
                violate(.onePlace, "\(dot) of \(id): \(state)")
            }
        }
    }

    private func checkSettlements(_ held: StoreCarts.Held, _ id: CartID) {
        let active = held.cart.settlements.values.filter { $0.state == .active }.count
        let expected = held.cart.head.state == .closing ? 1 : 0
        if active != expected {
            violate(.states, "\(active) active settlements while \(held.cart.head.state)")
        }
    }

    /// What is frozen is what the payer said yes to, at that cursor and total (SYNC-I7, I16).
    private func checkClose(
        _ body: CloseBody, _ entry: LogEntry, _ held: StoreCarts.Held, _ id: CartID
    ) {
        guard let frozen = held.cart.settlements[body.ordinal]?.frozen else { return }
        if !body.restored.isEmpty || frozen.key.raw == body.closeID.raw
            || ledger.healed.contains(body.closeID)
        {
            return checkHealed(frozen)
        }
        guard let confirmed = ledger.confirmed[body.closeID] else {
            return violate(.seenIsPaid, "nobody confirmed close \(body.ordinal)")
        }
        let fits =
            frozen.dots == confirmed.set && frozen.totalMinor == confirmed.total
            && frozen.cursor == confirmed.cursor
            && frozen.cursor.revision == entry.revision - 1
        if !fits { violate(.seenIsPaid, "frozen \(frozen), confirmed \(confirmed)") }
        var prefix = Cart(id: id)
        for stored in held.log.prefix(Int(frozen.cursor.revision)) {
            CartRules.apply(stored.entry, to: &prefix)
        }
        let total = PriceTable.trueTotal(prefix, book: frozen.book)
        if total != frozen.totalMinor {
            let isClaimed = Mutant.trustShownPrice.isPlanted
            violate(
                isClaimed ? .authority : .totalIsFunction,
                "total \(frozen.totalMinor), by its log and book \(total)")
        }
    }

    /// A close that stands again after a restore: a payer had confirmed this set at this total.
    private func checkHealed(_ frozen: FrozenCart) {
        let isConfirmed = ledger.confirmed.values.contains { confirmed in
            confirmed.set == frozen.dots && confirmed.total == frozen.totalMinor
        }
        if !isConfirmed { violate(.seenIsPaid, "nobody confirmed the set of \(frozen.key)") }
    }

    private func checkAuthority(_ entry: LogEntry) {
        guard entry.role != .store, entry.disposition != .rejected else { return }
        let isAllowed: Bool =
            switch entry.operation.body {
            case .scan, .void, .clip, .decline, .unclip, .attach, .skip: true
            case .attr, .release: entry.role == .associate
            default: false
            }
        if !isAllowed { violate(.authority, "\(entry.operation.body.kind) by \(entry.role)") }
    }
}

/// What phones see.
extension Trip {
    /// Own writes are read from the moment they were acknowledged.
    func checkOwnWrites(_ phone: Phone, _ id: CartID, _ operations: [CartOperation]) {
        guard let view = phone.cart(id)?.view else { return }
        for operation in operations {
            guard case .scan = operation.body else { continue }
            let isParked = view.parked.contains { $0.operation.dot == operation.dot }
            if view.dots[operation.dot]?.scan == nil, !isParked {
                violate(.ownWrites, "phone \(phone.index) does not see \(operation.dot)")
            }
        }
    }

    /// All reads are prefixes of one log, in real-time order, with own writes (SYNC-72).
    func noteRead(
        _ phone: Phone, _ id: CartID, _ before: DeviceCart, _ event: DeviceSync.Event,
        _ number: Int?
    ) {
        guard case .response(.answer(let answer), _) = event, let cart = phone.cart(id) else {
            return
        }
        trace.mix(answer.ack)
        guard let cursor = cart.record.cursor else {
            phone.reads[id] = nil
            return
        }
        let last = before.record.cursor == nil ? nil : phone.reads[id]
        if let last, last.epoch == cursor.epoch, cursor.revision < last.revision {
            violate(.ownWrites, "a cursor went back from \(last) to \(cursor)")
        }
        if !history.contains(cursor, id) {
            // An answer told of what was not durable.
            violate(.durable, "phone \(phone.index) read \(cursor), which no log had")
        }
        if !answer.delta.more, cursor.revision < phone.reads.floor(number, id) {
            violate(.ownWrites, "phone \(phone.index) read an older log than was told before")
        }
        phone.reads[id] = cursor
        checkOwnWrites(phone, id, cart.ownOperations)
    }

    /// A request holds nothing that bears another operation's name.
    func checkSent(_ request: SyncRequest) {
        for operation in request.operations {
            if ledger.send(operation, operation.hash) != nil {
                violate(.oneHash, "\(operation.dot) is sent as another operation")
            }
        }
    }
}
