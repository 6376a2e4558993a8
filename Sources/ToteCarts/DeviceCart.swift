package import ToteValues

// The device's side of one cart as a value: every step is pure and total, without a clock, chance
// or a file. A step notes what must be written; whoever holds the value writes it in one
// transaction before the step counts (SYNC-21), or throws the value away and reads it anew. A
// scan costs no work that grows with the cart: the folded cart changes in place.

/// What a device knows and did of one cart.
package struct DeviceCart: Hashable, Sendable {
    package internal(set) var record: CartRecord
    /// The fold of the store's log as pulled.
    package internal(set) var base: Cart
    /// `base` and then `pending`: what the shopper sees.
    package internal(set) var view: Cart
    /// What this device did, oldest first; the current stream's are the last of them.
    package internal(set) var own: [OwnOperation]
    /// Own operations that the pulled log does not hold, oldest first.
    package internal(set) var pending: [PendingOperation] = []
    /// By ordinal, the newest last.
    package internal(set) var closes: [PendingClose]
    /// Verified receipts by ordinal.
    package internal(set) var receipts: [Int32: StoredReceipt]
    var held: [Dot: HeldEntry] = [:]
    private var places: [Dot: Int] = [:]
    private var intents: [IntentID: Dot] = [:]
    private var changes: [CartChange] = []
    private var recordChange = RecordChange.none

    private enum RecordChange { case none, sequence, whole }

    /// A new cart. Its record is written by whoever made it.
    package init(new record: CartRecord) {
        self.init(DeviceCartRows(record: record))
    }

    /// Folds what the file holds.
    package init(_ rows: DeviceCartRows) {
        record = rows.record
        base = Cart(id: rows.record.cart)
        view = base
        own = rows.own
        closes = rows.closes
        receipts = Dictionary(
            rows.receipts.map { ($0.ordinal, $0) }, uniquingKeysWith: { _, last in last })
        for entry in rows.entries { hold(entry, hash: entry.operation.hash) }
        reindex()
        findPending(among: own)
    }

    /// The newest close of this device.
    package var pendingClose: PendingClose? { closes.last }

    /// The closes that a payer said yes to and nobody refused, as a restored store needs to hear of
    /// them (SYNC-61).
    package var confirmedCloses: [PendingClose] { closes.filter { $0.state != .refused } }

    /// What must be written to make the steps since the last call durable.
    package mutating func takeChanges() -> [CartChange] {
        var taken = changes
        switch recordChange {
        case .none: break
        case .sequence: taken.append(.lastSequence(record.lastSequence))
        case .whole: taken.append(.record(record))
        }
        changes = []
        recordChange = .none
        return taken
    }

    /// A close as the payer confirmed it, before it is sent; or what became of it.
    package mutating func save(_ close: PendingClose) {
        closes.take(close)
        changes.append(.pendingClose(close))
    }

    /// A receipt whose signature was verified. A repeat changes nothing.
    package mutating func save(_ receipt: StoredReceipt) {
        receipts[receipt.ordinal] = receipt
        changes.append(.receipt(receipt))
    }
}

// MARK: - What a step notes

extension DeviceCart {
    mutating func note(_ change: CartChange) { changes.append(change) }

    /// The record is to be written whole.
    mutating func noteRecord() { recordChange = .whole }

    mutating func noteSequence() {
        if recordChange == .none { recordChange = .sequence }
    }
}

// MARK: - Own operations and the log

extension DeviceCart {
    package func ownOperation(_ dot: Dot) -> OwnOperation? {
        places[dot].map { own[$0] }
    }

    /// What the store did not accept, oldest first.
    package var refusals: [RefusedOperation] {
        own.compactMap { own in
            if case .skip(let reason) = own.operation.body, let refused = own.refused {
                return RefusedOperation(operation: refused, reason: reason)
            }
            guard isHeld(own), held[own.dot]?.isRejected ?? false else { return nil }
            return RefusedOperation(operation: own.operation, reason: Disposition.rejected.name)
        }
    }

    func isHeld(_ operation: OwnOperation) -> Bool {
        held[operation.dot]?.hash == operation.hash
    }

    /// What an intent became when it came first (SYNC-16).
    package func committed(_ intent: IntentID) -> [CartOperation]? {
        guard let dot = intents[intent], let start = places[dot] else { return nil }
        return own[start...].prefix(own[start].intentOperations)
            .prefix { $0.dot.stream == dot.stream }.map(\.operation)
    }

    mutating func hold(_ entry: LogEntry, hash: LogHash) {
        CartRules.apply(entry, operationHash: hash, to: &base)
        held[entry.operation.dot] = HeldEntry(
            revision: entry.revision, hash: hash, isRejected: entry.disposition == .rejected)
    }

    mutating func addOwn(_ operation: OwnOperation) {
        places[operation.dot] = own.count
        if let intent = operation.intent { intents[intent] = operation.dot }
        own.append(operation)
        note(.own(operation))
    }

    mutating func replaceOwn(_ operation: OwnOperation) {
        guard let place = places[operation.dot] else { return }
        own[place] = operation
        note(.replaceOwn(operation))
    }

    mutating func dropOwn(_ dropped: Set<Dot>) {
        for operation in own where dropped.contains(operation.dot) {
            note(
                .dropOwn(
                    operation.dot, body: operation.canonicalBody,
                    revision: isHeld(operation) ? held[operation.dot]?.revision : nil))
        }
        own.removeAll { dropped.contains($0.dot) }
        reindex()
    }

    private mutating func reindex() {
        places = [:]
        intents = [:]
        for (place, operation) in own.enumerated() {
            places[operation.dot] = place
            if let intent = operation.intent { intents[intent] = operation.dot }
        }
    }

    mutating func findPending(among operations: [OwnOperation]) {
        pending = operations.filter { !isHeld($0) }.map {
            PendingOperation(operation: $0.operation, committedAt: $0.committedAt)
        }
        refold()
    }

    mutating func refold() {
        view = base
        for own in pending { CartRules.applyPending(own.operation, to: &view) }
        if record.state == .moved { view.state = .moved }
    }
}
