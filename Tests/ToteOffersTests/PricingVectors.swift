import ToteOffers
import ToteValues

/// Runs rows of `data/pricing/*.jsonl`: complete cases and optima of one item layer.
enum PricingVectors {
    struct Outcome {
        var passed = 0
        var failed = 0
        var bounded = 0
        var report: [String] = []
    }

    static func run(lines: [JSONValue]) -> Outcome {
        var outcome = Outcome()
        for row in lines {
            let name = row["name"]?.text ?? row["id"]?.text ?? "?"
            do {
                let (problem, proof) = try check(row)
                if proof != .optimal { outcome.bounded += 1 }
                if let problem {
                    outcome.failed += 1
                    outcome.report.append("\(name): \(problem)")
                } else {
                    outcome.passed += 1
                }
            } catch {
                outcome.failed += 1
                outcome.report.append("\(name): \(error)")
            }
        }
        return outcome
    }

    private static func check(_ row: JSONValue) throws -> (String?, PromotionProof) {
        if let expected = row["expected"] { return try checkCase(row, expected) }
        let quote = try optimum(row)
        let wanted = row["optimum"]?.number ?? -1
        let problem = quote.discount == wanted ? nil : "\(quote.discount), not \(wanted)"
        return (problem, quote.proof)
    }

    private static func checkCase(
        _ row: JSONValue, _ expected: JSONValue
    ) throws -> (String?, PromotionProof) {
        let context = try PricingContext(json: JSONField(row["context"] ?? .null))
        let set = PromotionSet(json: row["promotions"]?.items ?? [], layers: context.layers)
        guard set.refusals.isEmpty else { return ("refused \(set.refusals)", .optimal) }
        let lines = try (row["cart"]?.items ?? []).map { try PricingLine(json: JSONField($0)) }
        let quote = try OfferEngine(set).price(
            lines: lines, articles: try articles(row), context: context)
        let found = quote.result.canonicalText
        return (found == expected.canonicalText ? nil : found, quote.proof)
    }

    static func optimum(_ row: JSONValue) throws -> Quote {
        let set = PromotionSet(json: row["promotions"]?.items ?? [])
        let lines = (row["cart"]?.members ?? []).map {
            PricingLine(id: $0.name, sku: $0.name, qty: $0.value.number)
        }
        let context = PricingContext(
            currency: .euro, taxMode: .inclusive, taxRates: ["std": 0], at: "2027-03-03T12:00",
            weekday: "Wed")
        return try OfferEngine(set).price(
            lines: lines, articles: try articles(row), context: context)
    }

    private static func articles(_ row: JSONValue) throws -> [String: Article] {
        try (row["catalogue"]?.items ?? []).map { try Article(json: JSONField($0)) }
            .reduce(into: [:]) { $0[$1.sku] = $1 }
    }
}
