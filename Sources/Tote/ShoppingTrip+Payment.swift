import Crypto
import ToteCarts
import ToteCatalogue
import ToteExits
import ToteMessages
import ToteOffers
public import TotePayments
import ToteValues

/// Paying: agree on the set and its total, close, settle, keep the receipt. Every step is on the
/// disk before it is sent, so a crash anywhere is resumed with the same identifiers.
extension ShoppingTrip {
    /// Pays the cart.
    /// - Parameters:
    ///   - plan: tenders in any order; the rules reorder them (TEN-1).
    ///   - confirmed: the total the shopper said yes to, minor units; another one is refused.
    /// - Throws: `cartEmpty`, `totalChanged`, `cartChanged`, `quoteChanged`, `held`,
    ///   `unreachable`; nothing is taken then.
    public func pay(
        _ plan: [TenderChoice], confirmed: Int64?
    ) async throws(TripError) -> PaymentView {
        do throws(TripError) { return try await payOnce(plan, confirmed) } catch {
            // A restored store closes nothing before it has heard of earlier payments.
            guard error.code == "reconciling", let record = try currentCart(),
                try await heal(record)
            else { throw error }
            return try await payOnce(plan, confirmed)
        }
    }

    private func payOnce(
        _ plan: [TenderChoice], _ confirmed: Int64?
    ) async throws(TripError) -> PaymentView {
        let known = try currentCart()
        let record = try await readyToPay()
        if let known, try view(known).state == .paid, let close = try pendingClose(known.cart) {
            // Its answer was lost: it has been paid, once.
            return try await settle(close, [])
        }
        let view = try view(record)
        guard view.state == .closing || view.liveUnits > 0 else { throw .nothingToPay }
        let close = try await closed(record, confirmed: confirmed)
        return try await settle(close, plan)
    }

    /// A receipt by its ordinal among this device's receipts, 1…; the last one when `nil`.
    public func receipt(_ number: Int? = nil) throws(TripError) -> SignedReceipt {
        let receipts = try cartErrors { () throws(CartError) in try carts.receipts() }
        let index = (number ?? receipts.count) - 1
        guard receipts.indices.contains(index), let receipt = receipts[index].signed else {
            throw TripError(
                code: "noReceipt", kind: .data, message: "There is no such receipt here.",
                mend: "Pay first: tote pay")
        }
        return receipt
    }

    // MARK: - Close

    /// Everything sent and taken.
    private func readyToPay() async throws(TripError) -> CartRecord {
        guard let record = try currentCart() else { throw .nothingToPay }
        _ = try await sync()
        return try currentCart() ?? record
    }

    private func closed(
        _ record: CartRecord, confirmed: Int64?
    ) async throws(TripError) -> PendingClose {
        let view = try view(record)
        if view.state == .closing, let known = try frozenClose(view) {
            return try await agreed(known, confirmed: confirmed)
        }
        let close = try pendingClose(record, view, confirmed: confirmed)
        try save(close)
        do throws(TripError) {
            _ = try await call(
                .close(close.cart),
                CloseRequest(
                    closeID: close.closeID, at: close.at, quoteHash: close.quoteHash,
                    totalMinor: close.totalMinor, currency: close.currency),
                answer: CloseAnswer.self, headers: [("if-match", "\"\(close.cursor.text)\"")],
                dataClasses: ["cart", "quote"], credential: try await credential(record))
        } catch {
            guard error.kind != .unreachable else { throw error }
            try save(close, as: .refused)
            // What changed is pulled, so that the shopper sees it before being asked again.
            _ = try? await synchronise(record)
            throw error
        }
        try save(close, as: .closed)
        _ = try await synchronise(record)
        return close
    }

    /// The close that froze the cart, if this device sent it.
    func frozenClose(_ view: Cart) throws(TripError) -> PendingClose? {
        guard view.state == .closing, let known = try pendingClose(view.id),
            known.ordinal == view.ordinal
        else { return nil }
        return known
    }

    /// A frozen total is paid only by who said yes to it; otherwise the cart opens again, so that
    /// the total that holds now can be confirmed.
    private func agreed(
        _ close: PendingClose, confirmed: Int64?
    ) async throws(TripError) -> PendingClose {
        guard let confirmed, confirmed != close.totalMinor else { return close }
        _ = try await giveUpPayment()
        guard let record = try currentCart() else { throw .nothingToPay }
        let quote = try price(record, at: world.now()).quote
        throw .totalChanged(Money(minor: quote.total, currency: quote.currency))
    }

    /// The close as the shopper confirmed it; the same identifiers if one was sent before and its
    /// answer never came.
    private func pendingClose(
        _ record: CartRecord, _ view: Cart, confirmed: Int64?
    ) throws(TripError) -> PendingClose {
        if let sent = try pendingClose(record.cart), sent.state == .sent,
            sent.cursor == record.cursor, confirmed == nil || confirmed == sent.totalMinor
        {
            return sent
        }
        guard let cursor = record.cursor else { throw .nonsense }
        let moment = world.now()
        let priced = try price(record, at: moment)
        guard priced.waiting.isEmpty else { throw .waitingForPrice(priced.waiting.count) }
        try requireNoApproval(priced)
        let quote = priced.quote
        guard confirmed == nil || confirmed == quote.total else {
            throw .totalChanged(Money(minor: quote.total, currency: quote.currency))
        }
        return PendingClose(
            closeID: CloseID(world.newBytes16()), cart: record.cart, ordinal: view.ordinal + 1,
            cursor: cursor, at: moment, confirmedSet: view.closeSet(), totalMinor: quote.total,
            currency: quote.currency, quoteHash: quote.quoteHash)
    }

    /// Goods with an age are named before anything is frozen (AGE-5). The store refuses them too.
    private func requireNoApproval(_ priced: PricedCart) throws(TripError) {
        let restricted = priced.lines.map(\.item.product).filter { $0.minimumAge > 0 }.map {
            RestrictedLine(article: $0.sku, name: $0.name, minimumAge: $0.minimumAge)
        }
        guard restricted.isEmpty else { throw .approvalMissing(restricted) }
    }

    // MARK: - Settlement

    func settle(
        _ close: PendingClose, _ plan: [TenderChoice]
    ) async throws(TripError) -> PaymentView {
        guard let record = try cartRecord(close.cart) else { throw .nothingToPay }
        var answer = try await started(close, record, plan)
        for _ in 0..<30 {
            switch answer.knownState {
            case .authorised:
                answer = try await post(.capture(close.cart, close.ordinal), record, close)
            case .authorising, .capturing, .unknown, .voiding:
                try? await Task.sleep(for: .seconds(1))
                answer = try await state(close, record)
            default: return try await finished(answer, close, record)
            }
        }
        throw TripError(
            code: "stillUnknown", kind: .tryLater,
            message: "The payment's outcome is not known yet; it is never taken twice.",
            mend: "Ask again: tote pay --resume")
    }

    /// The settlement as the store has it, begun with this plan where it waits for one.
    private func started(
        _ close: PendingClose, _ record: CartRecord, _ plan: [TenderChoice]
    ) async throws(TripError) -> SettlementAnswer {
        let answer = try await state(close, record)
        switch answer.knownState {
        case .frozen:
            // A basket that costs nothing takes no tender (SPL-1).
            let tenders = close.totalMinor == 0 ? [] : plan
            guard !plan.isEmpty || close.totalMinor == 0 else { return answer }
            return try await begun(close, record, tenders)
        case .partiallyAuthorised, .compensating:
            guard !plan.isEmpty else { return answer }
            return try await post(
                .addLegs(close.cart, close.ordinal), record, close, body: PlanRequest(plan))
        default: return answer
        }
    }

    /// A first plan that the store refuses takes nothing, so the cart opens again: the shopper
    /// corrects the plan, or goes on scanning.
    private func begun(
        _ close: PendingClose, _ record: CartRecord, _ plan: [TenderChoice]
    ) async throws(TripError) -> SettlementAnswer {
        do throws(TripError) {
            return try await call(
                .planSettlement(close.cart, close.ordinal), PlanRequest(plan),
                answer: SettlementAnswer.self, dataClasses: ["cart", "tenderTokens"],
                credential: try await credential(record))
        } catch {
            if error.kind == .data || error.kind == .permission {
                _ = try? await giveUpPayment()
            }
            throw error
        }
    }

    func state(
        _ close: PendingClose, _ record: CartRecord
    ) async throws(TripError) -> SettlementAnswer {
        try await call(
            .settlement(close.cart, close.ordinal), answer: SettlementAnswer.self,
            dataClasses: ["cart"], credential: try await credential(record))
    }

    /// A `POST` with its idempotency key on the disk first, so that a retry is the same request.
    func post(
        _ route: Route, _ record: CartRecord, _ close: PendingClose,
        body: (any JSONWritable)? = nil
    ) async throws(TripError) -> SettlementAnswer {
        let name = "idempotency." + route.path
        let fingerprint = Hex.encode(
            SHA256.hash(data: body?.json.canonical ?? []).prefix(8))
        let known = try meta(name).flatMap { $0.hasPrefix(fingerprint) ? $0 : nil }
        let entry = known ?? fingerprint + "." + Hex.encode(world.randomBytes(16))
        try setMeta(name, entry)
        let answer = try await call(
            route, body ?? EmptyBody(), answer: SettlementAnswer.self,
            headers: [("idempotency-key", String(entry.suffix(32)))],
            dataClasses: ["cart", "tenderTokens"], credential: try await credential(record))
        try setMeta(name, nil)
        return answer
    }

    func finished(
        _ answer: SettlementAnswer, _ close: PendingClose, _ record: CartRecord
    ) async throws(TripError) -> PaymentView {
        if let signed = answer.receipt { try keep(signed, close) }
        switch answer.knownState {
        case .captured, .offlineAccepted, .settledAtTill: try save(close, as: .settled)
        case .voided, .transferExpired: try save(close, as: .refused)
        default: break
        }
        _ = try await synchronise(record)
        try await carryOn(record)
        return PaymentView(answer)
    }

    /// Keeps a receipt only if the store signed it, its figures follow from each other, and it is
    /// for the set and total that the shopper confirmed.
    private func keep(_ signed: SignedReceipt, _ close: PendingClose) throws(TripError) {
        let body = signed.receipt.body
        let key = try keySet()?.publicKey(.receipt, number: signed.receipt.key)
        guard let key, (try? ReceiptVerification.verify(signed, key: key)) != nil,
            body.cart == close.cart, body.ordinal == close.ordinal,
            body.setHash == LogHashing.set(close.confirmedSet),
            body.totals.total == close.totalMinor, body.currency == close.currency
        else {
            throw TripError(
                code: "receiptRefused", kind: .data,
                message: "The store's receipt does not agree with what was paid.",
                mend: "Keep your cart as it is and show it to an associate.")
        }
        try cartErrors { () throws(CartError) in
            try carts.saveReceipt(
                close.cart, ordinal: close.ordinal, body: signed.receipt.json.canonical,
                signature: signed.signature)
        }
    }

    func pendingClose(_ cart: CartID) throws(TripError) -> PendingClose? {
        try cartErrors { () throws(CartError) in try carts.pendingClose(cart) }
    }

    func cartRecord(_ cart: CartID) throws(TripError) -> CartRecord? {
        try cartErrors { () throws(CartError) in try carts.record(cart) }
    }

    private func save(
        _ close: PendingClose, as state: PendingClose.State? = nil
    ) throws(TripError) {
        var close = close
        if let state { close.state = state }
        try cartErrors { () throws(CartError) in try carts.savePendingClose(close) }
    }
}

/// A `POST` that says nothing but its route.
struct EmptyBody: JSONWritable {
    var json: JSONValue { .object([]) }
}

extension PlanRequest {
    init(_ choices: [TenderChoice]) {
        self.init(
            tenders: choices.map {
                PlannedTender(
                    kind: TenderKind(name: $0.kind),
                    amount: $0.amountMinor.map { .minor($0) } ?? .rest, source: $0.reference)
            })
    }
}

extension PaymentView {
    init(_ answer: SettlementAnswer) {
        self.init(
            state: answer.state, ordinal: answer.ordinal, currency: answer.currency,
            totalMinor: answer.total, capturedMinor: answer.captured, openMinor: answer.open,
            legs: answer.legs.map {
                PaymentLegView(
                    number: $0.number, kind: $0.kind.name, state: $0.state,
                    plannedMinor: $0.planned, capturedMinor: $0.captured, declined: $0.declined)
            },
            receiptID: answer.receipt.map { Hex.encode($0.receiptID) })
    }
}
