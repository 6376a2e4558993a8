import ToteValues

/// Rows 11–14: from "every leg authorised" to money taken.
extension Settlement {
    mutating func capture(
        hash: [UInt8], now: Moment
    ) throws(SettlementError) -> [SettlementEffect] {
        guard hash == quoteHash else { throw SettlementError(.quoteStale) }
        guard secured == total.minor else { throw SettlementError(.amount, "open \(open)") }
        for leg in legs where leg.state == .authorised {
            if let end = leg.authorisation?.expiresAt, end <= now {
                throw SettlementError(.authorisationExpired, "leg \(leg.number)")
            }
        }
        state = .capturing
        deadline = nil
        return try captureNext(now: now)
    }

    /// External legs one by one in leg order (ORD-2); after the last, the internal balances are
    /// posted with the receipt.
    mutating func captureNext(now: Moment) throws(SettlementError) -> [SettlementEffect] {
        if state == .authorising { state = .capturing }
        deadline = nil
        let external = legs.firstIndex { $0.state == .authorised && !$0.isInternal }
        if let external {
            legs[external].state = .capturing
            return [.call(call(external, .capture, legs[external].authorised))]
        }
        for index in legs.indices where legs[index].state == .authorised {
            legs[index].state = .captured
            legs[index].captured = legs[index].authorised
        }
        guard captured == total.minor else { throw SettlementError(.amount, "short capture") }
        state = .captured
        return [.finalise]
    }

    mutating func captured(
        _ number: Int, _ amount: Int64, now: Moment
    ) throws(SettlementError) -> [SettlementEffect] {
        let index = try index(of: number, in: .capturing)
        guard amount > 0, amount <= legs[index].authorised else {
            throw SettlementError(.amount, "captured \(amount) of \(legs[index].authorised)")
        }
        let isShort = amount < legs[index].authorised
        legs[index].captured = amount
        legs[index].authorised = amount
        legs[index].state = .captured
        // No goods leave on a short capture (SPL-3): the difference is open again.
        if isShort { state = .compensating }
        return isShort ? offerOpen(now: now) : try captureNext(now: now)
    }

    mutating func captureRefused(
        _ number: Int, _ reason: DeclineReason, now: Moment
    ) throws(SettlementError) -> [SettlementEffect] {
        let index = try index(of: number, in: .capturing)
        legs[index].state = .refusedCapture
        legs[index].declineReason = reason
        state = .compensating
        return offerOpen(now: now)
    }
}
