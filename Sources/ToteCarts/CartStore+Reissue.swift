import GRDB
public import ToteValues

// When this file turns out to be a copy, an old backup or salvaged, its streams may carry other
// operations at the store. It goes on in a new incarnation, pulls everything, and issues anew
// what the store does not hold by hash; nothing is sent in between (SYNC-2, SYNC-31).

extension CartStore {
    /// Goes on in a new incarnation, after the store said that our stream is another's.
    public func fork(_ cart: CartID) throws(CartError) {
        try change(cart) { memory, db in try fork(&memory, db, pulledWhole: false) }
    }

    /// Draws new incarnations for every trip that is not over when the file lies in another place
    /// than before: it is a copy, or came back from a backup, and another file may write on in the
    /// same streams (SYNC-32).
    /// - Parameter mark: stands for the place.
    public func recognise(home mark: String) throws(CartError) {
        let known = try meta(Self.homeKey)
        guard known != mark else { return }
        for record in try known == nil ? [] : records()
        where record.state == .open || record.state == .closing {
            try fork(record.cart)
        }
        try setMeta(Self.homeKey, mark)
    }

    private static let homeKey = "homeMark"

    func fork(_ memory: inout CartMemory, _ db: Database, pulledWhole: Bool) throws {
        memory.record.incarnation = Incarnation(world.newUInt64())
        memory.record.lastSequence = 0
        memory.record.ackedSequence = 0
        if !pulledWhole { memory.record.cursor = nil }
        memory.record.mustReissue = true
        memory.outbox = []
        try memory.record.save(db)
    }

    /// A lone operation was refused as malformed: a `skip` takes its place, so that the queue
    /// goes on (SYNC-26).
    /// - Returns: the refused operation; `nil` when that sequence is not ours or skipped already.
    public func skip(
        _ cart: CartID, sequence: UInt64, reason: String
    ) throws(CartError) -> CartOperation? {
        try change(cart) { memory, db in
            let stream = memory.record.stream
            let index = memory.pending.firstIndex {
                $0.operation.dot.stream == stream && $0.operation.dot.sequence == sequence
            }
            guard let index else { return nil }
            let refused = memory.pending[index]
            if case .skip = refused.operation.body { return nil }
            let skip = CartOperation(dot: refused.operation.dot, body: .skip(reason: reason))
            try Self.replace(
                db, skip, cart: cart, refusedBody: refused.operation.canonicalBody)
            memory.pending[index] = PendingOperation(
                operation: skip, committedAt: refused.committedAt)
            memory.outbox = try CartMemory.outbox(db, memory.record)
            memory.refold()
            return refused.operation
        }
    }

    /// The store says which operation it holds at a sequence: when it is the one that a `skip`
    /// replaced, the skip is undone.
    /// - Returns: whether it was; else the stream is forked.
    public func undoSkip(
        _ cart: CartID, sequence: UInt64, stored: LogHash
    ) throws(CartError) -> Bool {
        try change(cart) { memory, db in
            let stream = memory.record.stream
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT * FROM ownOperation WHERE cart = ? AND incarnation = ? AND sequence = ?
                        AND refusedBody IS NOT NULL
                    """,
                arguments: [cart.blob, stream.incarnation.blob, Int64(clamping: sequence)])
            guard let row else { return false }
            let operation = try CartOperation(row: row, body: "refusedBody")
            guard operation.hash == stored else { return false }
            try Self.replace(db, operation, cart: cart, refusedBody: nil)
            if let reread = try CartMemory(db, cart: cart) { memory = reread }
            return true
        }
    }

    /// Operations that became a skip, as the shopper must be told.
    public func refused(_ cart: CartID) throws(CartError) -> [CartOperation] {
        try mapping {
            try database.read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT * FROM ownOperation WHERE cart = ? AND refusedBody IS NOT NULL
                        ORDER BY rowid
                        """, arguments: [cart.blob]
                ).map { try CartOperation(row: $0, body: "refusedBody") }
            }
        }
    }

    private static func replace(
        _ db: Database, _ operation: CartOperation, cart: CartID, refusedBody: [UInt8]?
    ) throws {
        try db.execute(
            sql: """
                UPDATE ownOperation SET hash = ?, body = ?, refusedBody = ?
                WHERE cart = ? AND incarnation = ? AND sequence = ?
                """,
            arguments: [
                operation.hash.blob, operation.canonicalBody.blob, refusedBody?.blob, cart.blob,
                operation.dot.incarnation.blob, Int64(clamping: operation.dot.sequence),
            ])
    }

    /// All own operations that the whole pulled log does not hold, as 1, 2, 3 … of the new
    /// incarnation, of which nothing was sent yet; voids follow their scans to the new dots.
    func reissue(_ memory: inout CartMemory, _ db: Database) throws {
        let cart = memory.record.cart
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT o.* FROM ownOperation o WHERE cart = ? AND \(OwnRows.notHeld)
                ORDER BY rowid
                """,
            arguments: [cart.blob])
        try db.execute(
            sql: "DELETE FROM ownOperation AS o WHERE cart = ? AND \(OwnRows.notHeld)",
            arguments: [cart.blob])
        let stream = memory.record.stream
        var renamed: [Dot: Dot] = [:]
        for (index, row) in rows.enumerated() {
            let dot = Dot(
                device: stream.device, incarnation: stream.incarnation,
                sequence: UInt64(index + 1))
            let old = try CartOperation(row: row)
            renamed[old.dot] = dot
            let operation = CartOperation(dot: dot, body: old.body.renaming(renamed))
            try OwnRows.insert(
                db, operation, cart: cart,
                at: Moment(milliseconds: try row.number("committedAt")),
                intent: row.isNull("intent") ? nil : try row.identifier("intent"),
                intentOperations: Int(try row.number("intentOperations")),
                refusedBody: row.isNull("refusedBody") ? nil : try row.bytes("refusedBody"))
        }
        memory.record.lastSequence = UInt64(rows.count)
        memory.record.ackedSequence = 0
        memory.record.mustReissue = false
        try memory.record.save(db)
        if let reread = try CartMemory(db, cart: cart) { memory = reread }
    }
}

extension CartOperationBody {
    func renaming(_ names: [Dot: Dot]) -> CartOperationBody {
        switch self {
        case .void(let targets, let reason):
            let renamed = targets.map { target in
                VoidTarget(dot: names[target.dot] ?? target.dot, units: target.units)
            }
            return .void(targets: renamed, reason: reason)
        case .unclip(let dot): return .unclip(names[dot] ?? dot)
        case .release(let dot): return .release(names[dot] ?? dot)
        case .attr(let dot, let key, let value):
            return .attr(dot: names[dot] ?? dot, key: key, value: value)
        default: return self
        }
    }
}
