public import ToteValues

/// A statement that is true when acted on (OFF-92): with `add` more pieces of `sku`, all else
/// equal, the total is `totalThen`. Minor units.
public struct Hint: Hashable, Sendable, JSONWritable {
    public enum Kind: String, Sendable { case addOne }

    public var kind: Kind
    public var sku: String
    public var add: Int64
    public var totalNow: Int64
    public var totalThen: Int64
    /// Discount then minus discount now, > 0.
    public var saves: Int64
    /// The next local time at which an offer starts or ends; `nil` if none does.
    public var validUntil: String?
    public var inputs: QuoteInputs

    public var json: JSONValue {
        .object([
            "kind": .string(kind.rawValue), "sku": .string(sku), "add": .integer(add),
            "totalNow": .integer(totalNow), "totalThen": .integer(totalThen),
            "saves": .integer(saves), "validUntil": validUntil.map { .string($0) },
            "inputs": inputs.json,
        ])
    }
}
