public import ToteValues

/// A member's level in the store's programme.
public struct Tier: Hashable, Sendable {
    public static let codes = 0...15

    /// 0…15; 0 is no tier.
    public let code: Int
    public let name: String
    /// Higher is better.
    public let rank: Int

    public init(code: Int, name: String, rank: Int) {
        self.code = code
        self.name = name
        self.rank = rank
    }

    public static let none = Tier(code: 0, name: "none", rank: 0)
    public static let silver = Tier(code: 1, name: "silver", rank: 1)
    public static let gold = Tier(code: 2, name: "gold", rank: 2)
    /// The tiers of a store that sets none of its own.
    public static let standard = [none, silver, gold]

    /// The segment under which offers name this tier, such as `tier:gold`; `nil` for no tier.
    public var segment: String? { code == 0 ? nil : "tier:\(name)" }
}

extension Tier: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "code": .integer(Int64(code)), "name": .string(name), "rank": .integer(Int64(rank)),
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        code = try reader.required("code").count(in: Self.codes)
        name = try reader.required("name").string(maxBytes: 64)
        rank = try reader.required("rank").count(in: 0...1000)
    }
}
