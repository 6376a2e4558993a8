import ToteCarts
import TotePayments
import ToteValues

/// The payment provider: it keeps its word about every key, and what it has taken is the truth
/// that no restore of ours undoes.
struct ProviderBook {
    /// One authorisation and what became of it.
    struct Deal {
        let cart: CartID
        let ordinal: Int32
        let settlement: SettlementID
        let setHash: LogHash
        let amount: Int64
        /// Of the whole settlement, as it was told.
        let total: Int64
        var isVoided = false
        var captures: [Int64] = []
        var refunded: Int64 = 0

        var captured: Int64 { captures.reduce(0, +) }
        var isOpen: Bool { !isVoided && captures.isEmpty }
    }

    enum Refusal: Error { case keyConflict }

    /// By the key of the authorisation.
    private(set) var deals: [ProviderKey: Deal] = [:]
    /// Keys in the order they were first seen.
    private(set) var order: [ProviderKey] = []
    private var answers: [ProviderKey: ProviderOutcome] = [:]
    private var amounts: [ProviderKey: Int64] = [:]

    /// - Parameter declines: whether a key that is new is declined.
    mutating func perform(
        _ call: ProviderCall, of settlement: Settlement, declines: Bool
    ) throws(Refusal) -> ProviderOutcome {
        if let first = amounts[call.key], first != call.amount { throw .keyConflict }
        if let known = answers[call.key] { return known }
        amounts[call.key] = call.amount
        let outcome = perform(first: call, of: settlement, declines: declines)
        answers[call.key] = outcome
        return outcome
    }

    func status(of key: ProviderKey) -> ProviderTruth {
        answers[key].map { .known($0) } ?? .neverSeen
    }

    /// Captures that stand, by cart (SYNC-61).
    func captures(of cart: CartID) -> [Deal] {
        order.compactMap { deals[$0] }.filter { $0.cart == cart && $0.captured > $0.refunded }
    }

    func openAuthorisations(of cart: CartID) -> [Deal] {
        order.compactMap { deals[$0] }.filter { $0.cart == cart && $0.isOpen }
    }

    var all: [Deal] { order.compactMap { deals[$0] } }

    private mutating func perform(
        first call: ProviderCall, of settlement: Settlement, declines: Bool
    ) -> ProviderOutcome {
        let authorisation = ProviderKey(
            settlement: settlement.id, leg: call.leg, operation: .authorise, attempt: 1)
        switch call.operation {
        case .authorise:
            if declines { return .declined(.insufficientFunds) }
            order.append(call.key)
            deals[call.key] = Deal(
                cart: settlement.cart, ordinal: settlement.ordinal, settlement: settlement.id,
                setHash: settlement.frozen.setHash, amount: call.amount,
                total: settlement.frozen.totalMinor)
            return .authorised(Authorisation(amount: call.amount, reference: call.key.text))
        case .capture:
            guard var deal = deals[authorisation], !deal.isVoided else {
                return .declined(.notAllowed)
            }
            deal.captures.append(call.amount)
            deals[authorisation] = deal
            return .captured(call.amount)
        case .void:
            // What is captured is given back by a refund only.
            guard deals[authorisation]?.captures.isEmpty ?? true else {
                return .declined(.notAllowed)
            }
            deals[authorisation]?.isVoided = true
            return .voided
        case .refund:
            deals[authorisation]?.refunded += call.amount
            return .refunded(call.amount)
        }
    }
}
