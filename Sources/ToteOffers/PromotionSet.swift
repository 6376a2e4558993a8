public import ToteValues

/// The promotions of a book after the check at load (OFF-76): the good ones, and why the others
/// were refused. Nothing bad is found first at a shopper's cart.
public struct PromotionSet: Hashable, Sendable {
    /// In order of id, so that the order in the book cannot matter.
    public let promotions: [Promotion]
    /// In order of id and field.
    public let refusals: [PromotionRefusal]

    /// Reads and checks every value; never fails as a whole.
    /// - Parameter layers: layer names a context of this store may run besides the standard four.
    public init(json values: [JSONValue], layers: [Layer] = []) {
        var candidates: [Promotion] = []
        var refusals: [PromotionRefusal] = []
        var ids: [String: Int] = [:]
        for value in values {
            if case .string(let id) = value["id"] { ids[id, default: 0] += 1 }
            do throws(PromotionFault) {
                candidates.append(try Promotion.read(JSONField(value)))
            } catch {
                refusals.append(Self.refusal(id: value["id"], error))
            }
        }
        self.init(candidates, ids: ids, refusals: refusals, layers: layers)
    }

    /// Checks promotions made in code.
    public init(_ promotions: [Promotion], layers: [Layer] = []) {
        let ids = promotions.reduce(into: [:]) { $0[$1.id, default: 0] += 1 }
        self.init(promotions, ids: ids, refusals: [], layers: layers)
    }

    /// A checked set with further promotions; ids that meet are refused on both sides.
    init(_ set: PromotionSet, _ more: [Promotion]) {
        let all = set.promotions + more
        let ids = all.reduce(into: [:]) { $0[$1.id, default: 0] += 1 }
        self.init(all, ids: ids, refusals: set.refusals, layers: set.promotions.map(\.layer))
    }

    private init(
        _ candidates: [Promotion], ids: [String: Int], refusals: [PromotionRefusal],
        layers: [Layer]
    ) {
        let known = Set(Layer.standard + layers)
        var kept: [Promotion] = []
        var refusals = refusals
        for promotion in candidates {
            do throws(PromotionFault) {
                guard ids[promotion.id] == 1 else { throw PromotionFault(.duplicateId, "/id") }
                try PromotionRules.check(promotion, layers: known)
                kept.append(promotion)
            } catch {
                refusals.append(Self.refusal(id: .string(promotion.id), error))
            }
        }
        self.promotions = kept.sorted { $0.id.precedes($1.id) }
        self.refusals = refusals.sorted {
            let (left, right) = ($0, $1)
            guard left.promotionId == right.promotionId else {
                return left.promotionId.precedes(right.promotionId)
            }
            return left.fieldPath.precedes(right.fieldPath)
        }
    }

    private static func refusal(id: JSONValue?, _ fault: PromotionFault) -> PromotionRefusal {
        var text = ""
        if case .string(let id) = id { text = id }
        return PromotionRefusal(promotionId: text, fieldPath: fault.fieldPath, error: fault.error)
    }
}
