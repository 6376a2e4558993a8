public import ToteMembers
public import ToteValues

/// `GET /v1/members/me`: what a member sees of the own membership.
public struct MemberView: Hashable, Sendable {
    /// Pairwise id, 32 hexadecimal digits (IDS-1).
    public let id: String
    public let name: String?
    public let state: MemberState
    public let tier: Tier
    /// Points that may be burnt now.
    public let points: Int64
    public let assurance: Assurance

    public init(
        id: String, name: String?, state: MemberState, tier: Tier, points: Int64,
        assurance: Assurance
    ) {
        self.id = id
        self.name = name
        self.state = state
        self.tier = tier
        self.points = points
        self.assurance = assurance
    }
}

extension MemberView: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "id": .string(id), "name": name.map { .string($0) }, "state": .string(state.name),
            "tier": tier.json, "points": .integer(points),
            "assurance": .string(assurance.name),
        ])
    }

    /// Unknown members are left alone (SYNC-50).
    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        id = try reader.required("id").string(maxBytes: 64)
        name = try reader.optional("name")?.string(maxBytes: 512)
        state = MemberState(name: try reader.required("state").string(maxBytes: 64))
        tier = try reader.required("tier").read(Tier.self)
        points = try reader.required("points").integer()
        assurance = try reader.required("assurance").parsed { Assurance(name: $0) }
    }
}
