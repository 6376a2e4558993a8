/// Splits a layer into parts that share nothing (OFF-81): classes are joined when a column holds
/// both, or when a promotion on both has a limit or budget that can bind.
struct PackingComponents {
    private var parent: [Int]

    /// Columns of each component, in order of the component's first class.
    static func split(
        _ columns: [Column], classes: [UnitClass], binding: Set<Int>
    ) -> [[Column]] {
        var components = PackingComponents(parent: Array(classes.indices))
        var firstOfPromotion: [Int: Int] = [:]
        for column in columns {
            guard let first = column.uses.first?.unitClass else { continue }
            for use in column.uses.dropFirst() { components.join(first, use.unitClass) }
            guard binding.contains(column.promotion) else { continue }
            components.join(first, firstOfPromotion[column.promotion] ?? first)
            firstOfPromotion[column.promotion] = first
        }
        var groups: [Int: [Column]] = [:]
        for column in columns {
            guard let first = column.uses.first?.unitClass else { continue }
            groups[components.root(first), default: []].append(column)
        }
        return groups.keys.sorted().compactMap { groups[$0] }
    }

    private mutating func root(_ place: Int) -> Int {
        var place = place
        while parent[place] != place {
            parent[place] = parent[parent[place]]
            place = parent[place]
        }
        return place
    }

    private mutating func join(_ left: Int, _ right: Int) {
        let (one, other) = (root(left), root(right))
        parent[max(one, other)] = min(one, other)
    }
}
