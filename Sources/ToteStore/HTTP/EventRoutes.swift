import Hummingbird
import NIOCore
import ToteMessages
import ToteSync
import ToteValues

/// `GET /v1/carts/{id}/events`: server-sent events, or one answer with `wait` (SYNC-43).
extension RouteTable {
    func addEventRoutes() {
        on(.cartEvents) { exchange in
            let (cart, caller) = (try exchange.cart(), try await exchange.knownCaller())
            let cursor = try exchange.cursor()
            let carts = exchange.services.carts
            if let text = exchange.query("wait") {
                guard let seconds = DecimalText.unsigned(text) else {
                    throw Problem.malformed("The wait does not read.")
                }
                return .json(
                    try await carts.nextCursor(
                        cart, after: cursor, seconds: Int64(clamping: seconds), caller: caller))
            }
            let events = try await carts.events(cart, caller: caller)
            return StoreAnswer(
                contentType: "text/event-stream",
                stream: { writer in try await Self.write(events, after: cursor, to: &writer) })
        }
    }

    /// Comments keep the line open, and find out when nobody is there any more.
    private static let heartbeatSeconds = 15

    private static func write(
        _ events: CartService.Events, after cursor: Cursor?,
        to writer: inout any ResponseBodyWriter
    ) async throws {
        if events.now != cursor {
            try await writer.write(event(events.now))
        } else {
            try await writer.write(ByteBuffer(string: ":\n\n"))
        }
        var told = events.now
        for await beat in beats(events.next) {
            guard let next = beat else {
                try await writer.write(ByteBuffer(string: ":\n\n"))
                continue
            }
            if next != told { try await writer.write(event(next)) }
            told = next
        }
        try await writer.finish(nil)
    }

    private static func event(_ cursor: Cursor) -> ByteBuffer {
        ByteBuffer(string: "data: \(cursor.text)\n\n")
    }

    /// The cursors, and `nil` where a heartbeat is due; ends with the cursors. A client that does
    /// not read keeps the newest two waiting, no more.
    private static func beats(_ cursors: AsyncStream<Cursor>) -> AsyncStream<Cursor?> {
        AsyncStream(bufferingPolicy: .bufferingNewest(2)) { continuation in
            let hints = Task {
                for await cursor in cursors { continuation.yield(cursor) }
                continuation.finish()
            }
            let clock = Task {
                while !Task.isCancelled {
                    try await Task.sleep(for: .seconds(heartbeatSeconds))
                    continuation.yield(nil)
                }
            }
            continuation.onTermination = { _ in
                hints.cancel()
                clock.cancel()
            }
        }
    }
}
