import ToteValues

/// Rows 7 and 8: an answer is lost. The operation is never sent under a new key; the provider is
/// asked by key until it answers definitively (SET-3).
extension Settlement {
    mutating func loseAnswer(
        _ number: Int, _ operation: ProviderOperation, now: Moment
    ) throws(SettlementError) -> [SettlementEffect] {
        let index = try index(of: number, in: .sending, .capturing, .voiding, .refunding)
        guard legs[index].operationInFlight == operation, !legs[index].isInternal else {
            throw illegal(.noAnswer(number, operation))
        }
        if Mutant.reopenOnUnknown.isPlanted {
            state = .voided
            return [.reopen]
        }
        legs[index].state = Self.unknownState(operation)
        stateBefore = state
        state = .unknown
        statusTries = 0
        deadline = now.adding(seconds: SettlementTimer.status(tries: 0))
        return []
    }

    mutating func askAgain(now: Moment) throws(SettlementError) -> [SettlementEffect] {
        guard let index = legs.firstIndex(where: \.state.isUnknown),
            let operation = legs[index].operationInFlight
        else { throw illegal(.timer) }
        if Mutant.newPayKeyOnRetry.isPlanted {
            legs[index].attempt += 1
            legs[index].state = Self.flightState(operation)
            state = stateBefore ?? state
            return [.call(call(index, operation, amount(legs[index], operation)))]
        }
        statusTries += 1
        deadline = now.adding(seconds: SettlementTimer.status(tries: statusTries))
        return [.askStatus(call(index, operation, amount(legs[index], operation)))]
    }

    mutating func learn(
        _ number: Int, _ truth: ProviderTruth, now: Moment
    ) throws(SettlementError) -> [SettlementEffect] {
        guard truth != .known(.pending) else { return [] }
        let index = try index(
            of: number, in: .unknownAuthorise, .unknownCapture, .unknownVoid, .unknownRefund)
        guard let operation = legs[index].operationInFlight, let before = stateBefore else {
            throw illegal(.statusKnown(number, truth))
        }
        legs[index].state = Self.flightState(operation)
        state = before
        stateBefore = nil
        deadline = nil
        guard let event = Self.event(number, operation, truth) else {
            return [.call(call(index, operation, amount(legs[index], operation)))]
        }
        return try step(event, now: now)
    }

    /// What the truth means for the operation; `nil` when the provider has not done it, so that it
    /// may be sent again under the same key.
    static func event(
        _ leg: Int, _ operation: ProviderOperation, _ truth: ProviderTruth
    ) -> SettlementEvent? {
        guard case .known(let outcome) = truth else { return nil }
        return event(leg, operation, outcome)
    }

    /// The event that an answer to an operation is; `nil` for an answer of another operation.
    package static func event(
        _ leg: Int, _ operation: ProviderOperation, _ outcome: ProviderOutcome
    ) -> SettlementEvent? {
        switch (operation, outcome) {
        case (_, .pending): .noAnswer(leg, operation)
        case (.authorise, .authorised(let granted)): .legAuthorised(leg, granted)
        case (.authorise, .needsShopper(let url)): .legNeedsShopper(leg, url: url)
        case (.authorise, .declined(let reason)): .legDeclined(leg, reason)
        case (.authorise, .voided): .legDeclined(leg, .unknown)
        case (.capture, .captured(let amount)): .legCaptured(leg, amount)
        case (.capture, .declined(let reason)): .captureRefused(leg, reason)
        case (.capture, .voided): .captureRefused(leg, .expired)
        case (.void, .voided): .legReleased(leg)
        case (.void, .declined(let reason)): .releaseRefused(leg, reason)
        case (.refund, .refunded): .legReleased(leg)
        case (.refund, .declined(let reason)): .releaseRefused(leg, reason)
        default: nil
        }
    }

    private func amount(_ leg: Leg, _ operation: ProviderOperation) -> Int64 {
        switch operation {
        case .authorise: leg.planned
        case .capture: leg.authorised
        case .void: 0
        case .refund: leg.captured - leg.refunded
        }
    }

    private static func unknownState(_ operation: ProviderOperation) -> LegState {
        switch operation {
        case .authorise: .unknownAuthorise
        case .capture: .unknownCapture
        case .void: .unknownVoid
        case .refund: .unknownRefund
        }
    }

    private static func flightState(_ operation: ProviderOperation) -> LegState {
        switch operation {
        case .authorise: .sending
        case .capture: .capturing
        case .void: .voiding
        case .refund: .refunding
        }
    }
}
