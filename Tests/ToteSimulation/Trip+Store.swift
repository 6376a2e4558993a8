import ToteCarts
import ToteMessages
import TotePayments
import ToteSync
import ToteValues

/// The store's shell: one writer, group commit, restarts and restores.
extension Trip {
    /// Changes the store's file in memory.
    /// - Returns: what leaves when the change is durable.
    func transact(_ body: (inout StoreNode.File) -> (() -> Void)?) {
        guard let then = body(&store.working) else { return }
        if Mutant.ackBeforeGroupCommit.isPlanted { then() }
        store.waiting.append(Mutant.ackBeforeGroupCommit.isPlanted ? {} : then)
        guard store.writing == nil else { return }
        if store.waiting.count >= StoreNode.mostRequests {
            beginGroup(store.life)
        } else if !store.isGroupDue {
            store.isGroupDue = true
            after(disk.within(0...StoreNode.longestGroup), .storeGroup(life: store.life))
        }
    }

    func beginGroup(_ life: Int) {
        guard store.life == life, store.isUp, store.writing == nil, !store.waiting.isEmpty else {
            return
        }
        store.isGroupDue = false
        store.writing = StoreNode.Group(image: store.working, answers: store.waiting)
        store.waiting = []
        let window = disk.within(0...TripTime.longestFsync)
        if !isHealed, disk.happens(plan.fsyncCrashPerMille) {
            after(disk.within(0...window), .storeCrash)
        }
        after(window, .storeDurable(life: life))
    }

    func endGroup(_ life: Int) {
        guard store.life == life, let group = store.writing else { return }
        becomeDurable(group.image)
        store.writing = nil
        for answer in group.answers { answer() }
        if !store.waiting.isEmpty { beginGroup(life) }
    }

    private func becomeDurable(_ image: StoreNode.File) {
        checkStep(from: store.durable, to: image)
        store.durable = image
    }

    func crashStore() {
        guard store.isUp, !isHealed else { return }
        counts.storeCrashes += 1
        if let group = store.writing {
            counts.crashesInFsync += 1
            if disk.happens(500) { becomeDurable(group.image) }
        }
        note("store crashes")
        stopStore()
        trace.mix(0x5C4A)
        after(faults.within(500...10_500), .storeRestart)
    }

    private func stopStore() {
        store.isUp = false
        store.life += 1
        store.writing = nil
        store.waiting = []
        store.isGroupDue = false
        store.isTickDue = false
        store.working = store.durable
    }

    func restartStore() {
        guard !store.isUp else { return }
        store.isUp = true
        recoverPayments()
        tick(store.life)
        reconcile()
    }

    /// An older file lies where the store's was. Told apart by the generation beside it
    /// (SYNC-46); a machine that was rolled back whole does not know.
    func restoreStore(silent: Bool) {
        guard let backup = store.backup else { return }
        if silent { counts.rollbacks += 1 } else { counts.restores += 1 }
        note("store is \(silent ? "rolled back" : "restored")")
        stopStore()
        store.durable = backup
        if !silent, !Mutant.ignoreEpoch.isPlanted {
            store.durable.carts.begin(epoch: Epoch(names.next()))
        }
        store.working = store.durable
        history.restored()
        for phone in phones { phone.reads.restored() }
        noteDurableLogs()
        trace.mix(0x4E57)
        restartStore()
    }

    // MARK: - Requests

    func serve(_ message: Message) {
        switch message.content {
        case .create(let id):
            transact { file in
                file.carts.create(id, member: member)
                return { [self] in answer(.created(id), to: message) }
            }
        case .sync(let id, let request): serve(id, request, message)
        case .close(let id, let request, let cursor): serve(id, request, cursor, message)
        case .pay(let id, let ordinal, let giveUp):
            transact { file in
                let (state, outward) = pay(&file, id, ordinal, giveUp: giveUp)
                return { [self] in
                    answer(.payment(id, ordinal: ordinal, state), to: message)
                    if let outward { start(outward) }
                }
            }
        case .attest(let id, let closes, let receipts): attest(id, closes, receipts)
        default: break
        }
    }

    private func serve(_ id: CartID, _ request: SyncRequest, _ message: Message) {
        let isReadable = request.operations.allSatisfy { operation in
            guard case .scan(let scan) = operation.body else { return true }
            return scan.code != PriceTable.unreadable
        }
        guard isReadable else {
            return answer(
                .synced(id, .problem(.invalid("The store cannot read that."))), to: message)
        }
        if request.operations.isEmpty {
            // A pull reads what is durable, never what a group has still to write.
            var carts = store.durable.carts
            let response = sync(&carts, id, request, message)
            if case .answer = response {
                promise(response, id)
                return answer(.synced(id, response), to: message)
            }
        }
        transact { file in
            let before = file.carts[id]?.log.count ?? 0
            let response = sync(&file.carts, id, request, message)
            checkAppended(file.carts[id], from: before, by: message)
            return { [self] in
                promise(response, id)
                answer(.synced(id, response), to: message)
                if store.durable.carts[id]?.cart.head.mustReconcile == true {
                    after(paying.within(100...2000), .reconcile(life: store.life))
                }
            }
        }
    }

    private func promise(_ response: SyncResponse, _ id: CartID) {
        if case .answer(let answer) = response { history.promise(answer.delta.cursor, id) }
    }

    private func sync(
        _ carts: inout StoreCarts, _ id: CartID, _ request: SyncRequest, _ message: Message
    ) -> SyncResponse {
        let caller = CartCaller(device: request.device, member: member, role: message.role)
        let isBySender = Mutant.lockByDeviceClock.isPlanted && message.phone >= 0
        let clock = now + (isBySender ? phones[message.phone].skew : store.clockJump)
        let books = prices
        do throws(Problem) {
            return .answer(
                try carts.sync(
                    id, request, by: caller, now: Moment(milliseconds: storeClock),
                    mayLock: { books.mayLock($0, at: clock) },
                    judge: judge))
        } catch {
            if error.code == "resync" { counts.resyncs += 1 }
            return .problem(error)
        }
    }

    private func serve(
        _ id: CartID, _ request: CloseRequest, _ cursor: Cursor, _ message: Message
    ) {
        transact { file in
            let result: Result<CloseAnswer, Problem>
            let before = file.carts[id]?.log.count ?? 0
            do {
                let now = Moment(milliseconds: storeClock)
                result = .success(
                    try file.carts.close(
                        id, request, ifMatch: cursor, now: now, price: { cart, _ in price(cart) }))
            } catch let problem as Problem {
                result = .failure(problem)
            } catch {
                result = .failure(.invalid(String(describing: error)))
            }
            checkAppended(file.carts[id], from: before, by: message)
            return { [self] in answer(.closed(id, request.closeID, result), to: message) }
        }
    }

    /// The store's own price of a cart's live units.
    func price(_ cart: Cart) -> PricedSet {
        let book = prices.current
        let total = PriceTable.total(cart, units: \.live, book: book)
        return PricedSet(
            totalMinor: total, currency: .euro,
            quoteHash: PriceTable.quoteHash(cart.hash, book: book, total: total),
            book: Mutant.totalAtNewerBook.isPlanted ? book + 1 : book,
            engine: "1", waiting: [], quote: .null)
    }
}
