import ToteValues

/// The linear relaxation of a packing program, solved exactly in integers.
///
/// A revised simplex whose basis inverse is kept as adjugate over determinant (`inverse /
/// denominator`), by integer-preserving pivots. Prices make a column enter (primal) after the start
/// from slacks; a changed supply or a new bound is mended by the dual method from the basis at
/// hand. A pivot costs rows² plus the entries of all columns. Every choice is by index, never by
/// chance, so each machine takes the same path; Bland's rule takes over when a vertex is stuck.
struct Simplex {
    enum Outcome { case optimal, infeasible, exhausted }

    /// A bound made by branching: `x ≤ limit` (sign 1) or `−x ≤ limit` (sign −1).
    struct Bound {
        let column: Int
        let sign: Int64
        let limit: Int64
    }

    let program: PackingProgram
    private(set) var supply: [Int64]
    private(set) var bounds: [Bound] = []
    private(set) var denominator: Int64 = 1
    /// Basic variable of each row: a column, or `columns.count + row` for a slack.
    private(set) var basis: [Int]
    /// Values of the basic variables, times `denominator`.
    private(set) var values: [Int64]
    /// Price of each row, times `denominator`; never negative at an optimum.
    private(set) var prices: [Int64]
    private var inverse: [[Int64]]
    private var basic: [Bool]

    init(_ program: PackingProgram) {
        self.program = program
        supply = program.supply
        let rows = program.supply.count
        basis = (0..<rows).map { program.columns.count + $0 }
        values = program.supply
        prices = [Int64](repeating: 0, count: rows)
        inverse = (0..<rows).map { row in (0..<rows).map { $0 == row ? 1 : 0 } }
        basic =
            [Bool](repeating: false, count: program.columns.count)
            + [Bool](repeating: true, count: rows)
    }

    private var columnCount: Int { program.columns.count }
    private var rowCount: Int { basis.count }
    /// Numbers that one pivot touches.
    private var pivotWork: Int { program.flat.rows.count + rowCount * rowCount }

    /// Objective times `denominator`.
    func objective() throws(MoneyError) -> Int128 {
        zip(prices, supply).reduce(Int128(0)) { $0 + Int128($1.0) * Int128($1.1) }
    }

    /// The greatest whole objective that any solution can have.
    func bound() throws(MoneyError) -> Int64 {
        let objective = try objective()
        let (quotient, remainder) = objective.quotientAndRemainder(dividingBy: Int128(denominator))
        guard let bound = Int64(exactly: remainder < 0 ? quotient - 1 : quotient) else {
            throw .overflow
        }
        return bound
    }

    // MARK: changes

    /// The same program with other right-hand sides, without bounds.
    mutating func setSupply(_ supply: [Int64]) throws(MoneyError) {
        self.supply = supply
        for row in basis.indices {
            values[row] = try ExactArithmetic.dot(inverse[row][...], supply)
        }
    }

    /// Adds `x ≤ limit` or `x ≥ −limit` as a row, whose slack is basic.
    mutating func add(_ bound: Bound) throws(MoneyError) {
        let row = basis.firstIndex(of: bound.column)
        var line = [Int64](repeating: 0, count: rowCount + 1)
        if let row {
            for place in 0..<rowCount { line[place] = -bound.sign * inverse[row][place] }
        }
        for place in inverse.indices { inverse[place].append(0) }
        line[rowCount] = denominator
        inverse.append(line)
        let (capacity, overflow) = bound.limit.multipliedReportingOverflow(by: denominator)
        guard !overflow else { throw .overflow }
        values.append(capacity - bound.sign * (row.map { values[$0] } ?? 0))
        basis.append(columnCount + bounds.count + program.supply.count)
        basic.append(true)
        prices.append(0)
        supply.append(bound.limit)
        bounds.append(bound)
    }

    // MARK: reading

    /// Cost minus price of every column, times `denominator`.
    private func gains() throws(MoneyError) -> [Int64] {
        let flat = program.flat
        var gains = [Int64](repeating: 0, count: columnCount)
        for column in 0..<columnCount {
            var sum = ExactSum()
            sum.add(program.costs[column], denominator)
            var place = flat.starts[column]
            let end = flat.starts[column + 1]
            while place < end {
                sum.subtract(flat.coefficients[place], prices[flat.rows[place]])
                place += 1
            }
            gains[column] = try sum.value()
        }
        for (place, bound) in bounds.enumerated() {
            let price = prices[program.supply.count + place]
            gains[bound.column] = try ExactArithmetic.cross(
                gains[bound.column], 1, bound.sign, price, 1)
        }
        return gains
    }

    /// As `gains()`, of one variable.
    private func gain(_ variable: Int) throws(MoneyError) -> Int64 {
        guard variable < columnCount else { return -prices[variable - columnCount] }
        var sum = ExactSum()
        sum.add(program.costs[variable], denominator)
        var place = program.flat.starts[variable]
        let end = program.flat.starts[variable + 1]
        while place < end {
            sum.subtract(program.flat.coefficients[place], prices[program.flat.rows[place]])
            place += 1
        }
        place = 0
        while place < bounds.count {
            if bounds[place].column == variable {
                sum.subtract(bounds[place].sign, prices[program.supply.count + place])
            }
            place += 1
        }
        return try sum.value()
    }

    /// Entries of all columns in one row of the tableau, times `denominator`.
    private func elements(row: Int) throws(MoneyError) -> [Int64] {
        let flat = program.flat
        let line = inverse[row]
        var elements = [Int64](repeating: 0, count: columnCount)
        for column in 0..<columnCount {
            var sum = ExactSum()
            var place = flat.starts[column]
            let end = flat.starts[column + 1]
            while place < end {
                sum.add(flat.coefficients[place], line[flat.rows[place]])
                place += 1
            }
            elements[column] = try sum.value()
        }
        for (place, bound) in bounds.enumerated() {
            elements[bound.column] += bound.sign * line[program.supply.count + place]
        }
        return elements
    }

    /// A variable's column of the tableau, times `denominator`.
    private func column(of variable: Int) throws(MoneyError) -> [Int64] {
        var rows: [Int] = []
        var coefficients: [Int64] = []
        if variable < columnCount {
            let range = program.flat.starts[variable]..<program.flat.starts[variable + 1]
            rows += program.flat.rows[range]
            coefficients += program.flat.coefficients[range]
            for place in bounds.indices where bounds[place].column == variable {
                rows.append(program.supply.count + place)
                coefficients.append(bounds[place].sign)
            }
        } else {
            rows = [variable - columnCount]
            coefficients = [1]
        }
        var column = [Int64](repeating: 0, count: rowCount)
        var row = 0
        while row < rowCount {
            var sum = ExactSum()
            var place = 0
            while place < rows.count {
                sum.add(coefficients[place], inverse[row][rows[place]])
                place += 1
            }
            column[row] = try sum.value()
            row += 1
        }
        return column
    }

    // MARK: primal

    /// From a feasible basis to an optimal one. `work` counts down.
    mutating func maximise(_ work: inout Int) throws(MoneyError) -> Outcome {
        var stuck = 0
        while let (entering, gain) = try entering(bland: stuck > 20) {
            guard work > 0 else { return .exhausted }
            work -= pivotWork
            let column = try column(of: entering)
            // Packing rows are all bounded, so a row always leaves.
            guard let leaving = leaving(column) else { throw .overflow }
            stuck = values[leaving] == 0 ? stuck + 1 : 0
            try pivot(row: leaving, entering, column: column, gain: gain)
        }
        return .optimal
    }

    private func entering(bland: Bool) throws(MoneyError) -> (Int, Int64)? {
        let gains = try gains()
        var best = -1
        var most: Int64 = 0
        var variable = 0
        let count = columnCount + rowCount
        while variable < count {
            let gain =
                variable < columnCount ? gains[variable] : -prices[variable - columnCount]
            if gain > most, !basic[variable] {
                best = variable
                most = gain
                if bland { break }
            }
            variable += 1
        }
        return best < 0 ? nil : (best, most)
    }

    private func leaving(_ column: [Int64]) -> Int? {
        var best: Int?
        for row in 0..<rowCount where column[row] > 0 {
            guard let current = best else {
                best = row
                continue
            }
            let left = Int128(values[row]) * Int128(column[current])
            let right = Int128(values[current]) * Int128(column[row])
            if left < right || (left == right && basis[row] < basis[current]) { best = row }
        }
        return best
    }

    // MARK: dual

    /// From an optimal basis with negative values to an optimal feasible one.
    mutating func repair(_ work: inout Int) throws(MoneyError) -> Outcome {
        var steps = 0
        while let row = violated(bland: steps > 200) {
            guard work > 0 else { return .exhausted }
            work -= pivotWork
            steps += 1
            guard let (entering, gain) = try dualEntering(row) else { return .infeasible }
            let column = try column(of: entering)
            try pivot(row: row, entering, column: column, gain: gain)
        }
        return .optimal
    }

    private func violated(bland: Bool) -> Int? {
        var best = -1
        var row = 0
        while row < values.count {
            if values[row] < 0 {
                if best < 0 {
                    best = row
                } else if bland ? basis[row] < basis[best] : values[row] < values[best] {
                    best = row
                }
            }
            row += 1
        }
        return best < 0 ? nil : best
    }

    private func dualEntering(_ row: Int) throws(MoneyError) -> (Int, Int64)? {
        let elements = try elements(row: row)
        let line = inverse[row]
        var best = -1
        var (bestGain, bestElement): (Int64, Int64) = (0, 0)
        var variable = 0
        let count = columnCount + rowCount
        while variable < count {
            let element =
                variable < columnCount ? elements[variable] : line[variable - columnCount]
            if element < 0, !basic[variable] {
                let gain = try gain(variable)
                if best < 0 || Self.isLess(gain, element, bestGain, bestElement) {
                    best = variable
                    bestGain = gain
                    bestElement = element
                }
            }
            variable += 1
        }
        return best < 0 ? nil : (best, bestGain)
    }

    /// Whether `gain / element` is less than the best so far; all are negative or zero.
    private static func isLess(
        _ gain: Int64, _ element: Int64, _ bestGain: Int64, _ bestElement: Int64
    ) -> Bool {
        let left = gain.multipliedReportingOverflow(by: bestElement)
        let right = bestGain.multipliedReportingOverflow(by: element)
        if left.overflow || right.overflow {
            return Int128(gain) * Int128(bestElement) < Int128(bestGain) * Int128(element)
        }
        return left.partialValue < right.partialValue
    }

    // MARK: pivot

    private mutating func pivot(
        row: Int, _ entering: Int, column: [Int64], gain: Int64
    ) throws(MoneyError) {
        let element = column[row]
        let line = inverse[row]
        let old = denominator
        for place in 0..<rowCount where place != row {
            let factor = column[place]
            if factor == 0, element == old { continue }
            values[place] = try ExactArithmetic.cross(
                element, values[place], factor, values[row], old)
            var other = inverse[place]
            inverse[place] = []
            var index = 0
            while index < other.count {
                if other[index] != 0 || line[index] != 0 {
                    other[index] = try ExactArithmetic.cross(
                        element, other[index], factor, line[index], old)
                }
                index += 1
            }
            inverse[place] = other
        }
        for index in 0..<rowCount {
            prices[index] = try ExactArithmetic.cross(
                element, prices[index], -gain, line[index], old)
        }
        basic[basis[row]] = false
        basic[entering] = true
        basis[row] = entering
        denominator = element
        if element < 0 { negate() }
    }

    private mutating func negate() {
        denominator = -denominator
        var row = 0
        while row < values.count {
            values[row] = -values[row]
            prices[row] = -prices[row]
            var line = inverse[row]
            inverse[row] = []
            var index = 0
            while index < line.count {
                line[index] = -line[index]
                index += 1
            }
            inverse[row] = line
            row += 1
        }
    }
}
