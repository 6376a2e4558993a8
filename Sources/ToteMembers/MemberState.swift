/// Where a membership stands (members-privacy section 4).
public enum MemberState: Hashable, Sendable {
    case applied, vetted, active, suspended, expired, closed
    /// A state that a newer store has; it counts as suspended (MEM-1).
    case unknown(String)

    private static let known: [(String, MemberState)] = [
        ("applied", .applied), ("vetted", .vetted), ("active", .active),
        ("suspended", .suspended), ("expired", .expired), ("closed", .closed),
    ]

    public init(name: String) {
        self = Self.known.first { $0.0 == name }?.1 ?? .unknown(name)
    }

    public var name: String {
        if case .unknown(let name) = self { return name }
        return Self.known.first { $0.1 == self }?.0 ?? ""
    }

    /// Only an active member starts a trip as member (MEM-1).
    public var startsTrips: Bool { self == .active }

    /// Vetted members may sign in to accept the terms, suspended ones to read why.
    public var signsIn: Bool { self == .active || self == .vetted }
}

/// How surely the member is who the session says (members-privacy section 1).
public enum Assurance: Int, Comparable, Sendable {
    /// A card was read.
    case identified = 1
    /// A token bound to the device's key.
    case signedIn = 2
    /// Authenticated anew at most 300 s ago.
    case fresh = 3

    public var name: String {
        switch self {
        case .identified: "identified"
        case .signedIn: "signedIn"
        case .fresh: "fresh"
        }
    }

    public init?(name: String) {
        let all: [Assurance] = [.identified, .signedIn, .fresh]
        guard let match = all.first(where: { $0.name == name }) else { return nil }
        self = match
    }

    public static func < (left: Assurance, right: Assurance) -> Bool {
        left.rawValue < right.rawValue
    }
}
