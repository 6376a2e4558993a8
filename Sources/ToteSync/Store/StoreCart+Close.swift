import Crypto
package import ToteCarts
package import ToteMessages
package import ToteValues

extension StoreCart {
    /// How far the device's moment of the quote may be from the store's clock (OFF-74).
    private static let quoteMilliseconds: Int64 = 300_000

    /// Freezes what the payer saw (SYNC-56). Needs the whole cart, the settlement of this
    /// `closeId` if there is one, and the log hash of `ifMatch`.
    /// - Parameters:
    ///   - ifMatch: the cursor that the payer confirmed.
    ///   - price: of a cart's live units at a moment.
    ///   - delta: the log's entries after a revision.
    /// - Throws: `closed`, `reconciling`, `cartChanged`, `invalid`, `held`, `quoteChanged`,
    ///   `idempotencyConflict`, and what `price` and `delta` throw; then nothing has changed.
    package mutating func close(
        _ request: CloseRequest, ifMatch: Cursor, epoch: Epoch, now: Moment,
        price: (Cart, Moment) throws -> PricedSet, delta: (Int64) throws -> LogDelta
    ) throws -> CloseAnswer {
        if let first = try answered(request) { return first.answer }
        try checkOpen()
        guard ifMatch == head.cursor(epoch) || Mutant.blindClose.isPlanted else {
            let fits = mismatch(ifMatch, epoch) == nil
            throw Problem.cartChanged(try delta(fits ? ifMatch.revision : 0))
        }
        let priced = try confirm(request, epoch: epoch, now: now, price: price)
        let frozen = FrozenCart(
            cart: head.cart, ordinal: head.ordinal + 1, cursor: ifMatch,
            dots: cart.closeSet(only: request.only), totalMinor: priced.totalMinor,
            currency: priced.currency, at: request.at, quoteHash: priced.quoteHash,
            book: priced.book, engine: priced.engine)
        append(own: .close(CloseBody(frozen, request)), epoch)
        let settlement = StoreSettlement(
            frozen: frozen, closeID: request.closeID, requestHash: request.sha256,
            closedCursor: head.cursor(epoch))
        if !Mutant.splitCloseTransaction.isPlanted { set(settlement) }
        return settlement.answer
    }

    /// Why a cursor is not one of this log; `nil` when it is. Needs the cursor's log hash.
    package func mismatch(_ cursor: Cursor?, _ epoch: Epoch) -> String? {
        guard let cursor else { return nil }
        return StoreSync.mismatch(cursor, head: head.cursor(epoch), logHash: { logHash(at: $0) })
    }

    /// The same `closeId` gets the first answer again (merge table row 14).
    private func answered(_ request: CloseRequest) throws(Problem) -> StoreSettlement? {
        let first = settlements.values.first { $0.closeID == request.closeID }
        guard let first else { return nil }
        guard first.isRebuilt || first.requestHash == request.sha256 else {
            throw .idempotencyConflict
        }
        return first
    }

    private func checkOpen() throws(Problem) {
        guard head.state == .open else {
            throw .closed(state: head.state.rawValue, ordinal: head.ordinal)
        }
        guard !head.mustReconcile else { throw .reconciling() }
    }

    private func confirm(
        _ request: CloseRequest, epoch: Epoch, now: Moment,
        price: (Cart, Moment) throws -> PricedSet
    ) throws -> PricedSet {
        let selected = cart.selecting(request.only)
        guard !selected.liveDots.isEmpty else {
            throw Problem.invalid("There is nothing to pay.")
        }
        if !selected.holds.isEmpty { throw Problem.held(selected.holds) }
        let isTimely =
            abs(request.at.milliseconds - now.milliseconds) <= Self.quoteMilliseconds
        let priced = try price(selected, isTimely ? request.at : now)
        if !priced.waiting.isEmpty { throw Problem.held(priced.waiting) }
        if Mutant.blindClose.isPlanted { return priced }
        guard isTimely, priced.quoteHash == request.quoteHash,
            priced.totalMinor == request.totalMinor, priced.currency == request.currency
        else {
            let current = isTimely && request.at == now ? priced : try price(selected, now)
            throw Problem.quoteChanged(
                QuoteAnswer(current, cursor: head.cursor(epoch), at: now))
        }
        return priced
    }
}

extension StoreSettlement {
    var answer: CloseAnswer {
        CloseAnswer(cursor: closedCursor, ordinal: frozen.ordinal, key: frozen.key)
    }
}

extension QuoteAnswer {
    /// - Parameter cursor: of the cart that was priced.
    package init(_ priced: PricedSet, cursor: Cursor, at: Moment) {
        self.init(
            cursor: cursor, at: at, totalMinor: priced.totalMinor, currency: priced.currency,
            quoteHash: priced.quoteHash, book: priced.book, engine: priced.engine,
            waiting: priced.waiting, quote: priced.quote)
    }
}

extension CloseBody {
    fileprivate init(_ frozen: FrozenCart, _ request: CloseRequest) {
        self.init(
            ordinal: frozen.ordinal, closeID: request.closeID, setHash: frozen.setHash,
            totalMinor: frozen.totalMinor, currency: frozen.currency,
            quoteHash: frozen.quoteHash, only: request.only)
    }
}

extension CloseRequest {
    fileprivate var sha256: [UInt8] { Array(SHA256.hash(data: json.canonical)) }
}

extension Cart {
    /// The cart with these dots only; all when `nil`.
    func selecting(_ only: [Dot]?) -> Cart {
        guard let only = only.map(Set.init) else { return self }
        var selected = self
        selected.order = order.filter(only.contains)
        selected.dots = dots.filter { only.contains($0.key) }
        return selected
    }
}
