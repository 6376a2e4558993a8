import GRDB
public import ToteValues

extension CartStore {
    /// Does what the shopper wants: one transaction, durable before this returns (SYNC-21).
    /// - Parameter intentID: a repeat of the same one returns the first result (SYNC-16).
    /// - Returns: what was committed; nothing when there was nothing to do.
    /// - Throws: `CartError`; then the cart is as it was (SYNC-25).
    @discardableResult
    public func commit(
        _ intent: CartIntent, cart: CartID, intentID: IntentID? = nil
    ) throws(CartError) -> [CartOperation] {
        if let intentID, let first = try committed(intentID, cart: cart) { return first }
        return try change(cart) { memory, db in
            let bodies = try CartRules.compile(
                intent, view: memory.view, own: memory.record.device)
            return try Self.append(bodies, to: &memory, db, at: world.now(), intent: intentID)
        }
    }

    /// The bodies as the stream's next operations.
    static func append(
        _ bodies: [CartOperationBody], to memory: inout CartMemory, _ db: Database, at: Moment,
        intent: IntentID? = nil
    ) throws -> [CartOperation] {
        let record = memory.record
        var operations: [CartOperation] = []
        for body in bodies {
            let sequence = record.lastSequence + UInt64(operations.count) + 1
            let dot = Dot(
                device: record.device, incarnation: record.incarnation, sequence: sequence)
            let operation = CartOperation(dot: dot, body: body)
            try OwnRows.insert(
                db, operation, cart: record.cart, at: at,
                intent: operations.isEmpty ? intent : nil, intentOperations: bodies.count)
            operations.append(operation)
        }
        guard !operations.isEmpty else { return [] }
        memory.record.lastSequence += UInt64(operations.count)
        try db.cachedStatement(sql: "UPDATE cart SET lastSequence = ? WHERE cart = ?")
            .execute(arguments: [Int64(clamping: memory.record.lastSequence), record.cart.blob])
        memory.append(operations, at: at)
        return operations
    }

    /// What an intent became when it came first.
    private func committed(
        _ intent: IntentID, cart: CartID
    ) throws(CartError) -> [CartOperation]? {
        try mapping {
            try database.read { db in
                let first = try Row.fetchOne(
                    db, sql: "SELECT * FROM ownOperation WHERE cart = ? AND intent = ?",
                    arguments: [cart.blob, intent.blob])
                guard let first else { return nil }
                return try Row.fetchAll(
                    db,
                    sql: """
                        SELECT * FROM ownOperation WHERE cart = ? AND incarnation = ?
                            AND sequence >= ? ORDER BY sequence LIMIT ?
                        """,
                    arguments: [
                        cart.blob, first["incarnation"], first["sequence"],
                        first["intentOperations"],
                    ]
                ).map { try CartOperation(row: $0) }
            }
        }
    }
}
