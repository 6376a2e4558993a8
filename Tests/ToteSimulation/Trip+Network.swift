import ToteCarts
import ToteMessages
import ToteSync
import ToteValues

/// The network: it loses, doubles, delays and cuts, and brings back what it had forgotten.
extension Trip {
    /// Of one trip; more is a loop (SYNC-I11). A busy one has some hundred.
    private static let mostSyncs = 2000

    func send(_ content: Message.Content, from phone: Phone) -> Int {
        requests += 1
        let message = Message(
            number: requests, phone: phone.index, role: phone.role, content: content)
        if case .sync = content { counts.syncs += 1 }
        if counts.syncs > Self.mostSyncs {
            violate(.noWedge, "phone \(phone.index) asks again and again")
        }
        note("phone \(phone.index) sends \(requests) \(content.words)")
        trace.mix(0x5E4D)
        guard !phone.cut.contains(now) else { return requests }
        for delay in deliveries() { after(delay, .toStore(message)) }
        replay(.toStore(message))
        return requests
    }

    /// - Parameter number: of the request that it answers.
    func answer(_ content: Message.Content, to request: Message) {
        guard request.phone >= 0 else { return }
        var message = Message(
            number: request.number, phone: request.phone, role: request.role, content: content)
        message.storeClock = storeClock
        note("store answers \(request.number) to phone \(request.phone): \(content.words)")
        let phone = phones[request.phone]
        if !isHealed, network.happens(plan.cutAnswerPerMille) { return }
        guard !phone.cut.contains(now), !phone.deaf.contains(now) else { return }
        for delay in deliveries() { after(delay, .toPhone(message)) }
        replay(.toPhone(message))
    }

    /// When the copies of a message arrive; none when it is lost.
    private func deliveries() -> [Int64] {
        if isHealed { return [network.within(5...50)] }
        if network.happens(plan.dropPerMille) { return [] }
        let first = network.within(5...plan.longestDelay)
        let isTwice = options.variant == .twice || network.happens(plan.duplicatePerMille)
        return isTwice ? [first, network.within(5...plan.longestDelay)] : [first]
    }

    private func replay(_ event: Event) {
        guard !isHealed, network.happens(plan.staleReplayPerMille) else { return }
        let delay = network.within(5000...600_000)
        lastReplay = max(lastReplay, now + delay)
        after(delay, event)
    }

    func arriveAtStore(_ message: Message) {
        guard store.isUp else { return }
        trace.mix(message.number)
        serve(message)
    }

    func arriveAtPhone(_ message: Message) {
        let phone = phones[message.phone]
        guard phone.isUp, !phone.isGone else { return }
        note("phone \(phone.index) gets the answer to \(message.number)")
        trace.mix(message.number)
        let offset = message.storeClock - phoneClock(phone).milliseconds
        if abs(offset - phone.memory.storeOffset) > 30_000 { phone.memory.storeOffset = offset }
        queue(phone, .reply(message))
    }

    /// A phone reads an answer. Of a sync only that of the request in flight counts (SYNC-53).
    func take(_ message: Message, _ phone: Phone) {
        switch message.content {
        case .created(let id):
            try? change(phone, id) {
                $0.register(grant: nil)
            } then: { [self] in
                advance(phone, id, .linkUp)
            }
        case .synced(let id, let response):
            // As a connection: an answer finds the request that it belongs to, or nobody.
            guard let number = phone.memory.sent[message.number] else { return }
            if case .problem(let problem) = response, problem.status == 404 {
                _ = send(.create(id), from: phone)
            }
            advance(phone, id, .response(response, to: number), answering: message.number)
        case .closed(let id, let closeID, let result): closed(phone, id, closeID, result)
        case .payment(let id, let ordinal, let answer): paid(phone, id, ordinal, answer)
        case .create, .sync, .close, .pay, .attest: break
        }
    }

    func timedOut(_ phone: Phone, _ life: Int, _ id: CartID, _ number: Int) {
        guard phone.life == life, let request = phone.memory.sent[number] else { return }
        queue(phone, .event(id, .response(.none, to: request)))
    }

    /// The 25 s timer, and the first sync after a start.
    func idle(_ phone: Phone, _ life: Int) {
        guard phone.life == life, !phone.isGone, phone.isUp else { return }
        for id in phone.memory.file.order { queue(phone, .event(id, .wanted)) }
        let isOver = isHealed && now > TripTime.heal + TripTime.quiet
        guard !isOver else { return }
        let pause =
            options.variant == .randomRhythm ? network.within(500...40_000) : TripTime.idle
        after(pause, .idle(phone: phone.index, life: life))
    }
}

/// The shipping decisions of a phone's sync, and their effects.
extension Trip {
    func advance(
        _ phone: Phone, _ id: CartID, _ event: DeviceSync.Event, answering: Int? = nil
    ) {
        guard let before = phone.cart(id) else { return }
        let previous = phone.memory.machines[id, default: DeviceSync()]
        var machine = previous
        var effects: [DeviceSync.Effect] = []
        let uptime = now
        do throws(CartError) {
            try change(phone, id) { (cart) throws(CartError) in
                effects = machine.handle(
                    event, cart: &cart, uptimeMilliseconds: uptime,
                    newIncarnation: { [self] in newIncarnation() })
                stageReissued(phone, before: before, after: cart)
                phone.memory.machines[id] = machine
            } failed: {
                // Nothing of the answer is kept: it is as if it had not come.
                machine = previous
                let effects = machine.fileFailed()
                phone.memory.machines[id] = machine
                for effect in effects { perform(effect, phone, id) }
            } then: { [self] in
                if effects.contains(where: \.isTaken) {
                    noteRead(phone, id, before, event, answering)
                }
                for effect in effects { perform(effect, phone, id) }
            }
        } catch {}
    }

    /// A request that holds what is not on the disk yet: the bug that M 2 plants.
    func advanceUnwritten(_ phone: Phone, _ id: CartID) {
        guard var cart = phone.cart(id) else { return }
        var machine = phone.memory.machines[id, default: DeviceSync()]
        let effects = machine.handle(
            .wanted, cart: &cart, uptimeMilliseconds: now,
            newIncarnation: { [self] in newIncarnation() })
        phone.memory.machines[id] = machine
        for effect in effects { perform(effect, phone, id) }
    }

    private func stageReissued(_ phone: Phone, before: DeviceCart, after cart: DeviceCart) {
        let isRenamed =
            before.record.incarnation != cart.record.incarnation
            || before.record.mustReissue != cart.record.mustReissue
        if before.record.incarnation != cart.record.incarnation { counts.forks += 1 }
        if isRenamed || cart.ownOperations.count != before.ownOperations.count {
            let view = cart.view
            phone.memory.staged = cart.ownOperations.map { ($0, view) }
        }
    }

    private func perform(_ effect: DeviceSync.Effect, _ phone: Phone, _ id: CartID) {
        switch effect {
        case .send(let request, let own):
            checkSent(request)
            let number = send(.sync(id, request), from: phone)
            phone.memory.sent[number] = own
            phone.reads.asked(number, known: history.promised)
            after(
                TripTime.answerTimeout,
                .noAnswer(phone: phone.index, life: phone.life, id, number: number))
        case .wait(let bound):
            wait(phone, id, network.within(0...bound))
        case .waitExactly(let milliseconds): wait(phone, id, milliseconds)
        case .attest: sendAttestation(phone, id)
        case .took, .refused, .gaveUp: break
        }
    }

    private func wait(_ phone: Phone, _ id: CartID, _ milliseconds: Int64) {
        after(milliseconds, .timer(phone: phone.index, life: phone.life, id, .timer))
    }
}
