/// Units that no offer can tell apart (OFF-80): one row with a count, so that 6,000 pieces of one
/// article cost what one piece costs.
struct UnitClass {
    struct Key: Hashable {
        let sku: String
        let kind: CartUnit.Kind
        let grams: Int64
        let gross: Int64
        let net: Int64
        let discounted: Bool
    }

    let key: Key
    let article: Article
    /// Canonical indices, ascending.
    var units: [Int]

    var count: Int { units.count }
    var net: Int64 { key.net }

    /// The eligible units of a cart (OFF-8, OFF-9), in order of each class's first unit.
    static func classes(of cart: CartUnits) -> [UnitClass] {
        var classes: [UnitClass] = []
        var places: [Key: Int] = [:]
        for (index, unit) in cart.units.enumerated() {
            let article = cart.articles[unit.line]
            guard unit.net > 0, !article.noDiscount else { continue }
            let key = Key(
                sku: article.sku, kind: unit.kind, grams: cart.lines[unit.line].grams ?? 0,
                gross: unit.gross, net: unit.net, discounted: unit.discount > 0)
            if let place = places[key] {
                classes[place].units.append(index)
            } else {
                places[key] = classes.count
                classes.append(UnitClass(key: key, article: article, units: [index]))
            }
        }
        return classes
    }
}

extension Selector {
    /// OFF-5…OFF-7 for a class at the start of a packing layer.
    func matches(_ unitClass: UnitClass) -> Bool {
        !(excludeDiscounted && unitClass.key.discounted) && matches(unitClass.article)
    }
}

/// So many units of one class.
struct ClassUse: Hashable {
    let unitClass: Int
    let count: Int
}

/// One way to apply a promotion: a multiset of classes and its discount (OFF-80).
struct Column: Hashable {
    /// Index among the promotions of the layer.
    let promotion: Int
    /// Ascending by class, counts ≥ 1.
    let uses: [ClassUse]
    /// Minor units, > 0 (OFF-24).
    let discount: Int64
}
