import GRDB
package import ToteMessages
import ToteSync
package import ToteValues

extension CartService {
    /// `POST /v1/carts/{id}/bind` (SYNC-17): joins another cart of the caller's into this one.
    /// - Throws: `unknownCart` for a cart that is not the caller's, `closed`, `moved`, `conflict`.
    package func bind(
        _ cart: CartID, _ request: BindRequest, caller: Caller
    ) async throws(Problem) -> CursorAnswer {
        let (now, epoch, pricing) = (world.now(), database.epoch, pricing)
        let hints = database.hints
        return try await answering {
            try await database.write { db in
                let head = try Self.head(db, cart, caller)
                guard let other = try CartHead.fetch(db, request.from),
                    try other.isOpen(to: caller, db)
                        || MemberAuthority.hasBegun(db, request.from, caller)
                else { throw Problem.unknownCart }
                var step = try StoreCart.load(db, bound: head, epoch: epoch)
                var from = try StoreCart.load(db, bound: other, epoch: epoch)
                try step.bind(
                    &from, log: try CartLog.entries(db, request.from), epoch: epoch,
                    judge: { _, scan in pricing.judge(scan, now) })
                try from.save(db, at: now)
                try step.save(db, at: now)
                hints.publish(after: db, step.head, epoch)
                hints.publish(after: db, from.head, epoch)
                try MemberAuthority.move(db, from: request.from, to: cart)
                return CursorAnswer(cursor: step.head.cursor(epoch))
            }
        }
    }
}
