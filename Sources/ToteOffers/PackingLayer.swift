import ToteValues

/// One packing layer (section 3.3): columns, components, exact search, order, shares.
struct PackingLayer {
    struct Application {
        /// Index among the promotions of the layer.
        let promotion: Int
        /// Canonical units, ascending.
        let participants: [Int]
        let discount: Int64
    }

    struct Outcome {
        var applications: [Application] = []
        var proof = LayerProof()
        /// By index among the promotions of the layer.
        var findings: [Finding] = []
    }

    let promotions: [RunningPromotion]
    let classes: [UnitClass]
    private var results: [ColumnRules.Result] = []

    init(_ promotions: [RunningPromotion], cart: CartUnits) throws(MoneyError) {
        self.promotions = promotions
        classes = UnitClass.classes(of: cart)
        for (index, running) in promotions.enumerated() {
            let rules = ColumnRules(
                promotion: running.promotion, index: index, classes: classes)
            results.append(try rules.result())
        }
    }

    func outcome(_ cart: CartUnits) throws(MoneyError) -> Outcome {
        var outcome = Outcome()
        let columns = results.enumerated().flatMap { index, result in
            result.columns.filter { isAllowed($0, promotions[index]) }
        }
        let components = PackingComponents.split(
            columns, classes: classes, binding: bindingPromotions)
        for component in components {
            let part = try solve(component)
            outcome.applications += part.applications
            outcome.proof = outcome.proof + part.proof
        }
        outcome.applications.sort { ($0.participants[0]) < ($1.participants[0]) }
        outcome.findings = findings(outcome.applications, cart)
        return outcome
    }

    private func isAllowed(_ column: Column, _ running: RunningPromotion) -> Bool {
        guard running.limit != 0 else { return false }
        return running.promotion.budgetRemaining.map { column.discount <= $0 } ?? true
    }

    /// Promotions whose limit or budget can bind over all their classes.
    private var bindingPromotions: Set<Int> {
        Set(
            promotions.indices.filter { index in
                let units = results[index].eligible.reduce(0) { $0 + classes[$1].count }
                let most = units / max(1, promotions[index].promotion.kind.unitsPerApplication)
                if let limit = promotions[index].limit, limit < most { return true }
                guard let budget = promotions[index].promotion.budgetRemaining else {
                    return false
                }
                let worth = results[index].columns.map(\.discount).max() ?? 0
                return Int128(budget) < Int128(worth) * Int128(most)
            })
    }

    // MARK: one component

    private func solve(_ columns: [Column]) throws(MoneyError) -> Outcome {
        let used = Set(columns.flatMap { $0.uses.map(\.unitClass) }).sorted()
        let binding = bindingPromotions
        var limits: [Int: Int64] = [:]
        var budgets: [Int: Int64] = [:]
        for index in Set(columns.map(\.promotion)) where binding.contains(index) {
            limits[index] = promotions[index].limit
            budgets[index] = promotions[index].promotion.budgetRemaining
        }
        let program = try PackingProgram(
            columns: columns, classes: used, counts: classes.map(\.count), limits: limits,
            budgets: budgets)
        var search = PackingSearch(program)
        let relaxation = search.relax()
        if let relaxation { search.solve(from: relaxation) } else { search.solveByWorth() }
        let solution = search.best ?? columns.map { _ in 0 }
        var order = PackingOrder(
            program, layer: classes, ids: promotions.map(\.promotion.id), relaxation: relaxation,
            solution: solution, isProven: relaxation != nil && search.isComplete)
        var outcome = Outcome()
        outcome.applications = order.applications().map {
            Application(
                promotion: columns[$0.column].promotion, participants: $0.participants,
                discount: columns[$0.column].discount)
        }
        outcome.proof = proof(program, search, solution, relaxation)
        return outcome
    }

    private func proof(
        _ program: PackingProgram, _ search: PackingSearch, _ solution: [Int64],
        _ relaxation: Simplex?
    ) -> LayerProof {
        let value = zip(solution, program.columns).reduce(0) { $0 + $1.0 * $1.1.discount }
        let enumerated = program.columns.allSatisfy { results[$0.promotion].complete }
        let everything = program.classes.reduce(Int64(0)) {
            $0 + classes[$1].net * Int64(classes[$1].count)
        }
        var upperBound = everything
        if enumerated, relaxation != nil {
            upperBound =
                search.isComplete
                ? value : min(everything, program.discount(atMost: search.openBound))
        }
        return LayerProof(
            value: value, upperBound: max(value, upperBound),
            isComplete: enumerated && (search.isComplete || upperBound == value))
    }

    // MARK: what became of each promotion

    private func findings(_ applications: [Application], _ cart: CartUnits) -> [Finding] {
        let applied = Set(applications.map(\.promotion))
        var takers: [Int: String] = [:]
        for application in applications {
            for unit in application.participants {
                takers[unit] = promotions[application.promotion].promotion.id
            }
        }
        return promotions.indices.map { index in
            applied.contains(index) ? .applied : finding(index, takers: takers, cart)
        }
    }

    private func finding(_ index: Int, takers: [Int: String], _ cart: CartUnits) -> Finding {
        let (running, result) = (promotions[index], results[index])
        if result.eligible.isEmpty { return closedOrAbsent(running.promotion, cart) }
        if let limit = running.limit, limit == 0 {
            return .limitReached(
                limit: running.promotion.perMember ?? running.promotion.maxApplications ?? 0,
                used: running.used)
        }
        if !result.missing.isEmpty { return .needMore(result.missing) }
        if result.columns.isEmpty {
            let skus = result.eligible.map { classes[$0].key.sku }
            return result.hasNoWeight ? .noWeight(skus) : .rejected(.noSaving)
        }
        if let left = running.promotion.budgetRemaining,
            !result.columns.contains(where: { $0.discount <= left })
        {
            return .budgetExhausted(left: left)
        }
        let units = result.eligible.flatMap { classes[$0].units }
        return .beatenBy(Set(units.compactMap { takers[$0] }).sortedByBytes())
    }

    private func closedOrAbsent(_ promotion: Promotion, _ cart: CartUnits) -> Finding {
        let closed = cart.articles.filter { article in
            promotion.selectors.contains { $0.matches(article) }
        }
        guard !closed.isEmpty else { return .rejected(.nothingEligible) }
        return .closedToOffers(Set(closed.map(\.sku)).sortedByBytes())
    }
}
