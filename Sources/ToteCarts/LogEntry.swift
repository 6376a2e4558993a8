public import ToteValues

/// Who wrote an operation: from the credential, never from the body.
public enum Role: UInt8, Hashable, Sendable, CaseIterable {
    case store = 0
    case shopper, associate, kiosk

    /// `store`, `shopper` …, as on the wire.
    public var name: String { String(describing: self) }

    public init?(name: String) {
        guard let role = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = role
    }
}

/// What the store's order made of an operation (SYNC-7). The byte enters the log hash.
public enum Disposition: UInt8, Hashable, Comparable, Sendable, CaseIterable {
    case applied = 0
    /// There was nothing left to do: the units were removed already.
    case superseded
    /// A scan whose units were voided before it came.
    case bornDead
    /// A void whose scan has not come yet.
    case tombstone
    /// Came while closing; waits for the settlement's end.
    case parked
    /// Came after payment: lives in the carry-over cart.
    case carried
    case refundRequested
    case rejected

    public var name: String { String(describing: self) }

    public init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }

    public static func < (left: Disposition, right: Disposition) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// One line of the store's ordered log of a cart.
public struct LogEntry: Hashable, Sendable {
    /// 1, 2, 3 … without gaps per cart.
    public let revision: Int64
    public let operation: CartOperation
    public let disposition: Disposition
    public let role: Role
    /// The book whose prices are promised to this scan (SYNC-55); 0 for none.
    public let priceLock: BookVersion

    public init(
        revision: Int64, operation: CartOperation, disposition: Disposition, role: Role,
        priceLock: BookVersion = 0
    ) {
        self.revision = revision
        self.operation = operation
        self.disposition = disposition
        self.role = role
        self.priceLock = priceLock
    }
}
