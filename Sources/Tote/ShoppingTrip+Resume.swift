import ToteCarts
import ToteMessages
import TotePayments

/// Payments that did not run to their end here: taken up again, stepped back from, or heard of
/// later.
extension ShoppingTrip {
    /// Goes on with a payment that was interrupted; `nil` when there is none.
    public func resumePayment() async throws(TripError) -> PaymentView? {
        guard let (record, close) = try interrupted().first else { return nil }
        _ = try await synchronise(record)
        let view = try view(record)
        guard view.state == .closing || view.state == .paid else { return nil }
        return try await settle(close, [])
    }

    /// Opens the cart again where nothing has been captured.
    public func giveUpPayment() async throws(TripError) -> PaymentView {
        guard let record = try currentCart(), let close = try pendingClose(record.cart) else {
            throw .nothingToPay
        }
        let answer = try await post(.giveUp(close.cart, close.ordinal), record, close)
        return try await finished(answer, close, record)
    }

    /// Fetches the receipts of payments that ended without this device hearing of it: a lost
    /// answer, or a crash. Without them there is no way out for what is paid.
    func collectReceipts() async throws(TripError) {
        for (record, close) in try interrupted() where try view(record).state == .paid {
            _ = try await finished(try await state(close, record), close, record)
        }
    }

    /// Payments whose end this device has not heard, newest first.
    private func interrupted() throws(TripError) -> [(record: CartRecord, close: PendingClose)] {
        let current = try currentCart()?.cart
        let records = try cartErrors { () throws(CartError) in try carts.records() }
        var found: [(record: CartRecord, close: PendingClose)] = []
        for record in records.reversed() {
            guard let close = try pendingClose(record.cart),
                close.state == .sent || close.state == .closed
            else { continue }
            let isOpen = try view(record).state == .open
            if !isOpen || record.cart == current { found.append((record, close)) }
        }
        return found
    }

    /// What was scanned too late for this payment is in the bag and unpaid: the trip goes on with
    /// its cart (SYNC-57).
    func carryOn(_ record: CartRecord) async throws(TripError) {
        guard let late = try lateCart(record) else { return }
        // Not hearing of it now loses nothing: the next sync fetches it.
        _ = try? await synchronise(late)
    }
}
