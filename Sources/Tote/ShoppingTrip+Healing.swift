import ToteCarts
import ToteMessages
import TotePayments
import ToteValues

/// A store that was restored from backup may have forgotten a payment: before it closes the cart
/// again, it hears what this device remembers (SYNC-61).
extension ShoppingTrip {
    /// Sends the sets that were confirmed here and the receipts, and takes what became of them.
    /// - Returns: whether the store can close the cart again.
    /// - Throws: `reconciling` while the store cannot say what became of a payment.
    @discardableResult
    func heal(_ record: CartRecord) async throws(TripError) -> Bool {
        let answer = try await call(
            .attest(record.cart), try attestation(record.cart), answer: AttestAnswer.self,
            dataClasses: ["cart", "quote"], credential: try await credential(record))
        if answer.cursor != record.cursor { _ = try await synchronise(record) }
        return !answer.mustReconcile
    }

    /// Earlier trips of which this device still keeps operations, where the store has another
    /// lineage than when it last heard of them: it is brought what it lost (SYNC-63), and hears of
    /// their payments. One that does not come through now is tried again by the next sync.
    func revisitEarlierTrips(than current: CartID) async {
        guard let epoch = (try? cartRecord(current))??.cursor?.epoch,
            let records = try? cartErrors({ () throws(CartError) in try carts.records() })
        else { return }
        let lost = records.reversed().filter {
            $0.cart != current && $0.cursor != nil && $0.cursor?.epoch != epoch
        }
        for record in lost.prefix(Self.mostRevisited) {
            guard (try? carts.hasOwnOperations(record.cart)) == true else { continue }
            _ = try? await synchronise(record)
            _ = try? await heal(record)
        }
    }

    private static let mostRevisited = 5

    /// The newest ones, should there be more than a store reads.
    private func attestation(_ cart: CartID) throws(TripError) -> AttestRequest {
        let (closes, receipts) = try cartErrors { () throws(CartError) in
            (try carts.confirmedCloses(cart), try carts.receipts())
        }
        let signed = receipts.filter { $0.cart == cart }.compactMap(\.signed)
        return AttestRequest(
            receipts: Array(signed.suffix(AttestRequest.most)),
            confirmedSets: closes.suffix(AttestRequest.most).map { ConfirmedSet($0) })
    }
}

extension StoredReceipt {
    /// As it was signed; `nil` when the body does not read.
    var signed: SignedReceipt? {
        guard let value = try? StrictJSON.parse(body, limits: .document),
            let receipt = try? Receipt(json: JSONField(value))
        else { return nil }
        return SignedReceipt(receipt: receipt, signature: signature)
    }
}
