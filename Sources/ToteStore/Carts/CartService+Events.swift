package import ToteMessages
import ToteSync
package import ToteValues

/// Hints for the devices of a cart (SYNC-43).
extension CartService {
    /// How long one question may wait.
    package static let longestWaitSeconds: Int64 = 25

    /// What a device listens to: where the log ends now, and each end to come.
    package struct Events: Sendable {
        package let now: ToteValues.Cursor
        package let next: AsyncStream<ToteValues.Cursor>
    }

    /// - Throws: `unknownCart`, `moved`, `tooManyRequests` where too many listen.
    package func events(_ cart: CartID, caller: Caller) async throws(Problem) -> Events {
        try await answering {
            // Listening begins before the look, so that nothing falls in between.
            guard let next = database.hints.listen(cart) else {
                throw Problem.tooManyRequests(retryAfterSeconds: 5)
            }
            let head = try await database.read { try Self.head($0, cart, caller) }
            return Events(now: head.cursor(database.epoch), next: next)
        }
    }

    /// Where the log ends, as soon as that is elsewhere than `cursor`, or after the wait.
    /// - Parameter seconds: at most 25.
    package func nextCursor(
        _ cart: CartID, after cursor: ToteValues.Cursor?, seconds: Int64, caller: Caller
    ) async throws(Problem) -> CursorAnswer {
        let events = try await events(cart, caller: caller)
        guard events.now == cursor else { return CursorAnswer(cursor: events.now) }
        let limit = min(max(seconds, 0), Self.longestWaitSeconds)
        let next = await withTaskGroup(of: ToteValues.Cursor?.self) { group in
            group.addTask { await events.next.first { _ in true } }
            group.addTask {
                try? await Task.sleep(for: .seconds(limit))
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        return CursorAnswer(cursor: next ?? events.now)
    }
}
