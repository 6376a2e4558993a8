import ToteValues

/// Rows 9, 10 and 15: everything goes back, last leg first, internal balances at the end.
extension Settlement {
    mutating func startReleasing(now: Moment) throws(SettlementError) -> [SettlementEffect] {
        for index in legs.indices where legs[index].state == .planned {
            legs[index].state = .voided
        }
        state = .voiding
        deadline = nil
        return releaseNext()
    }

    private mutating func releaseNext() -> [SettlementEffect] {
        let held = legs.indices.reversed().filter { needsRelease(legs[$0]) }
        let next = held.first { !legs[$0].isInternal } ?? held.first
        guard let next else {
            state = .voided
            return [.reopen]
        }
        let leg = legs[next]
        if leg.state == .captured {
            legs[next].state = .refunding
            return [.call(call(next, .refund, leg.captured - leg.refunded))]
        }
        legs[next].state = .voiding
        return [leg.isInternal ? .release(leg: leg.number) : .call(call(next, .void, 0))]
    }

    private func needsRelease(_ leg: Leg) -> Bool {
        switch leg.state {
        case .authorised, .needsShopper: true
        case .captured: leg.captured > leg.refunded
        default: false
        }
    }

    mutating func released(
        _ number: Int, now: Moment
    ) throws(SettlementError) -> [SettlementEffect] {
        let index = try index(of: number, in: .voiding, .refunding)
        if legs[index].state == .refunding {
            legs[index].refunded = legs[index].captured
            legs[index].state = .captured
        } else {
            legs[index].state = .voided
        }
        return state == .voiding ? releaseNext() : offerOpen(now: now)
    }

    /// The provider will not give it back now. Only such a definitive refusal lets the same wish go
    /// out under the next key, and not before the timer: a person may have to look.
    mutating func releaseRefused(
        _ number: Int, now: Moment
    ) throws(SettlementError) -> [SettlementEffect] {
        let index = try index(of: number, in: .voiding, .refunding)
        legs[index].attempt += 1
        legs[index].state = legs[index].state == .refunding ? .captured : .authorised
        deadline = now.adding(seconds: SettlementTimer.openAmount)
        return []
    }

    mutating func releaseAgain() throws(SettlementError) -> [SettlementEffect] {
        guard legInFlight == nil else { throw illegal(.timer) }
        deadline = nil
        return releaseNext()
    }
}
