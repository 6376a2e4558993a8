/// Enumerates the multisets of a given size over classes with limited counts, in order of class.
struct Multisets {
    let classes: [Int]
    /// By class index.
    let counts: [Int]

    /// Calls `visit` with uses ascending by class until it returns false.
    /// - Returns: false when stopped.
    func forEach(size: Int, _ visit: ([ClassUse]) -> Bool) -> Bool {
        var suffix = [Int](repeating: 0, count: classes.count + 1)
        for place in classes.indices.reversed() {
            suffix[place] = suffix[place + 1] + counts[classes[place]]
        }
        var uses: [ClassUse] = []
        func extend(from place: Int, left: Int) -> Bool {
            if left == 0 { return visit(uses) }
            guard place < classes.count, suffix[place] >= left else { return true }
            let unitClass = classes[place]
            for count in stride(from: min(left, counts[unitClass]), through: 0, by: -1) {
                if count > 0 { uses.append(ClassUse(unitClass: unitClass, count: count)) }
                let goesOn = extend(from: place + 1, left: left - count)
                if count > 0 { uses.removeLast() }
                if !goesOn { return false }
            }
            return true
        }
        return extend(from: 0, left: size)
    }

    /// The union of two multisets, ascending by class.
    static func sum(_ left: [ClassUse], _ right: [ClassUse]) -> [ClassUse] {
        var counts: [Int: Int] = [:]
        for use in left + right { counts[use.unitClass, default: 0] += use.count }
        return counts.keys.sorted().map { ClassUse(unitClass: $0, count: counts[$0] ?? 0) }
    }
}
