package import ToteCarts
package import ToteValues

/// One line of the store's log with what storing it needs.
package struct StoreEntry: Hashable, Sendable {
    package let entry: LogEntry
    /// Of the operation (SYNC-5).
    package let hash: LogHash
    /// Of the log up to this entry (SYNC-6).
    package let logHash: LogHash
    /// Canonical.
    package let body: [UInt8]

    package init(entry: LogEntry, hash: LogHash, logHash: LogHash, body: [UInt8]) {
        self.entry = entry
        self.hash = hash
        self.logHash = logHash
        self.body = body
    }

    /// The entry that comes after a log's hash.
    package init(_ entry: LogEntry, after previous: LogHash) {
        let body = entry.operation.canonicalBody
        let hash = LogHashing.operation(entry.operation.dot, canonicalBody: body)
        self.init(
            entry: entry, hash: hash,
            logHash: LogHashing.step(
                previous, revision: entry.revision, operation: hash,
                disposition: entry.disposition, role: entry.role, priceLock: entry.priceLock),
            body: body)
    }
}

/// What a dot did to the offers and coupons of a cart, or what undid it before it came.
package enum ClipPlace: Hashable, Sendable {
    case clip(String)
    case decline(String)
    case unclipped
}

/// A close: the set it froze and how its payment stands.
package struct StoreSettlement: Hashable, Sendable {
    package enum State: String, Hashable, Sendable {
        case active, settled, reopened
    }

    package let frozen: FrozenCart
    package let closeID: CloseID
    /// SHA-256 of the request: a repeat with another body is a conflict. Empty where the close was
    /// rebuilt after a restore: its request is not known.
    package let requestHash: [UInt8]
    /// After the close entry, as it was answered.
    package let closedCursor: Cursor
    package var state: State

    package init(
        frozen: FrozenCart, closeID: CloseID, requestHash: [UInt8], closedCursor: Cursor,
        state: State = .active
    ) {
        self.frozen = frozen
        self.closeID = closeID
        self.requestHash = requestHash
        self.closedCursor = closedCursor
        self.state = state
    }

    var isRebuilt: Bool { requestHash.isEmpty }
}

/// Units that were removed after they were paid.
package struct StoreRefund: Hashable, Sendable {
    /// Of the entry that asked.
    package let revision: Int64
    package let ordinal: Int32
    package let units: DotUnits

    package init(revision: Int64, ordinal: Int32, units: DotUnits) {
        self.revision = revision
        self.ordinal = ordinal
        self.units = units
    }
}

/// A row that a step of `StoreCart` leaves to be written; all rows of a step in one transaction.
package enum StoreCartChange: Hashable, Sendable {
    case head(CartHead)
    case entry(StoreEntry)
    case dot(Dot, DotState)
    case clip(Dot, ClipPlace)
    case stream(Stream, last: UInt64)
    case refund(StoreRefund)
    case settlement(StoreSettlement)
}

/// What belongs into the carry-over cart (SYNC-57), in the order in which it is to go there.
package struct CarryOver: Hashable, Sendable {
    package let target: CartID
    package let member: String?
    /// `inherit` and `void`.
    package let bodies: [CartOperationBody]

    package init(target: CartID, member: String?, bodies: [CartOperationBody]) {
        self.target = target
        self.member = member
        self.bodies = bodies
    }
}
