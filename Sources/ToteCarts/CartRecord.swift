public import ToteValues

/// What a device knows of one of its carts beside the log.
public struct CartRecord: Hashable, Sendable {
    public let cart: CartID
    /// A guest trip has its own device (GUEST-1).
    public let device: DeviceID
    public var state: CartState
    public var incarnation: Incarnation
    /// Of the current incarnation; 0 before the first operation.
    public var lastSequence: UInt64
    public var ackedSequence: UInt64
    /// `nil` asks the store for everything.
    public var cursor: Cursor?
    public var movedTo: CartID?
    public let isGuest: Bool
    /// The store has answered `POST /v1/carts`.
    public var isRegistered: Bool
    public var grant: String?
    /// Waits for a whole pull before it sends (SYNC-31).
    public var mustReissue: Bool
    public let createdAt: Moment

    public var stream: Stream { Stream(device: device, incarnation: incarnation) }
}

extension CartRecord {
    /// A cart in which this device has done nothing yet.
    package init(
        new cart: CartID, device: DeviceID, incarnation: Incarnation, isGuest: Bool,
        createdAt: Moment
    ) {
        self.init(
            cart: cart, device: device, state: .open, incarnation: incarnation, lastSequence: 0,
            ackedSequence: 0, cursor: nil, movedTo: nil, isGuest: isGuest, isRegistered: false,
            grant: nil, mustReissue: false, createdAt: createdAt)
    }
}

/// An own operation that the store has not confirmed.
public struct PendingOperation: Hashable, Sendable {
    public let operation: CartOperation
    /// This device's clock when it became durable.
    public let committedAt: Moment

    public init(operation: CartOperation, committedAt: Moment) {
        self.operation = operation
        self.committedAt = committedAt
    }
}

/// An operation that the store did not accept.
public struct RefusedOperation: Hashable, Sendable {
    public let operation: CartOperation
    /// The store's word, such as `invalid`; `rejected` where it is not kept.
    public let reason: String
}

/// The next push, and the cursor of the next pull.
public struct OutgoingSync: Hashable, Sendable {
    public let cursor: Cursor?
    public let stream: Stream
    public let from: UInt64
    public let operations: [CartOperation]
    /// Of an earlier incarnation: the acknowledgement is not the current stream's.
    public let isEarlier: Bool
}

/// The store's entries as they came; own ones have no body.
public struct ReceivedEntry: Hashable, Sendable {
    public let revision: Int64
    public let dot: Dot
    public let disposition: Disposition
    public let role: Role
    public let priceLock: BookVersion
    public let body: JSONValue?

    public init(
        revision: Int64, dot: Dot, disposition: Disposition, role: Role, priceLock: BookVersion,
        body: JSONValue?
    ) {
        self.revision = revision
        self.dot = dot
        self.disposition = disposition
        self.role = role
        self.priceLock = priceLock
        self.body = body
    }
}
