import Foundation
import GRDB
import ToteCarts
import ToteStorage
import ToteValues

/// A folder that goes with the test, and a world that repeats itself.
final class CartFolder: Sendable {
    let path: String
    var file: String { path + "/carts.sqlite" }

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/tote-carts-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func open(seed: UInt64 = 1) throws -> CartStore {
        let queue = try DatabaseFile.open(path: file, steps: CartStore.steps)
        return try CartStore(database: queue, world: .repeating(seed: seed))
    }

    /// What a crash at this moment leaves: file and WAL, without a checkpoint.
    func crashed() throws -> CartFolder {
        let copy = try CartFolder()
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: file + suffix) {
            try FileManager.default.copyItem(atPath: file + suffix, toPath: copy.file + suffix)
        }
        return copy
    }
}

extension CartStore {
    static func inMemory(seed: UInt64 = 1) throws -> CartStore {
        try CartStore(
            database: DatabaseFile.inMemory(steps: CartStore.steps), world: .repeating(seed: seed))
    }

    @discardableResult
    func scan(_ cart: CartID, _ units: Int = 1, code: String = "4006381333931") throws -> Dot {
        try commit(.scan(CartFixture.scanBody(units, code: code)), cart: cart)[0].dot
    }
}

/// The other end of the line, as far as a `CartStore` needs one.
struct TinyServer {
    var log: [LogEntry] = []
    var cart: Cart
    var epoch = Epoch(0xE1)
    var acks: [ToteValues.Stream: UInt64] = [:]

    init(_ id: CartID) { cart = Cart(id: id) }

    var cursor: ToteValues.Cursor {
        ToteValues.Cursor(epoch: epoch, revision: cart.revision, hash: cart.hash)
    }

    /// Another operation stands at one of these sequences.
    func isForked(_ operations: [CartOperation]) -> Bool {
        operations.contains { operation in
            let stored = log.first { $0.operation.dot == operation.dot }
            return stored.map { $0.operation.hash != operation.hash } ?? false
        }
    }

    mutating func push(_ operations: [CartOperation]) {
        for operation in operations {
            let dot = operation.dot
            guard dot.sequence == acks[dot.stream, default: 0] + 1 else { continue }
            acks[dot.stream] = dot.sequence
            let verdict = CartRules.evaluate(operation, role: .shopper, member: nil, in: cart)
            let entry = LogEntry(
                revision: cart.revision + 1, operation: operation,
                disposition: verdict.disposition, role: .shopper, priceLock: 812)
            log.append(entry)
            CartRules.apply(entry, to: &cart)
        }
    }

    /// An operation of the store's own.
    mutating func own(_ body: CartOperationBody) {
        let sequence = UInt64(log.count { $0.operation.dot.device == .store }) + 1
        let dot = Dot(device: .store, incarnation: Incarnation(0xE), sequence: sequence)
        let entry = LogEntry(
            revision: cart.revision + 1, operation: CartOperation(dot: dot, body: body),
            disposition: .applied, role: .store)
        log.append(entry)
        CartRules.apply(entry, to: &cart)
    }

    func delta(after revision: Int64, own: ToteValues.Stream?) -> [ReceivedEntry] {
        log.filter { $0.revision > revision }.map { entry in
            let isOwn = entry.operation.dot.stream == own && revision > 0
            return ReceivedEntry(
                revision: entry.revision, dot: entry.operation.dot,
                disposition: entry.disposition, role: entry.role, priceLock: entry.priceLock,
                body: isOwn ? nil : entry.operation.bodyJSON)
        }
    }

    /// One round trip.
    @discardableResult
    mutating func sync(_ store: CartStore, _ id: CartID) throws -> DeltaOutcome {
        var out = try store.outgoing(id)
        if isForked(out.operations) {
            try store.fork(id)
            out = try store.outgoing(id)
        }
        push(out.operations)
        return try store.accept(
            id, cursor: cursor, state: cart.state,
            entries: delta(after: out.cursor?.revision ?? 0, own: out.stream), more: false,
            ack: out.isEarlier ? nil : acks[out.stream, default: 0])
    }
}
