// The settlement machine of `payments.md` section 3, rows 1–15. Pure (PAY-1): no clock, no I/O, no
// chance. The shell stores the new value and the effects in one transaction, performs the effects
// and comes back with events. Operations on legs go one at a time, so at most one is in flight and
// a crash leaves at most one unknown. `open` and `secured` are sums over at most 20 legs.
public import ToteValues

public enum SettlementRules {
    /// Applies one event.
    /// - Throws: `illegalTransition` for a pair outside the table (SET-1), or the guard's error;
    ///   the settlement is then unchanged.
    public static func apply(
        _ event: SettlementEvent, to settlement: inout Settlement, now: Moment
    ) throws(SettlementError) -> [SettlementEffect] {
        var next = settlement
        let effects = try next.step(event, now: now)
        next.revision += 1
        settlement = next
        return effects
    }
}

extension Settlement {
    mutating func step(
        _ event: SettlementEvent, now: Moment
    ) throws(SettlementError) -> [SettlementEffect] {
        switch (state, event) {
        case (.frozen, .begin(let legs, let hash)):
            return try begin(legs, hash: hash, now: now)
        case (.authorising, .legNeedsShopper(let leg, let url)):
            return try needShopper(leg, url: url, now: now)
        case (.compensating, .legNeedsShopper(let leg, _)):
            return try refuseShopperLeg(leg)
        case (.requiresAction, .shopperDone):
            return try resumeShopperLeg()
        case (.authorising, .legAuthorised(let leg, let granted)),
            (.compensating, .legAuthorised(let leg, let granted)):
            return try authorised(leg, granted, now: now)
        case (.authorising, .legDeclined(let leg, let reason)),
            (.compensating, .legDeclined(let leg, let reason)):
            return try declined(leg, reason, now: now)
        case (.partiallyAuthorised, .addLegs(let legs)), (.compensating, .addLegs(let legs)):
            return try add(legs, now: now)
        // A leg added while compensating can lose its answer too; row 7 does not name that state.
        case (.authorising, .noAnswer(let leg, let operation)),
            (.capturing, .noAnswer(let leg, let operation)),
            (.voiding, .noAnswer(let leg, let operation)),
            (.compensating, .noAnswer(let leg, let operation)):
            return try loseAnswer(leg, operation, now: now)
        case (.unknown, .statusKnown(let leg, let truth)):
            return try learn(leg, truth, now: now)
        case (.unknown, .timer):
            return try askAgain(now: now)
        // Closed and never planned: nothing to release, the cart simply opens (choice).
        case (.frozen, .giveUp), (.frozen, .quoteChanged):
            state = .voided
            return [.reopen]
        case (.requiresAction, .giveUp), (.requiresAction, .quoteChanged),
            (.requiresAction, .timer), (.partiallyAuthorised, .giveUp),
            (.partiallyAuthorised, .quoteChanged), (.partiallyAuthorised, .timer),
            (.authorised, .giveUp), (.authorised, .quoteChanged), (.authorised, .timer):
            guard !hasTakenMoney else { throw illegal(event) }
            return try startReleasing(now: now)
        case (.compensating, .giveUp), (.compensating, .timer):
            guard legInFlight == nil else { throw illegal(event) }
            return try startReleasing(now: now)
        case (.voiding, .legReleased(let leg)), (.authorising, .legReleased(let leg)),
            (.compensating, .legReleased(let leg)):
            return try released(leg, now: now)
        case (.voiding, .releaseRefused(let leg, _)):
            return try releaseRefused(leg, now: now)
        case (.voiding, .timer):
            return try releaseAgain()
        case (.authorised, .capture(let hash)):
            return try capture(hash: hash, now: now)
        case (.capturing, .legCaptured(let leg, let amount)),
            (.compensating, .legCaptured(let leg, let amount)):
            return try captured(leg, amount, now: now)
        case (.capturing, .captureRefused(let leg, let reason)),
            (.compensating, .captureRefused(let leg, let reason)):
            return try captureRefused(leg, reason, now: now)
        default:
            throw illegal(event)
        }
    }

    func illegal(_ event: SettlementEvent) -> SettlementError {
        SettlementError(.illegalTransition, "\(event.name) while \(state.rawValue)")
    }

    /// The position of a leg that stands where an answer about it makes sense; a late or repeated
    /// answer finds the leg elsewhere and changes nothing.
    func index(
        of number: Int, in states: LegState...
    ) throws(SettlementError) -> Int {
        guard let index = legs.firstIndex(where: { $0.number == number }),
            states.contains(legs[index].state)
        else { throw SettlementError(.illegalTransition, "leg \(number) does not wait for this") }
        return index
    }

    func call(_ index: Int, _ operation: ProviderOperation, _ amount: Int64) -> ProviderCall {
        let leg = legs[index]
        return ProviderCall(
            leg: leg.number, operation: operation, key: key(leg, operation), amount: amount)
    }
}

/// Seconds that a state may last (section 3).
enum SettlementTimer {
    static let requiresAction: Int64 = 600
    static let authorised: Int64 = 900
    static let openAmount: Int64 = 300
    /// 2, 4, 8 … 60.
    static func status(tries: Int) -> Int64 { min(60, 2 << Int64(min(tries, 5))) }
}
