// Drives one settlement: an event and all that follows inside the store happen in one transaction
// (ORD-1); then at most one call goes to the provider, and its answer is the next event. Killed at
// any point, the row says which call was out: the provider is asked about it by key (ORD-4).
import GRDB
import ToteCarts
import TotePayments
import ToteValues

struct SettlementRunner: Sendable {
    let database: StoreDatabase
    let store: SettlementStore
    let provider: any PaymentProvider
    let carts: SettlementCarts
    let keys: StoreKeys
    let world: World

    /// What an event left behind, and what has to be asked of the provider now.
    struct Step: Sendable {
        var record: PaymentRecord
        var outward: Outward?
    }

    enum Outward: Sendable {
        case call(ProviderCall)
        case ask(ProviderCall)
    }

    /// Applies one event in a transaction of its own.
    func advance(_ id: SettlementID, _ event: SettlementEvent) async throws -> Step {
        try await database.write { db in
            try advance(db, try store.load(db, id), event)
        }
    }

    /// Applies one event, and those that the store answers itself, in the caller's transaction.
    func advance(
        _ db: Database, _ record: PaymentRecord, _ event: SettlementEvent
    ) throws -> Step {
        var record = record
        var next: SettlementEvent? = event
        var outward: Outward?
        try store.answered(db, record.settlement.id)
        while let event = next {
            let effects = try SettlementRules.apply(
                event, to: &record.settlement, now: world.now())
            try store.log(db, event, of: record.settlement)
            next = nil
            for effect in effects {
                switch effect {
                case .reserve(let leg): next = try reserve(db, leg, of: record)
                case .release(let leg):
                    try InternalBalances.release(db, leg: leg, of: record.settlement.id)
                    next = .legReleased(leg)
                case .call(let call):
                    try store.send(db, call, of: record.settlement.id)
                    outward = .call(call)
                case .askStatus(let call): outward = .ask(call)
                case .finalise: try finalise(db, record)
                case .reopen:
                    let settlement = record.settlement
                    try carts.reopened(db, settlement.frozen, settlement.state.rawValue)
                case .tellShopper, .tellOpen: break
                }
            }
        }
        try store.save(db, record.settlement)
        return Step(record: record, outward: outward)
    }

    /// Row 12, in one transaction with the event: balances, receipt, `settled`.
    private func finalise(_ db: Database, _ record: PaymentRecord) throws {
        let settlement = record.settlement
        for leg in settlement.legs where leg.isInternal && leg.captured > 0 {
            try InternalBalances.post(db, leg: leg.number, of: settlement.id)
        }
        let receipt = try ReceiptStore.issue(db, record, keys: keys, at: world.now())
        if record.pointsEarned > 0, let member = record.member {
            try InternalBalances.earn(db, points: record.pointsEarned, member: member)
        }
        try carts.settled(db, settlement.frozen, Hex.encode(receipt.receiptID))
    }

    private func reserve(
        _ db: Database, _ number: Int, of record: PaymentRecord
    ) throws -> SettlementEvent {
        let settlement = record.settlement
        guard let leg = settlement.legs.first(where: { $0.number == number }),
            try InternalBalances.reserve(
                db, leg: leg, of: settlement.id, member: record.member, at: world.now())
        else { return .legDeclined(number, .insufficientFunds) }
        let reference = leg.tender == .giftCard ? leg.source : nil
        return .legAuthorised(
            number, Authorisation(amount: leg.planned, reference: reference ?? leg.tender.name))
    }
}

/// Outside the store.
extension SettlementRunner {
    /// Talks to the provider until the settlement rests.
    func run(_ first: Step) async throws -> PaymentRecord {
        var step = first
        while let outward = step.outward {
            let settlement = step.record.settlement
            guard let event = await answer(outward, settlement) else { return step.record }
            do {
                step = try await advance(settlement.id, event)
            } catch let error as SettlementError where error.code == .illegalTransition {
                // Somebody else brought the same answer first.
                return try await database.read { try store.load($0, settlement.id) }
            } catch let error as SettlementError {
                // An answer that cannot be (more than was asked): the truth is not known.
                guard error.code == .amount, let leg = settlement.legInFlight,
                    let operation = leg.operationInFlight
                else { throw error }
                step = try await advance(settlement.id, .noAnswer(leg.number, operation))
            }
        }
        return step.record
    }

    private func answer(_ outward: Outward, _ settlement: Settlement) async -> SettlementEvent? {
        switch outward {
        case .call(let call): return await perform(call, settlement)
        case .ask(let call):
            let truth: ProviderTruth
            do throws(PaymentProviderError) {
                truth = try await provider.status(of: call.key)
            } catch {
                return settlement.state == .unknown ? nil : .noAnswer(call.leg, call.operation)
            }
            if settlement.state == .unknown { return .statusKnown(call.leg, truth) }
            guard case .known(let outcome) = truth else { return await perform(call, settlement) }
            return event(call, outcome)
        }
    }

    private func perform(_ call: ProviderCall, _ settlement: Settlement) async -> SettlementEvent {
        do throws(PaymentProviderError) {
            return event(call, try await send(call, settlement))
        } catch {
            switch error {
            case .noAnswer: return .noAnswer(call.leg, call.operation)
            case .refusedRequest: return event(call, .declined(.unknown))
            }
        }
    }

    private func event(_ call: ProviderCall, _ outcome: ProviderOutcome) -> SettlementEvent {
        Settlement.event(call.leg, call.operation, outcome) ?? .noAnswer(call.leg, call.operation)
    }

    private func send(
        _ call: ProviderCall, _ settlement: Settlement
    ) async throws(PaymentProviderError) -> ProviderOutcome {
        guard let leg = settlement.legs.first(where: { $0.number == call.leg }) else {
            throw .refusedRequest("no such leg")
        }
        let amount = Money(minor: call.amount, currency: settlement.total.currency)
        let authorisation = ProviderKey(
            settlement: settlement.id, leg: call.leg, operation: .authorise, attempt: 1)
        switch call.operation {
        case .authorise:
            guard let token = leg.source else { throw .refusedRequest("no token") }
            return try await provider.authorise(
                AuthorisationRequest(
                    key: call.key, token: token, amount: amount, kind: leg.tender,
                    cart: settlement.cart, ordinal: settlement.ordinal, leg: leg.number,
                    setHash: settlement.frozen.setHash, totalMinor: settlement.total.minor))
        case .capture:
            return try await provider.capture(
                CaptureRequest(key: call.key, authorisation: authorisation, amount: amount))
        case .void:
            return try await provider.void(
                VoidRequest(key: call.key, authorisation: authorisation))
        case .refund:
            return try await provider.refund(
                RefundRequest(key: call.key, authorisation: authorisation, amount: amount))
        }
    }
}
