public import ToteValues

/// Goods of a cart that are sold from an age on.
public struct RestrictedLine: Hashable, Sendable {
    /// The article's number.
    public let article: String
    public let name: String
    /// Years, at least 1.
    public let minimumAge: Int

    public init(article: String, name: String, minimumAge: Int) {
        self.article = article
        self.name = name
        self.minimumAge = minimumAge
    }

    /// What a shopper reads: the goods by name with their age.
    public static func sentence(_ lines: [RestrictedLine]) -> String {
        let goods = lines.map { "\($0.name) (\($0.minimumAge))" }.joined(separator: ", ")
        return "Sold only after an associate has seen a proof of age: \(goods)."
    }
}

extension RestrictedLine: JSONWritable {
    public var json: JSONValue {
        .object([
            "article": .string(article), "name": .string(name),
            "minimumAge": .integer(Int64(minimumAge)),
        ])
    }
}
