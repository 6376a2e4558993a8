import GRDB
public import ToteValues

/// What an answer of the store did to a cart's file.
public enum DeltaOutcome: Hashable, Sendable {
    /// The chain fits; so many entries came in.
    case accepted(entries: Int)
    /// The chain does not fit, or a body is missing: nothing was stored (SYNC-49).
    case badChain
}

extension CartStore {
    /// What to send next, within the limits of one push: the current stream, and after it what a
    /// restored store lost of earlier ones.
    public func outgoing(
        _ cart: CartID, maxOperations: Int = CartLimits.operationsOfOnePush,
        maxBytes: Int = CartLimits.bytesOfOnePush
    ) throws(CartError) -> OutgoingSync {
        try inMemory(cart) { memory in
            let record = memory.record
            let lost = record.cursor == nil || !memory.outbox.isEmpty ? [] : memory.stranded
            var operations: [CartOperation] = []
            // The envelope of a request is under 256 bytes, that of an operation under 32.
            var bytes = 256
            for operation in lost + memory.outbox where !record.mustReissue {
                bytes += operation.canonicalBody.count + 32
                guard operations.count < maxOperations,
                    bytes <= maxBytes || operations.isEmpty
                else { break }
                operations.append(operation)
            }
            return OutgoingSync(
                cursor: record.cursor, stream: lost.first?.dot.stream ?? record.stream,
                from: lost.first?.dot.sequence ?? record.ackedSequence + 1,
                operations: operations, isEarlier: !lost.isEmpty)
        }
    }

    /// Own operations that wait to be sent, also those that must be issued anew first.
    public func hasUnsent(_ cart: CartID) throws(CartError) -> Bool {
        try inMemory(cart) { memory in
            memory.record.mustReissue
                || memory.record.ackedSequence < memory.record.lastSequence
                || !memory.stranded.isEmpty
        }
    }

    /// Takes a delta and its cursor in one transaction, after the chain is verified.
    /// - Parameters:
    ///   - ack: of the current stream; `nil` for a plain pull and for an earlier stream.
    ///   - trusting: take the store's state as given although the chain does not fit.
    public func accept(
        _ cart: CartID, cursor: ToteValues.Cursor, state: CartState, entries: [ReceivedEntry],
        more: Bool,
        ack: UInt64?, trusting: Bool = false
    ) throws(CartError) -> DeltaOutcome {
        try change(cart) { memory, db in
            var base = memory.record.cursor == nil ? Cart(id: cart) : memory.base
            base.member = memory.base.member
            guard let log = Self.resolve(entries, memory, after: base.revision) else {
                return .badChain
            }
            for entry in log { CartRules.apply(entry, to: &base) }
            if trusting { (base.revision, base.hash) = (cursor.revision, cursor.hash) }
            guard base.revision == cursor.revision, base.hash == cursor.hash,
                memory.record.cursor.map({ $0.epoch == cursor.epoch }) ?? true
            else { return .badChain }
            if memory.record.cursor == nil { try Self.clearLog(db, cart) }
            for entry in log { try Self.insert(db, entry, cart: cart, memory) }
            let isCopy = try Self.finish(
                &memory, db, base: base, cursor: cursor, state: state, log: log, ack: ack)
            // A log that was pulled whole says at once what is to be issued anew.
            if isCopy { try fork(&memory, db, pulledWhole: !more) }
            if memory.record.mustReissue, memory.record.cursor != nil, !more {
                try reissue(&memory, db)
            }
            return .accepted(entries: log.count)
        }
    }

    /// The store answered that our cursor is not of its log: everything is pulled again, and
    /// what it lacks is sent again.
    public func resync(_ cart: CartID, ack: UInt64) throws(CartError) {
        try change(cart) { memory, db in
            memory.record.cursor = nil
            memory.record.ackedSequence = min(ack, memory.record.lastSequence)
            try memory.record.save(db)
            memory.outbox = try CartMemory.outbox(db, memory.record)
        }
    }

    /// Pulls everything again at the next sync; acknowledgements stand.
    public func forgetCursor(_ cart: CartID) throws(CartError) {
        try change(cart) { memory, db in
            memory.record.cursor = nil
            try memory.record.save(db)
        }
    }

    /// The store answered `POST /v1/carts`.
    public func register(_ cart: CartID, grant: String?) throws(CartError) {
        try change(cart) { memory, db in
            memory.record.isRegistered = true
            memory.record.grant = grant ?? memory.record.grant
            try memory.record.save(db)
        }
    }

    /// The store no longer knows the cart, or no longer takes the grant.
    public func unregister(_ cart: CartID) throws(CartError) {
        try change(cart) { memory, db in
            memory.record.isRegistered = false
            try memory.record.save(db)
        }
    }

    public func moved(_ cart: CartID, to target: CartID) throws(CartError) {
        try change(cart) { memory, db in
            memory.record.state = .moved
            memory.record.movedTo = target
            try memory.record.save(db)
            memory.refold()
        }
    }

    /// Entries as log entries, own ones with the body that this file holds; `nil` when one is
    /// missing or out of order.
    private static func resolve(
        _ entries: [ReceivedEntry], _ memory: CartMemory, after revision: Int64
    ) -> [LogEntry]? {
        var own: [Dot: CartOperation] = [:]
        if entries.contains(where: { $0.body == nil }) {
            for pending in memory.pending { own[pending.operation.dot] = pending.operation }
        }
        var log: [LogEntry] = []
        for entry in entries {
            guard entry.revision == revision + Int64(log.count) + 1,
                let operation = operation(entry, own)
            else { return nil }
            log.append(
                LogEntry(
                    revision: entry.revision, operation: operation,
                    disposition: entry.disposition, role: entry.role,
                    priceLock: entry.priceLock))
        }
        return log
    }

    private static func operation(
        _ entry: ReceivedEntry, _ own: [Dot: CartOperation]
    ) -> CartOperation? {
        guard let body = entry.body else { return own[entry.dot] }
        return try? CartOperation(dot: entry.dot, bodyJSON: body, strict: false)
    }

    private static func clearLog(_ db: Database, _ cart: CartID) throws {
        try db.execute(sql: "DELETE FROM storeEntry WHERE cart = ?", arguments: [cart.blob])
    }

    /// The body stays out when it stands among the own operations already.
    private static func insert(
        _ db: Database, _ entry: LogEntry, cart: CartID, _ memory: CartMemory
    ) throws {
        let dot = entry.operation.dot
        let hash = entry.operation.hash
        let isOwn =
            try Bool.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT 1 FROM ownOperation
                        WHERE cart = ? AND incarnation = ? AND sequence = ? AND device = ?
                            AND hash = ?
                        """),
                arguments: [
                    cart.blob, dot.incarnation.blob, Int64(clamping: dot.sequence),
                    dot.device.blob, hash.blob,
                ]) ?? false
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO storeEntry (cart, revision, device, incarnation, sequence, hash,
                    disposition, role, priceLock, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            cart.blob, entry.revision, dot.device.blob, dot.incarnation.blob,
            Int64(clamping: dot.sequence), hash.blob, Int64(entry.disposition.rawValue),
            Int64(entry.role.rawValue), entry.priceLock,
            isOwn ? nil : entry.operation.canonicalBody.blob,
        ])
    }

    /// - Returns: whether one of our sequences is another's operation, or the store has more of
    ///   our stream than we do: this file is a copy.
    private static func finish(
        _ memory: inout CartMemory, _ db: Database, base: Cart, cursor: ToteValues.Cursor,
        state: CartState,
        log: [LogEntry], ack: UInt64?
    ) throws -> Bool {
        let held = Dictionary(
            log.map { ($0.operation.dot, $0.operation.hash) }, uniquingKeysWith: { _, last in last }
        )
        let forked = memory.pending.contains { own in
            held[own.operation.dot].map { $0 != own.operation.hash } ?? false
        }
        memory.base = base
        memory.record.state = state
        memory.record.cursor = cursor
        if let ack {
            // Less than believed: the store lost some, as after a restore (SYNC-53).
            if ack < memory.record.ackedSequence { memory.record.cursor = nil }
            memory.record.ackedSequence = min(ack, memory.record.lastSequence)
        }
        let outrun = (ack ?? 0) > memory.record.lastSequence
        try memory.record.save(db)
        memory.pending = try CartMemory.pending(db, base.id)
        memory.outbox = try CartMemory.outbox(db, memory.record)
        memory.refold()
        return forked || outrun
    }
}
