package import GRDB
import Synchronization
package import ToteSync
package import ToteValues

/// Tells who listens to a cart that its log has grown (SYNC-43). Hints carry the new cursor and
/// nothing else; they may be lost or late, for a device that hears none asks every 25 s anyway.
package final class HintBus: Sendable {
    /// A cart has eight devices; more listeners than this are no shoppers of it.
    static let mostOfOneCart = 16

    private struct State {
        var next = 0
        var listeners: [CartID: [Int: AsyncStream<ToteValues.Cursor>.Continuation]] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())

    package init() {}

    /// Once the transaction under way is durable.
    package func publish(after db: Database, _ head: CartHead, _ epoch: Epoch) {
        let (cart, cursor) = (head.cart, head.cursor(epoch))
        db.afterNextTransaction { [self] _ in publish(cart, cursor) }
    }

    package func publish(_ cart: CartID, _ cursor: ToteValues.Cursor) {
        let listeners = state.withLock { state in
            state.listeners[cart].map { Array($0.values) } ?? []
        }
        for listener in listeners { listener.yield(cursor) }
    }

    /// The cursors to come, of which only the newest waits; `nil` where too many listen already.
    package func listen(_ cart: CartID) -> AsyncStream<ToteValues.Cursor>? {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ToteValues.Cursor.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state -> Int? in
            guard !state.isClosed,
                state.listeners[cart, default: [:]].count < Self.mostOfOneCart
            else { return nil }
            state.next += 1
            state.listeners[cart, default: [:]][state.next] = continuation
            return state.next
        }
        guard let id else { return nil }
        continuation.onTermination = { [self] _ in leave(cart, id) }
        return stream
    }

    /// Ends all listening, so that a server can stop.
    package func close() {
        let listeners = state.withLock { state in
            state.isClosed = true
            return state.listeners.values.flatMap { Array($0.values) }
        }
        for listener in listeners { listener.finish() }
    }

    /// How many listen to a cart now.
    package func count(_ cart: CartID) -> Int {
        state.withLock { $0.listeners[cart]?.count ?? 0 }
    }

    private func leave(_ cart: CartID, _ id: Int) {
        state.withLock { state in
            state.listeners[cart]?[id] = nil
            if state.listeners[cart]?.isEmpty ?? false { state.listeners[cart] = nil }
        }
    }
}
