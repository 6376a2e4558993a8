public import ToteValues

/// What the engine can say of its selection (OFF-85). A bounded quote is valid and says so; no text
/// for the shopper may call it best.
public enum PromotionProof: Hashable, Sendable, JSONWritable {
    case optimal
    /// The discount found, and a discount no selection can exceed; minor units. Layer by layer,
    /// each on the prices the layers before it left.
    case bounded(value: Int64, upperBound: Int64)

    public var json: JSONValue {
        switch self {
        case .optimal: .string("optimal")
        case .bounded(let value, let upperBound):
            .object([
                "bounded": .object([
                    "value": .integer(value), "upperBound": .integer(upperBound),
                ])
            ])
        }
    }
}

/// What one layer adds to the proof.
struct LayerProof {
    var value: Int64 = 0
    var upperBound: Int64 = 0
    var isComplete = true

    static func + (left: LayerProof, right: LayerProof) -> LayerProof {
        LayerProof(
            value: left.value + right.value, upperBound: left.upperBound + right.upperBound,
            isComplete: left.isComplete && right.isComplete)
    }

    var proof: PromotionProof {
        isComplete ? .optimal : .bounded(value: value, upperBound: max(value, upperBound))
    }
}
