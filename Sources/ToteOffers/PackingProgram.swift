import ToteValues

/// One component of a packing layer as an integer program: how often is each column used?
///
/// Rows are what is scarce: the units of each class, then the applications and the budget of each
/// promotion that has one. The objective `(U+1)·discount − 1` per application puts the greatest
/// discount first and the fewest applications second (OFF-25, OFF-82), U being the units.
struct PackingProgram {
    struct Entry {
        let row: Int
        let coefficient: Int64
    }

    /// `rows` and `coefficients` of column `c` stand at `starts[c]..<starts[c + 1]`.
    struct FlatEntries {
        var starts: [Int] = [0]
        var rows: [Int] = []
        var coefficients: [Int64] = []
    }

    /// Columns of the layer, in the layer's order.
    let columns: [Column]
    let entries: [[Entry]]
    /// The entries of all columns end to end, for the inner loops.
    let flat: FlatEntries
    let costs: [Int64]
    /// Right-hand sides.
    let supply: [Int64]
    /// Classes of the layer that are rows 0…
    let classes: [Int]
    let scale: Int64

    /// - Throws: `overflow` when amounts are too large for exact 64-bit work.
    init(
        columns: [Column], classes: [Int], counts: [Int], limits: [Int: Int64],
        budgets: [Int: Int64]
    ) throws(MoneyError) {
        let units = classes.reduce(0) { $0 + counts[$1] }
        var supply = classes.map { Int64(counts[$0]) }
        let rowOfClass = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
        var limitRows: [Int: Int] = [:]
        var budgetRows: [Int: Int] = [:]
        for promotion in Set(columns.map(\.promotion)).sorted() {
            if let limit = limits[promotion] {
                limitRows[promotion] = supply.count
                supply.append(limit)
            }
            if let budget = budgets[promotion] {
                budgetRows[promotion] = supply.count
                supply.append(budget)
            }
        }
        self.columns = columns
        self.classes = classes
        self.supply = supply
        scale = Int64(units) + 1
        let entries = columns.map { column in
            var entries = column.uses.map {
                Entry(row: rowOfClass[$0.unitClass] ?? 0, coefficient: Int64($0.count))
            }
            if let row = limitRows[column.promotion] {
                entries.append(Entry(row: row, coefficient: 1))
            }
            if let row = budgetRows[column.promotion] {
                entries.append(Entry(row: row, coefficient: column.discount))
            }
            return entries
        }
        self.entries = entries
        var flat = FlatEntries()
        for list in entries {
            flat.rows += list.map(\.row)
            flat.coefficients += list.map(\.coefficient)
            flat.starts.append(flat.rows.count)
        }
        self.flat = flat
        var costs: [Int64] = []
        for column in columns {
            let (product, overflow) = column.discount.multipliedReportingOverflow(by: scale)
            guard !overflow else { throw .overflow }
            costs.append(product - 1)
        }
        self.costs = costs
    }

    /// The discount in an objective value of `applications` applications or fewer.
    func discount(atMost objective: Int64) -> Int64 {
        (objective + scale - 1) / scale
    }

    func objective(_ times: [Int64]) -> Int64 {
        var sum: Int64 = 0
        var column = 0
        while column < times.count {
            if times[column] != 0 { sum += times[column] * costs[column] }
            column += 1
        }
        return sum
    }

    /// What is left of `supply` after one use; `nil` when it does not fit.
    func supply(_ supply: [Int64], after column: Int, times: Int64 = 1) -> [Int64]? {
        var left = supply
        for entry in entries[column] {
            left[entry.row] -= entry.coefficient * times
            if left[entry.row] < 0 { return nil }
        }
        return left
    }

    func hasRoom(for column: Int, in supply: [Int64]) -> Bool {
        var place = flat.starts[column]
        while place < flat.starts[column + 1] {
            if supply[flat.rows[place]] < flat.coefficients[place] { return false }
            place += 1
        }
        return true
    }

    /// How often a column still fits.
    func room(for column: Int, in supply: [Int64]) -> Int64 {
        entries[column].reduce(Int64.max) { min($0, supply[$1.row] / $1.coefficient) }
    }
}
