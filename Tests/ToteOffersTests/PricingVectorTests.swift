import Testing
import ToteOffers
import ToteValues

@Suite("Pricing vectors")
struct PricingVectorTests {
    @Test("all 43 cases give the expected result to the byte")
    func cases() throws {
        let outcome = PricingVectors.run(lines: try PricingData.rows(PricingData.cases))
        #expect(outcome.failed == 0, "\(outcome.report.joined(separator: "\n"))")
        #expect(outcome.passed == 43)
        #expect(outcome.bounded == 0)
    }

    @Test(
        "all 240 small carts reach the optimum, proven",
        .enabled(if: PricingData.shared != nil, "no shared data folder"))
    func smallOptima() throws {
        let outcome = PricingVectors.run(
            lines: try PricingData.optima("optimal-small.jsonl"))
        #expect(outcome.failed == 0, "\(outcome.report.joined(separator: "\n"))")
        #expect(outcome.passed == 240)
        #expect(outcome.bounded == 0)
    }

    @Test(
        "a large cart reaches the optimum",
        .enabled(if: PricingData.shared != nil, "no shared data folder"),
        arguments: 0..<36)
    func largeOptimum(_ row: Int) throws {
        let rows = try PricingData.optima("optimal-large.jsonl")
        let outcome = PricingVectors.run(lines: [try #require(rows.dropFirst(row).first)])
        #expect(outcome.failed == 0, "\(outcome.report.joined(separator: "\n"))")
    }
}
