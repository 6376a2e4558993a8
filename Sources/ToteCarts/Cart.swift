public import ToteValues

/// Where a cart stands (`cart-sync.md` section 6).
public enum CartState: String, Hashable, Sendable, CaseIterable {
    case open, closing, paid, moved, abandoned
}

/// What became of the units of one scan. Each unit is in exactly one place (SYNC-8).
public struct DotState: Hashable, Sendable {
    /// `nil` for a tombstone: removed before it was seen.
    public var scan: ScanBody?
    /// All units of the scan; 0 for a tombstone.
    public var units = 0
    public var voided = 0
    public var frozen = 0
    public var paid = 0
    /// Units that live on in the carry-over cart.
    public var carried = 0
    public var rejected = 0
    /// Of the paid ones: asked back by a void that came late.
    public var refundRequested = 0
    /// 0 for none.
    public var priceLock: BookVersion = 0
    /// Why the store holds it; blocks the close.
    public var hold: String?
    /// Last written wins (merge table row 20).
    public var attributes: [String: String] = [:]
    public var role: Role = .shopper

    public init() {}

    public init(scan: ScanBody, units: Int? = nil, role: Role, priceLock: BookVersion = 0) {
        self.scan = scan
        self.units = units ?? scan.units
        self.role = role
        self.priceLock = priceLock
    }

    /// Units in the bag and not yet in a settlement.
    public var live: Int { max(0, units - voided - frozen - paid - carried - rejected) }
}

/// A cart: the pure fold of its log (`CartRules.apply`), and for a device of its own operations
/// that the store has not acknowledged.
public struct Cart: Hashable, Sendable {
    public let id: CartID
    public var state = CartState.open
    public var dots: [Dot: DotState] = [:]
    /// Dots in the order of the log, then own ones that are not in it yet.
    public var order: [Dot] = []
    /// Offers and coupons by the dot that clipped them.
    public var clips: [Dot: String] = [:]
    /// Offers that were declined, by dot.
    public var declines: [Dot: String] = [:]
    /// Clips and declines that were undone, also those not seen yet.
    public var unclipped: Set<Dot> = []
    /// The pairwise id in hexadecimal; no log entry carries it, who folds knows it.
    public var member: String?
    /// The first `attach` that counted.
    public var attachedBy: Dot?
    /// Of the last close; 0 before the first.
    public var ordinal: Int32 = 0
    public var revision: Int64 = 0
    public var hash: LogHash
    /// The close that is being settled.
    public var closing: CloseBody?
    /// Entries that came while closing, in log order (merge table row 9).
    public var parked: [LogEntry] = []
    /// Receipts by ordinal.
    public var receipts: [Int32: String] = [:]

    public init(id: CartID) {
        self.id = id
        self.hash = LogHashing.start(id)
    }

    /// Scans with live units, in order.
    public var liveDots: [(dot: Dot, state: DotState)] {
        selected { $0.live > 0 }
    }

    /// Scans in the set that is being paid, in order.
    public var frozenDots: [(dot: Dot, state: DotState)] {
        selected { $0.frozen > 0 }
    }

    /// Scans of settled sets, in order.
    public var paidDots: [(dot: Dot, state: DotState)] {
        selected { $0.paid > 0 }
    }

    public var liveUnits: Int { dots.values.reduce(0) { $0 + $1.live } }

    /// Dots that block a close.
    public var holds: [Dot] {
        order.filter { dots[$0].map { $0.hold != nil && $0.live > 0 } ?? false }
    }

    /// Presented offer and coupon keys, each once, in the order of their first clip's dot.
    public var clippedKeys: [String] { Self.distinct(clips) }

    public var declinedKeys: [String] { Self.distinct(declines) }

    /// The cart in which late scans live, once a settlement is paid (SYNC-57).
    public var carryOver: CartID? {
        state == .paid ? LogHashing.carryOver(id, ordinal: ordinal) : nil
    }

    /// Lines as the limit of 300 counts them: one a code; measured scans one each.
    public var lineCount: Int {
        var codes: Set<String> = []
        var measured = 0
        for (_, state) in liveDots {
            guard let scan = state.scan else { continue }
            if scan.isMeasured { measured += 1 } else { codes.insert(scan.code) }
        }
        return measured + codes.count
    }

    /// The set that a close of these dots (all when `nil`) would freeze, in byte order.
    public func closeSet(only: [Dot]? = nil) -> [DotUnits] {
        let wanted = only.map(Set.init)
        return liveDots.filter { wanted?.contains($0.dot) ?? true }
            .map { DotUnits(dot: $0.dot, units: $0.state.live) }
            .sorted { $0.dot < $1.dot }
    }

    private func selected(_ keep: (DotState) -> Bool) -> [(dot: Dot, state: DotState)] {
        order.compactMap { dot in
            guard let state = dots[dot], keep(state) else { return nil }
            return (dot, state)
        }
    }

    private static func distinct(_ keys: [Dot: String]) -> [String] {
        var seen: Set<String> = []
        return keys.sorted { $0.key < $1.key }.map(\.value).filter { seen.insert($0).inserted }
    }
}
