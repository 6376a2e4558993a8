import ToteCarts
import ToteExits
import ToteMessages
import ToteValues

/// Leaving: the pass is signed by the store alone and shown by the device, also offline.
extension ShoppingTrip {
    /// The pass of the last paid cart; fetched anew when the one at hand is nearly over and the
    /// store is in reach.
    /// - Throws: `noPass` when nothing is paid, `held` when an associate wants to look first,
    ///   `passExpired` when it is over and the store cannot be asked.
    public func exitPass() async throws(TripError) -> ExitPassView {
        if try lastPaidCart() == nil { try? await collectReceipts() }
        guard let cart = try lastPaidCart() else { throw .noPass }
        let kept = try keptPass(cart)
        if let kept, kept.minutesLeft >= 2 { return kept }
        do throws(TripError) {
            return try await fetchPass(cart)
        } catch {
            guard error.kind == .unreachable, let kept else { throw error }
            guard kept.minutesLeft > 0 else {
                throw TripError(
                    code: "passExpired", kind: .unreachable,
                    message: "The exit pass is over and the store does not answer.",
                    mend: "Use the staffed exit, or try again when connected.")
            }
            return kept
        }
    }

    /// Forgets the finished trip; the next scan starts a new one. Receipts stay.
    public func endTrip() throws(TripError) {
        guard let current = try currentCart() else { return }
        let record = try lateCart(current) ?? current
        let view = try view(record)
        guard view.state != .closing else { throw .paymentUnderWay }
        guard view.state == .paid || view.liveUnits == 0 else {
            throw TripError(
                code: "cartNotEmpty", kind: .data, message: "There are unpaid goods in the cart.",
                mend: "Pay, or empty the cart: tote remove --all")
        }
        try cartErrors { () throws(CartError) in try carts.endTrip() }
    }

    private func lastPaidCart() throws(TripError) -> CartRecord? {
        let receipts = try cartErrors { () throws(CartError) in try carts.receipts() }
        guard let last = receipts.last else { return nil }
        return try cartRecord(last.cart)
    }

    private func fetchPass(_ record: CartRecord) async throws(TripError) -> ExitPassView {
        let answer = try await call(
            .exit(record.cart), answer: ExitAnswer.self, dataClasses: ["cart"],
            credential: try await credential(record))
        guard let text = answer.pass else {
            guard answer.state != ExitState.exited.rawValue else { throw .passUsed }
            throw TripError(
                code: answer.state, kind: .tryLater,
                message: "An associate would like to look into the bag first.",
                mend: "Wait here; no pass is needed until then.")
        }
        guard let view = try passView(text) else { throw .nonsense }
        try setMeta(MetaKey.pass(record.cart), text)
        return view
    }

    private func keptPass(_ record: CartRecord) throws(TripError) -> ExitPassView? {
        guard let text = try meta(MetaKey.pass(record.cart)) else { return nil }
        return try passView(text)
    }

    /// `nil` unless the store's own key signed it for this store.
    private func passView(_ text: String) throws(TripError) -> ExitPassView? {
        guard let keys = try keySet(),
            let code = try? PurposeCodeReader.read(
                text, as: .exitPass, keySet: keys, store: keys.store),
            let pass = ExitPass(code)
        else { return nil }
        let left = pass.expiresAt.milliseconds - world.now().milliseconds
        return ExitPassView(
            text: text, pieces: pass.pieces, basis: pass.basis.name, expiresAt: pass.expiresAt,
            minutesLeft: Int(max(0, (left + 59_999) / 60_000)))
    }
}
