import ToteValues

/// Among all best packings of a component the one that OFF-26 puts first, by fixing (OFF-83).
///
/// Units are walked in canonical order. At each the applications that could begin there are tried
/// in order; the first that still reaches the optimum stays. Most are refuted by prices alone: what
/// a column costs above its worth can never be won back. What a known best packing already uses is
/// accepted without a search. A packing that is not proven best is only put in order.
struct PackingOrder {
    let program: PackingProgram
    let layer: [UnitClass]
    /// Promotion ids by their number in the layer.
    let ids: [String]

    private var search: PackingSearch
    private var relaxation: Simplex?
    private var priceVectors: [(prices: [Int64], denominator: Int64)] = []
    private var supply: [Int64]
    private var known: [Int64]
    /// Objective still to be reached.
    private var target: Int64
    /// Next free unit of each class of the component.
    private var next: [Int]
    private let columnsOfClass: [[Int]]

    init(
        _ program: PackingProgram, layer: [UnitClass], ids: [String], relaxation: Simplex?,
        solution: [Int64], isProven: Bool
    ) {
        self.program = program
        self.layer = layer
        self.ids = ids
        self.relaxation = relaxation
        search = PackingSearch(program)
        if !isProven { search.work = 0 }
        supply = program.supply
        known = solution
        target = program.objective(solution)
        next = program.classes.map { _ in 0 }
        let rows = Dictionary(uniqueKeysWithValues: zip(program.classes, program.classes.indices))
        var columnsOfClass = [[Int]](repeating: [], count: program.classes.count)
        for (index, column) in program.columns.enumerated() {
            for use in column.uses {
                if let row = rows[use.unitClass] { columnsOfClass[row].append(index) }
            }
        }
        self.columnsOfClass = columnsOfClass
        if let relaxation { priceVectors = [(relaxation.prices, relaxation.denominator)] }
    }

    /// The applications in order of their first unit: column and participants.
    mutating func applications() -> [(column: Int, participants: [Int])] {
        var chosen: [(Int, [Int])] = []
        while target > 0, let row = firstFreeClass() {
            if let (column, participants) = begin(at: row) {
                chosen.append((column, participants))
                take(column)
            } else {
                next[row] += 1
                supply[row] -= 1
            }
        }
        return chosen
    }

    private func firstFreeClass() -> Int? {
        var best: (row: Int, unit: Int)?
        for row in program.classes.indices {
            let units = layer[program.classes[row]].units
            guard next[row] < units.count else { continue }
            let unit = units[next[row]]
            if unit < best?.unit ?? .max { best = (row, unit) }
        }
        return best?.row
    }

    private mutating func begin(at row: Int) -> (Int, [Int])? {
        let candidates = columnsOfClass[row]
            .filter { program.supply(supply, after: $0) != nil && !isRefuted($0) }
            .map { (column: $0, participants: participants($0)) }
            .sorted { precedes($0, $1) }
        for candidate in candidates where known[candidate.column] > 0 || reaches(candidate.column) {
            return candidate
        }
        return nil
    }

    private func precedes(
        _ left: (column: Int, participants: [Int]), _ right: (column: Int, participants: [Int])
    ) -> Bool {
        let (one, other) = (
            program.columns[left.column].promotion, program.columns[right.column].promotion
        )
        if one != other { return ids[one].precedes(ids[other]) }
        return left.participants.lexicographicallyPrecedes(right.participants)
    }

    /// Within a class the lowest free unit is used.
    private func participants(_ column: Int) -> [Int] {
        program.entries[column].prefix(program.columns[column].uses.count).flatMap { entry in
            let units = layer[program.classes[entry.row]].units
            return units[next[entry.row]..<next[entry.row] + Int(entry.coefficient)]
        }.sorted()
    }

    /// No packing with this column can reach the target, by some price vector.
    private func isRefuted(_ column: Int) -> Bool {
        priceVectors.contains { vector in
            var bound = zip(vector.prices, supply).reduce(Int128(0)) {
                $0 + Int128($1.0) * Int128($1.1)
            }
            for entry in program.entries[column] {
                bound -= Int128(entry.coefficient) * Int128(vector.prices[entry.row])
            }
            return bound < Int128(vector.denominator) * Int128(target - program.costs[column])
        }
    }

    /// Searches for a best packing that uses the column; keeps it as the known one.
    private mutating func reaches(_ column: Int) -> Bool {
        guard search.work > 0, var node = relaxation,
            let left = program.supply(supply, after: column)
        else { return false }
        let goal = target - program.costs[column]
        do throws(MoneyError) {
            try node.setSupply(left)
            guard try node.repair(&search.work) == .optimal else { return false }
            priceVectors = [(node.prices, node.denominator)] + priceVectors.prefix(3)
            guard try node.bound() >= goal else { return false }
        } catch { return false }
        search.solve(from: node, above: goal - 1, target: goal)
        guard let found = search.best else { return false }
        relaxation = node
        // Better than known only where the search before was cut off.
        target = program.costs[column] + search.bestObjective
        known = found
        known[column] += 1
        return true
    }

    private mutating func take(_ column: Int) {
        for entry in program.entries[column].prefix(program.columns[column].uses.count) {
            next[entry.row] += Int(entry.coefficient)
        }
        supply = program.supply(supply, after: column) ?? supply
        known[column] -= 1
        target -= program.costs[column]
    }
}
