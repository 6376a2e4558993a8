package import ToteValues

/// What this device did, with all that its row holds.
package struct OwnOperation: Hashable, Sendable {
    package let operation: CartOperation
    /// The bytes that the hash covers.
    package let canonicalBody: [UInt8]
    package let hash: LogHash
    /// On the first of the operations that one intent of the host became.
    package let intent: IntentID?
    package let intentOperations: Int
    /// What stood here before it was refused and became a skip (SYNC-26).
    package let refusedBody: [UInt8]?
    /// This device's clock when it became durable.
    package let committedAt: Moment

    package var dot: Dot { operation.dot }

    package init(
        _ operation: CartOperation, committedAt: Moment, intent: IntentID? = nil,
        intentOperations: Int = 1, refusedBody: [UInt8]? = nil
    ) {
        let body = operation.canonicalBody
        self.init(
            operation, canonicalBody: body,
            hash: LogHashing.operation(operation.dot, canonicalBody: body),
            committedAt: committedAt, intent: intent, intentOperations: intentOperations,
            refusedBody: refusedBody)
    }

    /// As a row holds it.
    init(
        _ operation: CartOperation, canonicalBody: [UInt8], hash: LogHash, committedAt: Moment,
        intent: IntentID?, intentOperations: Int, refusedBody: [UInt8]?
    ) {
        self.operation = operation
        self.canonicalBody = canonicalBody
        self.hash = hash
        self.intent = intent
        self.intentOperations = intentOperations
        self.refusedBody = refusedBody
        self.committedAt = committedAt
    }

    /// The same row with another operation in it.
    func holding(_ operation: CartOperation, refusedBody: [UInt8]?) -> OwnOperation {
        OwnOperation(
            operation, committedAt: committedAt, intent: intent,
            intentOperations: intentOperations, refusedBody: refusedBody)
    }

    /// The operation that was refused; `nil` when none was, or its body does not read.
    var refused: CartOperation? {
        guard let refusedBody,
            let value = try? StrictJSON.parse(refusedBody, limits: .document)
        else { return nil }
        return try? CartOperation(dot: dot, bodyJSON: value, strict: false)
    }
}

/// Where the pulled log holds a dot, and which operation it is there.
package struct HeldEntry: Hashable, Sendable {
    package let revision: Int64
    package let hash: LogHash
    /// Logged, and without any effect (SYNC-7).
    package let isRejected: Bool
}

/// What must be written to make a step of `DeviceCart` durable: all of one step in one
/// transaction, in this order.
package enum CartChange: Hashable, Sendable {
    case record(CartRecord)
    /// The record's counter alone, as of a scan.
    case lastSequence(UInt64)
    /// A new one, after all others.
    case own(OwnOperation)
    /// Another operation under the same dot.
    case replaceOwn(OwnOperation)
    /// - `revision`: the log's entry of it, which from now on keeps the body itself.
    case dropOwn(Dot, body: [UInt8], revision: Int64?)
    /// - `bodyIsOwn`: an own operation holds the body.
    case entry(LogEntry, hash: LogHash, bodyIsOwn: Bool)
    case clearEntries
    case pendingClose(PendingClose)
    case receipt(StoredReceipt)
}

/// All that a device's file holds of one cart.
package struct DeviceCartRows: Hashable, Sendable {
    package var record: CartRecord
    /// Oldest first.
    package var own: [OwnOperation] = []
    /// The store's log as far as it was pulled.
    package var entries: [LogEntry] = []
    /// By ordinal, the newest last.
    package var closes: [PendingClose] = []
    package var receipts: [StoredReceipt] = []

    package init(record: CartRecord) { self.record = record }

    /// Does in memory what the file's SQL does, for tests and simulations without a file.
    package mutating func apply(_ change: CartChange) {
        switch change {
        case .record(let record): self.record = record
        case .lastSequence(let sequence): record.lastSequence = sequence
        case .own(let operation): own.append(operation)
        case .replaceOwn(let operation):
            own = own.map { $0.dot == operation.dot ? operation : $0 }
        case .dropOwn(let dot, _, _): own.removeAll { $0.dot == dot }
        case .entry(let entry, _, _): entries.append(entry)
        case .clearEntries: entries = []
        case .pendingClose(let close): closes.take(close)
        case .receipt(let receipt):
            receipts.removeAll { $0.ordinal == receipt.ordinal }
            receipts.append(receipt)
        }
    }
}

extension [PendingClose] {
    mutating func take(_ close: PendingClose) {
        removeAll { $0.closeID == close.closeID }
        let place = firstIndex { $0.ordinal > close.ordinal } ?? endIndex
        insert(close, at: place)
    }
}
