import ToteValues

/// Branch and bound over the columns of one component.
///
/// Each node holds the exact relaxation; its price bounds all solutions below, its whole part,
/// filled up by price, is a solution. The column with most at stake is branched on. Work is counted
/// in numbers touched by pivots, never in time, so the same input stops at the same place on every
/// machine (OFF-84).
struct PackingSearch {
    /// Numbers touched per component; a pivot touches its entries and the square of its rows.
    static let workLimit = 8_000_000

    let program: PackingProgram
    var work = PackingSearch.workLimit
    /// False once a node had to be left open.
    private(set) var isComplete = true
    private(set) var best: [Int64]?
    private(set) var bestObjective: Int64 = -1
    /// Greatest bound of the nodes left open.
    private(set) var openBound: Int64 = -1
    private var target: Int64 = .max
    private var fillOrder: [Int] = []

    init(_ program: PackingProgram) { self.program = program }

    /// The best solution below `root`, an optimal relaxation; or the first one that reaches
    /// `target`. Without any solution above `floor`, `best` stays nil.
    mutating func solve(
        from root: Simplex, above floor: Int64 = -1, target: Int64 = .max
    ) {
        best = nil
        bestObjective = floor
        openBound = -1
        isComplete = true
        self.target = target
        fillOrder = slackOrder(root)
        visit(root, parent: .max, depth: 0)
    }

    private mutating func visit(_ node: Simplex, parent: Int64, depth: Int) {
        guard bestObjective < target else { return }
        do throws(MoneyError) {
            let bound = try node.bound()
            guard bound > bestObjective else { return }
            let fractional = undecided(node)
            record(rounded(node, supply: whole(node)))
            guard let fractional, bound > bestObjective, bestObjective < target else { return }
            guard depth < 400 else { return leaveOpen(bound) }
            try branch(node, fractional, bound: bound, depth: depth)
        } catch {
            leaveOpen(parent)
        }
    }

    private mutating func branch(
        _ node: Simplex, _ row: Int, bound: Int64, depth: Int
    ) throws(MoneyError) {
        let column = node.basis[row]
        let below = node.values[row] / node.denominator
        for side in [
            Simplex.Bound(column: column, sign: -1, limit: -(below + 1)),
            Simplex.Bound(column: column, sign: 1, limit: below),
        ] {
            var child = node
            do throws(MoneyError) {
                try child.add(side)
                switch try child.repair(&work) {
                case .optimal: visit(child, parent: bound, depth: depth + 1)
                case .infeasible: continue
                case .exhausted: leaveOpen(bound)
                }
            } catch { leaveOpen(bound) }
        }
    }

    private mutating func leaveOpen(_ bound: Int64) {
        isComplete = false
        openBound = max(openBound, bound)
    }

    /// The row whose column has most at stake between its two whole neighbours; the lowest column
    /// on a tie.
    private func undecided(_ node: Simplex) -> Int? {
        var best: (row: Int, stake: Int128)?
        for row in node.basis.indices where node.basis[row] < program.columns.count {
            let part = node.values[row] % node.denominator
            guard part != 0 else { continue }
            let stake =
                Int128(min(part, node.denominator - part))
                * Int128(program.costs[node.basis[row]])
            guard let current = best else {
                best = (row, stake)
                continue
            }
            if (stake, node.basis[current.row]) > (current.stake, node.basis[row]) {
                best = (row, stake)
            }
        }
        return best?.row
    }

    private func whole(_ node: Simplex) -> [Int64] {
        var times = [Int64](repeating: 0, count: program.columns.count)
        for row in node.basis.indices where node.basis[row] < times.count {
            times[node.basis[row]] = node.values[row] / node.denominator
        }
        return times
    }

    /// Fills a whole part up with the columns that give up least against the root's prices.
    private func rounded(_ node: Simplex, supply times: [Int64]) -> [Int64] {
        var times = times
        var left = Array(node.supply.prefix(program.supply.count))
        for row in node.basis.indices where node.basis[row] < program.columns.count {
            let column = node.basis[row]
            guard times[column] > 0 else { continue }
            left = program.supply(left, after: column, times: times[column]) ?? left
        }
        for column in fillOrder where program.hasRoom(for: column, in: left) {
            let room = program.room(for: column, in: left)
            times[column] += room
            left = program.supply(left, after: column, times: room) ?? left
        }
        return times
    }

    private func slackOrder(_ root: Simplex) -> [Int] {
        let slack = program.columns.indices.map { column in
            program.entries[column].reduce(
                Int128(-program.costs[column]) * Int128(root.denominator)
            ) { $0 + Int128($1.coefficient) * Int128(root.prices[$1.row]) }
        }
        return program.columns.indices.sorted { (slack[$0], $0) < (slack[$1], $1) }
    }

    /// Keeps a solution that nothing proves to be best.
    private mutating func accept(_ times: [Int64]) {
        isComplete = false
        record(times)
    }

    private mutating func record(_ times: [Int64]) {
        let objective = program.objective(times)
        guard objective > bestObjective else { return }
        best = times
        bestObjective = objective
    }
}

extension PackingSearch {
    /// The relaxation of the whole component; `nil` when it cannot be finished in exact 64-bit work
    /// or within the work.
    mutating func relax() -> Simplex? {
        var simplex = Simplex(program)
        do throws(MoneyError) {
            return try simplex.maximise(&work) == .optimal ? simplex : nil
        } catch {
            return nil
        }
    }

    /// Without a relaxation: columns by worth, as often as they fit. Claims nothing.
    mutating func solveByWorth() {
        var left = program.supply
        var times = [Int64](repeating: 0, count: program.columns.count)
        let order = program.columns.indices.sorted {
            (program.costs[$1], $0) < (program.costs[$0], $1)
        }
        for column in order {
            let room = program.room(for: column, in: left)
            guard room > 0 else { continue }
            times[column] = room
            left = program.supply(left, after: column, times: room) ?? left
        }
        accept(times)
    }
}
