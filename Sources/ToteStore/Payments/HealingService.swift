import GRDB
package import ToteCarts
import ToteExits
package import ToteMessages
import TotePayments
import ToteSync
package import ToteValues

/// Asks the provider what it did for carts that a restored store has forgotten, and takes up what
/// their devices remember (`cart-sync.md` section 7).
package struct HealingService: Sendable {
    static let retrySeconds = 5

    let carts: CartService
    let settlements: SettlementService
    let keys: StoreKeys
    /// What the receipt of a frozen set says.
    let quote: @Sendable (Cart, FrozenCart, Caller) throws -> SettlementQuote

    package init(
        carts: CartService, settlements: SettlementService, keys: StoreKeys,
        quote: @escaping @Sendable (Cart, FrozenCart, Caller) throws -> SettlementQuote
    ) {
        self.carts = carts
        self.settlements = settlements
        self.keys = keys
        self.quote = quote
    }

    private var database: StoreDatabase { carts.database }
    private var epoch: Epoch { database.epoch }

    /// `POST /v1/carts/{id}/attest`: compares, and lets the cart be closed again once nothing is
    /// held that it does not know (SYNC-61).
    /// - Throws: `unknownCart`, `moved`, `reconciling` while the provider does not answer.
    package func attest(
        _ cart: CartID, _ request: AttestRequest, caller: Caller
    ) async throws(Problem) -> AttestAnswer {
        try await answering {
            let head = try await database.read { try CartService.head($0, cart, caller) }
            guard head.mustReconcile else { return answer(head) }
            let charges = try await charges(of: cart)
            let receipts = verified(request.receipts, cart)
            let (next, resumed) = try await database.write { db in
                try heal(db, cart, charges, request.confirmedSets, receipts, caller)
            }
            if let resumed { try await capture(resumed) }
            return answer(next)
        }
    }

    private func answer(_ head: CartHead) -> AttestAnswer {
        AttestAnswer(cursor: head.cursor(epoch), mustReconcile: head.mustReconcile)
    }

    private func charges(of cart: CartID) async throws(Problem) -> [ProviderCharge] {
        do { return try await settlements.runner.provider.charges(of: cart) } catch {
            throw .reconciling(retryAfterSeconds: Self.retrySeconds)
        }
    }

    /// Only what this store signed for this cart counts (SYNC-62).
    private func verified(_ receipts: [SignedReceipt], _ cart: CartID) -> [SignedReceipt] {
        receipts.filter { signed in
            let receipt = signed.receipt
            guard receipt.store == keys.store, receipt.body.cart == cart,
                let key = try? keys.publicKey(.receipt, number: receipt.key)
            else { return false }
            return signed.isSigned(by: key)
        }
    }

    /// - Returns: also a settlement whose capture is to be asked for again under its own key.
    private func heal(
        _ db: Database, _ cart: CartID, _ charges: [ProviderCharge], _ sets: [ConfirmedSet],
        _ receipts: [SignedReceipt], _ caller: Caller
    ) throws -> (CartHead, resumed: Settlement?) {
        let now = carts.world.now()
        let head = try CartService.head(db, cart, caller)
        var step = try StoreCart.load(db, whole: head, epoch: epoch)
        for settlement in try StoreSettlement.fetchAll(db, cart) { step.load(settlement) }
        let healing = try step.heal(
            ProviderHolding.all(charges), attested: sets,
            receipts: receipts.map {
                VerifiedReceipt(
                    ordinal: $0.receipt.body.ordinal, setHash: $0.receipt.body.setHash)
            }, epoch: epoch, now: now, price: { try carts.price($0, caller: caller, at: $1) })
        try step.save(db, at: now)
        database.hints.publish(after: db, step.head, epoch)
        guard case .settle(let ordinal) = healing,
            let frozen = step.settlements[ordinal]?.frozen
        else { return (step.head, nil) }
        if let record = try settlements.store.find(db, cart: cart, ordinal: ordinal) {
            let isReady = record.settlement.state == .authorised
            return (step.head, isReady ? record.settlement : nil)
        }
        let mine = charges.filter { $0.ordinal == ordinal }
        let receipt = receipts.first {
            $0.receipt.body.ordinal == ordinal && $0.receipt.body.setHash == frozen.setHash
        }
        let member = caller.member?.pairwiseID
        let record = try record(frozen, step.cart, mine, receipt, caller, at: now)
        try settle(db, record, receipt, member: member)
        return (try CartHead.fetch(db, cart) ?? step.head, nil)
    }

    /// The payment as it must have been.
    private func record(
        _ frozen: FrozenCart, _ cart: Cart, _ charges: [ProviderCharge],
        _ receipt: SignedReceipt?, _ caller: Caller, at now: Moment
    ) throws -> PaymentRecord {
        let quote = try quote(cart, frozen, caller)
        let legs = receipt.map { $0.receipt.tenders.map(Leg.init(restored:)) }
        return PaymentRecord(
            settlement: Settlement(
                frozen: frozen, state: .captured,
                legs: legs ?? charges.map(Leg.init(restored:)), revision: 1, deadline: nil,
                stateBefore: nil, statusTries: 0),
            body: receipt?.receipt.body ?? quote.body, planHash: nil,
            member: caller.member?.pairwiseID, pointsEarned: quote.pointsEarned, createdAt: now)
    }

    private func settle(
        _ db: Database, _ record: PaymentRecord, _ receipt: SignedReceipt?, member: [UInt8]?
    ) throws {
        try settlements.store.insert(db, record)
        try settlements.store.save(db, record.settlement)
        let frozen = record.settlement.frozen
        let signed =
            try receipt.flatMap { try ReceiptStore.restore(db, $0, of: frozen.key) }
            ?? ReceiptStore.issue(db, record, keys: keys, at: carts.world.now())
        if record.pointsEarned > 0, let member {
            try InternalBalances.earn(db, points: record.pointsEarned, member: member)
        }
        try CartLog.appendSettled(
            db, frozen.cart, ordinal: frozen.ordinal, receipt: Hex.encode(signed.receiptID),
            world: carts.world, hints: database.hints)
    }

    /// The backup was made between the authorisation and its capture.
    private func capture(_ settlement: Settlement) async throws {
        let step = try await settlements.runner.advance(
            settlement.id, .capture(quoteHash: settlement.quoteHash))
        _ = try await settlements.runner.run(step)
    }
}

extension ProviderHolding {
    /// One a settlement, of its legs.
    static func all(_ charges: [ProviderCharge]) -> [ProviderHolding] {
        Dictionary(grouping: charges, by: \.ordinal).map { ordinal, charges in
            ProviderHolding(
                ordinal: ordinal, setHash: charges.first?.setHash,
                totalMinor: charges.first?.totalMinor ?? 0,
                capturedMinor: charges.reduce(0) { $0 + $1.capturedMinor },
                openMinor: charges.reduce(0) { $0 + $1.openMinor })
        }
    }
}

extension Leg {
    fileprivate init(restored charge: ProviderCharge) {
        self.init(
            number: charge.leg, tender: charge.kind, source: nil, planned: charge.capturedMinor,
            authorised: charge.capturedMinor, captured: charge.capturedMinor, refunded: 0,
            state: .captured, attempt: 1, authorisation: charge.authorisation,
            declineReason: nil)
    }

    fileprivate init(restored tender: ReceiptTender) {
        self.init(
            number: tender.leg, tender: tender.kind, source: nil, planned: tender.amount,
            authorised: tender.amount, captured: tender.amount, refunded: 0, state: .captured,
            attempt: 1,
            authorisation: Authorisation(
                amount: tender.amount, reference: tender.reference, brand: tender.brand,
                last4: tender.last4), declineReason: nil)
    }
}
