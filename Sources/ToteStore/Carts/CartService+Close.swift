import Crypto
import GRDB
import ToteCarts
package import ToteMessages
package import ToteValues

extension CartService {
    /// How far the device's moment of the quote may be from the store's clock (OFF-74).
    static let quoteSeconds: Int64 = 300

    /// `POST /v1/carts/{id}/close` (SYNC-56): checks and freezes in one transaction.
    /// - Parameter ifMatch: the cursor that the payer confirmed.
    /// - Throws: `closed`, `held`, `cartChanged`, `quoteChanged`, `idempotencyConflict`.
    package func close(
        _ cart: CartID, _ request: CloseRequest, ifMatch: ToteValues.Cursor, caller: Caller
    ) async throws(Problem) -> CloseAnswer {
        let now = world.now()
        return try await answering {
            try await database.write { db in
                let row = try Self.row(db, cart, caller)
                if let first = try answered(db, row, request) { return first }
                try check(db, row, ifMatch)
                var appender = try CartAppender(db, whole: row, now: now)
                let priced = try confirm(appender.cart, request, caller, now: now)
                let frozen = freeze(appender.cart, request, ifMatch, priced)
                _ = try appender.append(db, own: .close(body(frozen, request)))
                try appender.finish(db)
                let closed = appender.row.cursor(database.epoch)
                try insert(db, frozen, request, closed)
                return CloseAnswer(cursor: closed, ordinal: frozen.ordinal, key: frozen.key)
            }
        }
    }

    /// The same `closeId` gets the first answer again (merge table row 14).
    private func answered(
        _ db: Database, _ row: CartRow, _ request: CloseRequest
    ) throws -> CloseAnswer? {
        let found = try Row.fetchOne(
            db, sql: "SELECT * FROM settlement WHERE cart = ? AND closeId = ?",
            arguments: [row.cart.blob, request.closeID.blob])
        guard let found else { return nil }
        guard try found.bytes("requestHash") == Self.hash(request) else {
            throw Problem.idempotencyConflict
        }
        return CloseAnswer(
            cursor: try found.text("closedCursor") { ToteValues.Cursor(text: $0) },
            ordinal: Int32(clamping: try found.number("ordinal")),
            key: try found.identifier("key"))
    }

    private func check(_ db: Database, _ row: CartRow, _ ifMatch: ToteValues.Cursor) throws {
        guard row.state == .open else {
            throw Problem.closed(state: row.state.rawValue, ordinal: row.ordinal)
        }
        guard !row.mustReconcile else {
            throw Problem(status: 503, code: "reconciling", retryAfterSeconds: 5)
        }
        guard ifMatch == row.cursor(database.epoch) else {
            let fits = try Self.mismatch(db, row, ifMatch, database.epoch, ack: 0) == nil
            throw Problem.cartChanged(
                try CartLog.delta(db, row, after: fits ? ifMatch.revision : 0, own: nil))
        }
    }

    private func confirm(
        _ cart: Cart, _ request: CloseRequest, _ caller: Caller, now: Moment
    ) throws -> PricedSet {
        let selected = cart.selecting(request.only)
        guard !selected.liveDots.isEmpty else {
            throw Problem.invalid("There is nothing to pay.")
        }
        if !selected.holds.isEmpty { throw Problem.held(selected.holds) }
        let isTimely =
            abs(request.at.milliseconds - now.milliseconds) <= Self.quoteSeconds * 1000
        let priced = try price(selected, caller: caller, at: isTimely ? request.at : now)
        if !priced.waiting.isEmpty { throw Problem.held(priced.waiting) }
        guard isTimely, priced.quoteHash == request.quoteHash,
            priced.totalMinor == request.totalMinor, priced.currency == request.currency
        else {
            throw Problem.quoteChanged(try quote(selected, caller: caller, at: now))
        }
        return priced
    }

    private func freeze(
        _ cart: Cart, _ request: CloseRequest, _ cursor: ToteValues.Cursor, _ priced: PricedSet
    ) -> FrozenCart {
        FrozenCart(
            cart: cart.id, ordinal: cart.ordinal + 1, cursor: cursor,
            dots: cart.closeSet(only: request.only), totalMinor: priced.totalMinor,
            currency: priced.currency, at: request.at, quoteHash: priced.quoteHash,
            book: priced.book, engine: priced.engine)
    }

    private func body(_ frozen: FrozenCart, _ request: CloseRequest) -> CloseBody {
        CloseBody(
            ordinal: frozen.ordinal, closeID: request.closeID, setHash: frozen.setHash,
            totalMinor: frozen.totalMinor, currency: frozen.currency,
            quoteHash: frozen.quoteHash, only: request.only)
    }

    private func insert(
        _ db: Database, _ frozen: FrozenCart, _ request: CloseRequest,
        _ closed: ToteValues.Cursor
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO settlement (cart, ordinal, closeId, requestHash, cursor, closedCursor,
                    setHash, frozen, totalMinor, currency, at, quoteHash, book, engine, key, state)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'active')
                """,
            arguments: [
                frozen.cart.blob, frozen.ordinal, request.closeID.blob,
                Self.hash(request).blob, frozen.cursor.text, closed.text, frozen.setHash.blob,
                frozen.json.canonical.blob, frozen.totalMinor, frozen.currency.code,
                frozen.at.milliseconds, frozen.quoteHash.blob, frozen.book, frozen.engine,
                frozen.key.blob,
            ])
    }

    private static func hash(_ request: CloseRequest) -> [UInt8] {
        Array(SHA256.hash(data: request.json.canonical))
    }
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
