import GRDB
import ToteCarts
package import ToteMessages
import ToteSync
package import ToteValues

extension CartService {
    /// `POST /v1/carts/{id}/close` (SYNC-56): checks and freezes in one transaction.
    /// - Parameter ifMatch: the cursor that the payer confirmed.
    /// - Throws: `closed`, `held`, `cartChanged`, `quoteChanged`, `idempotencyConflict`.
    package func close(
        _ cart: CartID, _ request: CloseRequest, ifMatch: ToteValues.Cursor, caller: Caller
    ) async throws(Problem) -> CloseAnswer {
        let (now, epoch, hints) = (world.now(), database.epoch, database.hints)
        return try await answering {
            try await database.write { db in
                let head = try Self.head(db, cart, caller)
                var step = try StoreCart.load(db, whole: head, epoch: epoch)
                try step.loadLogHash(db, at: ifMatch.revision)
                if let first = try StoreSettlement.fetch(db, cart, request.closeID) {
                    step.load(first)
                }
                let answer = try step.close(
                    request, ifMatch: ifMatch, epoch: epoch, now: now,
                    price: { try price($0, caller: caller, at: $1) },
                    delta: { try CartLog.delta(db, head, after: $0, own: nil) })
                try step.save(db, at: now)
                hints.publish(after: db, step.head, epoch)
                return answer
            }
        }
    }
}
