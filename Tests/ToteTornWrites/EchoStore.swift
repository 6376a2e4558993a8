import ToteCarts
import ToteValues

/// A store that takes what comes and never crashes.
final class EchoStore {
    struct Answer {
        let cursor: Cursor
        let entries: [ReceivedEntry]
        let ack: UInt64
    }

    private var logs: [CartID: [LogEntry]] = [:]

    func answer(_ out: OutgoingSync, cart: CartID) -> Answer {
        var log = logs[cart, default: []]
        var folded = Cart(id: cart)
        for entry in log { CartRules.apply(entry, to: &folded) }
        let known = Set(log.map(\.operation.dot))
        for operation in out.operations where !known.contains(operation.dot) {
            let verdict = CartRules.evaluate(operation, role: .shopper, member: nil, in: folded)
            let entry = LogEntry(
                revision: folded.revision + 1, operation: operation,
                disposition: verdict.disposition, role: .shopper)
            log.append(entry)
            CartRules.apply(entry, to: &folded)
        }
        logs[cart] = log
        let entries = log.filter { $0.revision > out.cursor?.revision ?? 0 }.map { entry in
            let isOwn = out.cursor != nil && entry.operation.dot.stream == out.stream
            return ReceivedEntry(
                revision: entry.revision, dot: entry.operation.dot,
                disposition: entry.disposition, role: entry.role, priceLock: entry.priceLock,
                body: isOwn ? nil : entry.operation.bodyJSON)
        }
        let own = log.filter { $0.operation.dot.stream == out.stream }
        return Answer(
            cursor: Cursor(epoch: Epoch(1), revision: folded.revision, hash: folded.hash),
            entries: entries, ack: UInt64(own.count))
    }
}
