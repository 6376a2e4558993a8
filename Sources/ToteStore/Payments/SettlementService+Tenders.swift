import GRDB
import ToteCarts
import ToteMessages
import TotePayments
import ToteValues

/// From what the shopper asks for to legs the store stands behind.
extension SettlementService {
    /// Exact legs for what is open; every balance is there and every token is the shopper's own.
    /// - Throws: `Problem` 403, 409, 422; `SettlementError`.
    func legs(
        _ db: Database, _ tenders: [PlannedTender], for record: PaymentRecord
    ) throws -> [Leg] {
        let settlement = record.settlement
        let resolved = try tenders.map { try resolve(db, $0, member: record.member) }
        let legs = try TenderPlan.legs(
            resolved, paying: settlement.open, after: settlement.legs)
        for leg in legs where leg.isInternal {
            let available = try balance(db, leg.tender, leg.source, member: record.member)
            guard available >= leg.planned else {
                throw Problem.insufficient(leg.tender, available: available)
            }
        }
        return legs
    }

    private func resolve(
        _ db: Database, _ tender: PlannedTender, member: [UInt8]?
    ) throws -> PlannedTender {
        var tender = tender
        switch tender.kind {
        case .giftCard, .points, .storeCredit:
            // People type what stands on the card.
            tender.source = tender.source?.lowercased()
            _ = try balance(db, tender.kind, tender.source, member: member)
        case .cardOnFile:
            guard let member else { throw Problem.notYourTender(tender.kind) }
            let token = try tender.source ?? tokens.first(db, of: member)
            guard let token else { throw Problem.unknownTender(tender.kind) }
            guard try tokens.owner(db, of: token) == member else {
                throw Problem.notYourTender(tender.kind)
            }
            tender.source = token
        case .newCard:
            guard let token = tender.source else { throw Problem.unknownTender(tender.kind) }
            let owner = try tokens.owner(db, of: token)
            guard owner == nil || owner == member else {
                throw Problem.notYourTender(tender.kind)
            }
        default:
            throw SettlementError(.tenderNotOffered, tender.kind.name)
        }
        return tender
    }

    /// Minor units that a balance can pay now.
    private func balance(
        _ db: Database, _ kind: TenderKind, _ number: String?, member: [UInt8]?
    ) throws -> Int64 {
        if kind != .giftCard, member == nil { throw Problem.notYourTender(kind) }
        guard let account = InternalBalances.account(kind, number: number, member: member),
            let available = try InternalBalances.available(db, account, member: member)
        else { throw Problem.unknownTender(kind) }
        return available
    }
}

/// Whose settlement it is, and what is told about it.
extension SettlementService {
    /// - Throws: `unknownCart`, the same for an unknown cart and another's.
    func requireOwn(_ db: Database, _ cart: CartID, _ caller: Caller) throws {
        guard try carts.isOwn(db, cart, caller) else { throw Problem.unknownCart }
    }

    func own(
        _ db: Database, _ cart: CartID, _ ordinal: Int32, _ caller: Caller
    ) throws -> PaymentRecord {
        try requireOwn(db, cart, caller)
        if let record = try store.find(db, cart: cart, ordinal: ordinal) { return record }
        // Closed, but nothing planned yet.
        guard let frozen = try carts.frozen(db, cart, ordinal) else { throw Problem.notFound }
        return PaymentRecord(
            settlement: Settlement(frozen: frozen), body: nil, planHash: nil,
            member: caller.member?.pairwiseID, pointsEarned: 0, createdAt: world.now())
    }

    /// As `own`, with a row for a close that was never planned.
    func ownOrUnplanned(
        _ db: Database, _ cart: CartID, _ ordinal: Int32, _ caller: Caller
    ) throws -> PaymentRecord {
        let record = try own(db, cart, ordinal, caller)
        if try store.find(db, cart: cart, ordinal: ordinal) == nil { try store.insert(db, record) }
        return record
    }

    func currentQuote(_ frozen: FrozenCart, _ caller: Caller) async throws -> SettlementQuote {
        let quote = try await carts.quote(frozen, caller)
        guard quote.quoteHash == frozen.quoteHash, quote.body.totals.total == frozen.totalMinor
        else { throw SettlementError(.quoteStale) }
        return quote
    }

    /// The quote that was confirmed, if it still stands. If not, what is held goes back and the
    /// cart opens again (row 9): the old total can never be paid, so nobody waits at it.
    func standing(
        _ cart: CartID, _ ordinal: Int32, _ frozen: FrozenCart, _ caller: Caller
    ) async throws -> SettlementQuote {
        do {
            return try await currentQuote(frozen, caller)
        } catch let error as SettlementError where error.code == .quoteStale {
            try await open(cart, ordinal, caller)
            throw error
        }
    }

    private func open(_ cart: CartID, _ ordinal: Int32, _ caller: Caller) async throws {
        do {
            let step = try await database.write { db in
                let record = try ownOrUnplanned(db, cart, ordinal, caller)
                return try runner.advance(db, record, .quoteChanged)
            }
            _ = try await runner.run(step)
        } catch let error as SettlementError where error.code == .illegalTransition {
            // Money is taken or on its way: that decides, not the price.
        }
    }

    /// The same plan again is answered with the state; another one is a conflict.
    func repeated(_ record: PaymentRecord, hash: [UInt8]) async throws -> SettlementAnswer {
        guard record.planHash == hash else {
            throw Problem.conflict("Another plan of tenders stands for this settlement.")
        }
        return try await answer(record)
    }

    func answer(_ record: PaymentRecord) async throws -> SettlementAnswer {
        let id = record.settlement.id
        let receipt = try await database.read { try ReceiptStore.receipt($0, of: id) }
        return SettlementAnswer(record.settlement, receipt: receipt)
    }

    func once(
        _ name: String, _ cart: CartID, _ ordinal: Int32, _ body: JSONValue, _ caller: Caller,
        _ key: String?, work: @escaping @Sendable () async throws -> SettlementAnswer
    ) async throws(Problem) -> SettlementAnswer {
        try await answering {
            try await self.database.read { try self.requireOwn($0, cart, caller) }
            return try await self.book.once(
                caller: caller, route: "\(cart.text)/\(ordinal)/\(name)", key: key, body: body,
                work: work)
        }
    }

    /// Runs to its end even if the request is cut off: money in flight is not left half told.
    func answering<Answer: Sendable>(
        _ work: @escaping @Sendable () async throws -> Answer
    ) async throws(Problem) -> Answer {
        do {
            return try await Task { try await work() }.value
        } catch {
            throw Problem(settling: error)
        }
    }
}
