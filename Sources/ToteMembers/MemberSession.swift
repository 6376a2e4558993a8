public import ToteValues

/// What a device knows of its sign-in; it holds no token.
public struct MemberSession: Hashable, Sendable {
    /// 8 bytes; names the token family at the authority.
    public let id: UInt64
    /// URL of the authority.
    public let issuer: String
    /// Stands for the member in this store group only (IDS-1).
    public let pairwiseID: Bytes16
    public let tier: Tier
    public let assurance: Assurance
    public let accessExpiresAt: Moment
    public let refreshExpiresAt: Moment
    public let absoluteExpiresAt: Moment

    public init(
        id: UInt64, issuer: String, pairwiseID: Bytes16, tier: Tier, assurance: Assurance,
        accessExpiresAt: Moment, refreshExpiresAt: Moment, absoluteExpiresAt: Moment
    ) {
        self.id = id
        self.issuer = issuer
        self.pairwiseID = pairwiseID
        self.tier = tier
        self.assurance = assurance
        self.accessExpiresAt = accessExpiresAt
        self.refreshExpiresAt = refreshExpiresAt
        self.absoluteExpiresAt = absoluteExpiresAt
    }

    /// Whether the access token has at most 60 s left: time to refresh.
    public func accessIsExpiring(at now: Moment) -> Bool {
        accessExpiresAt <= now.adding(seconds: 60)
    }
}

extension MemberSession: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "id": .string(Hex.encode(id.bigEndianBytes)), "issuer": .string(issuer),
            "pairwiseId": .string(Hex.encode(pairwiseID.bytes)), "tier": tier.json,
            "assurance": .string(assurance.name),
            "accessExpiresAt": .string(accessExpiresAt.text),
            "refreshExpiresAt": .string(refreshExpiresAt.text),
            "absoluteExpiresAt": .string(absoluteExpiresAt.text),
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        id = try reader.required("id").parsed { text in
            Hex.decode(text).flatMap { UInt64(bigEndianBytes: $0) }
        }
        issuer = try reader.required("issuer").string(maxBytes: 2048)
        pairwiseID = try reader.required("pairwiseId").parsed { text in
            Hex.decode(text).flatMap { Bytes16($0) }
        }
        tier = try reader.required("tier").read(Tier.self)
        assurance = try reader.required("assurance").parsed { Assurance(name: $0) }
        accessExpiresAt = try reader.required("accessExpiresAt").parsed { Moment(text: $0) }
        refreshExpiresAt = try reader.required("refreshExpiresAt").parsed { Moment(text: $0) }
        absoluteExpiresAt = try reader.required("absoluteExpiresAt").parsed { Moment(text: $0) }
    }
}
