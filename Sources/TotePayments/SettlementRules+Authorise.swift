import ToteValues

/// Rows 1–6: from the plan to "every leg authorised".
extension Settlement {
    /// Below this a partial authorisation is no help and counts as a decline (SPL-2).
    static let minimumPartial: Int64 = 100

    mutating func begin(
        _ planned: [Leg], hash: [UInt8], now: Moment
    ) throws(SettlementError) -> [SettlementEffect] {
        guard hash == quoteHash else { throw SettlementError(.quoteStale) }
        try check(planned, sum: total.minor)
        legs = planned
        state = .authorising
        return try sendNext(now: now)
    }

    mutating func add(
        _ planned: [Leg], now: Moment
    ) throws(SettlementError) -> [SettlementEffect] {
        guard legInFlight == nil else {
            throw SettlementError(.illegalTransition, "a tender is still being asked")
        }
        try check(planned, sum: open)
        legs += planned
        if state == .partiallyAuthorised { state = .authorising }
        deadline = nil
        return try sendNext(now: now)
    }

    /// Legs may come from anywhere: their sum and their numbers are checked here as well.
    private func check(_ planned: [Leg], sum: Int64) throws(SettlementError) {
        let numbers = (legs + planned).map(\.number)
        let range = 1...TenderPlan.maximumLegs
        guard numbers.allSatisfy({ range.contains($0) }), Set(numbers).count == numbers.count,
            planned.allSatisfy({ $0.planned > 0 && $0.state == .planned }),
            planned.reduce(Int128(0), { $0 + Int128($1.planned) }) == Int128(sum)
        else { throw SettlementError(.tenderSumMismatch, "\(sum) open") }
    }

    /// The next planned leg, in order of class; when none is left, the sum decides.
    mutating func sendNext(now: Moment) throws(SettlementError) -> [SettlementEffect] {
        let waiting = legs.indices.filter { legs[$0].state == .planned }
        let next = waiting.min { one, other in
            (legs[one].tender.rank, legs[one].number)
                < (legs[other].tender.rank, legs[other].number)
        }
        guard let next else { return try allSent(now: now) }
        legs[next].state = .sending
        if legs[next].isInternal { return [.reserve(leg: legs[next].number)] }
        return [.call(call(next, .authorise, legs[next].planned))]
    }

    private mutating func allSent(now: Moment) throws(SettlementError) -> [SettlementEffect] {
        guard secured == total.minor else { return offerOpen(now: now) }
        // Money that is gone at authorise is captured: nothing is left to wait for (SET-4).
        if state == .compensating || hasTakenMoney { return try captureNext(now: now) }
        state = .authorised
        deadline = now.adding(seconds: SettlementTimer.authorised)
        return []
    }

    mutating func authorised(
        _ number: Int, _ granted: Authorisation, now: Moment
    ) throws(SettlementError) -> [SettlementEffect] {
        let index = try index(of: number, in: .sending)
        let leg = legs[index]
        guard granted.amount > 0, granted.amount <= leg.planned else {
            throw SettlementError(.amount, "authorised \(granted.amount) of \(leg.planned)")
        }
        legs[index].authorisation = granted
        legs[index].authorised = granted.amount
        if granted.amount < leg.planned, !isUsefulPartial(leg, granted.amount) {
            legs[index].state = .voiding
            return [leg.isInternal ? .release(leg: number) : .call(call(index, .void, 0))]
        }
        legs[index].state = leg.takesMoneyAtOnce ? .captured : .authorised
        if leg.takesMoneyAtOnce { legs[index].captured = granted.amount }
        return granted.amount < leg.planned ? offerOpen(now: now) : try sendNext(now: now)
    }

    private func isUsefulPartial(_ leg: Leg, _ amount: Int64) -> Bool {
        leg.takesMoneyAtOnce || (leg.tender.allowsPartial && amount >= Self.minimumPartial)
    }

    mutating func declined(
        _ number: Int, _ reason: DeclineReason, now: Moment
    ) throws(SettlementError) -> [SettlementEffect] {
        let index = try index(of: number, in: .sending)
        legs[index].state = .declined
        legs[index].declineReason = reason
        return offerOpen(now: now)
    }

    /// Stops sending: no further tender is touched until the shopper says how the rest is paid.
    mutating func offerOpen(now: Moment) -> [SettlementEffect] {
        state = hasTakenMoney || state == .compensating ? .compensating : .partiallyAuthorised
        deadline = now.adding(seconds: SettlementTimer.openAmount)
        return [.tellOpen(open)]
    }

    mutating func needShopper(
        _ number: Int, url: String, now: Moment
    ) throws(SettlementError) -> [SettlementEffect] {
        let index = try index(of: number, in: .sending)
        legs[index].state = .needsShopper
        legs[index].shopperURL = url
        state = .requiresAction
        deadline = now.adding(seconds: SettlementTimer.requiresAction)
        return [.tellShopper(url: url)]
    }

    /// While money is already taken nobody is sent to another page: the tender counts as declined.
    mutating func refuseShopperLeg(_ number: Int) throws(SettlementError) -> [SettlementEffect] {
        let index = try index(of: number, in: .sending)
        legs[index].state = .voiding
        return [.call(call(index, .void, 0))]
    }

    mutating func resumeShopperLeg() throws(SettlementError) -> [SettlementEffect] {
        guard let index = legs.firstIndex(where: { $0.state == .needsShopper }) else {
            throw illegal(.shopperDone)
        }
        legs[index].state = .sending
        legs[index].shopperURL = nil
        state = .authorising
        deadline = nil
        return [.askStatus(call(index, .authorise, legs[index].planned))]
    }
}
