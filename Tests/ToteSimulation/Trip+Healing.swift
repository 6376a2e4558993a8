import ToteCarts
import ToteMessages
import TotePayments
import ToteSync
import ToteValues

/// After a restore: the provider is asked for its captures, phones for what was confirmed
/// (SYNC-60…62).
extension Trip {
    /// What is in doubt and has not been asked about yet.
    func reconcile() {
        for id in store.working.carts.sortedCarts
        where store.working.carts[id]?.cart.head.mustReconcile == true {
            transact { file in heal(&file, id) }
        }
    }

    func attest(_ id: CartID, _ closes: [PendingClose], _ receipts: [VerifiedReceipt]) {
        for close in closes {
            store.attested[id, default: []].removeAll { $0.closeID == close.closeID }
            store.attested[id, default: []].append(close)
        }
        store.receipts[id, default: []] += receipts
        transact { file in heal(&file, id) }
    }

    private func heal(_ file: inout StoreNode.File, _ id: CartID) -> (() -> Void)? {
        guard file.carts[id] != nil else { return nil }
        var carts = file.carts
        do {
            let healing = try carts.attest(
                id, holdings(of: id), sets: store.attested[id, default: []].map(ConfirmedSet.init),
                receipts: store.receipts[id, default: []], now: Moment(milliseconds: storeClock),
                price: { cart, _ in price(cart) },
                receipt: { "receipt-\($0.key.text)" })
            let before = file.carts[id]?.log.count ?? 0
            for stored in carts[id]?.log.dropFirst(before) ?? [] {
                if case .close(let body) = stored.entry.operation.body {
                    ledger.healed.insert(body.closeID)
                }
            }
            file.carts = carts
            note("store heals \(id.short): \(healing)")
            return {}
        } catch {
            note("store cannot heal \(id.short): \(error)")
            return nil
        }
    }

    /// What the provider says it holds for a cart, one value a settlement.
    private func holdings(of id: CartID) -> [ProviderHolding] {
        let deals = provider.all.filter { $0.cart == id }
        return Set(deals.map(\.ordinal)).sorted().compactMap { ordinal in
            let these = deals.filter { $0.ordinal == ordinal }
            guard let last = these.last else { return nil }
            return ProviderHolding(
                ordinal: ordinal, setHash: last.setHash, totalMinor: last.total,
                capturedMinor: these.reduce(0) { $0 + $1.captured - $1.refunded },
                openMinor: these.filter(\.isOpen).reduce(0) { $0 + $1.amount })
        }
    }

    /// Neither settled nor to be settled by a machine: a person has to look (SYNC-61).
    func isOperatorCase(_ id: CartID) -> Bool {
        store.durable.carts[id]?.cart.head.mustReconcile ?? false
    }
}
