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

    /// Rows proven within half a second of a debug build.
    private static let quick = [1, 7, 9, 13, 17, 20, 21, 22, 24, 25, 27, 28, 31, 32]

    /// The whole file takes a minute in a debug build; `TOTE_SLOW` asks for it.
    @Test(
        "a large cart is priced within its bound, and says when the bound is open",
        .enabled(if: PricingData.shared != nil, "no shared data folder"),
        arguments: PricingData.slow ? Array(0..<36) : Self.quick)
    func largeOptimum(_ row: Int) throws {
        let rows = try PricingData.optima("optimal-large.jsonl")
        let wanted = try #require(rows.dropFirst(row).first)
        let optimum = try #require(wanted["optimum"]?.number)
        let quote = try PricingVectors.optimum(wanted)
        switch quote.proof {
        case .optimal: #expect(quote.discount == optimum)
        case .bounded(let value, let upperBound):
            #expect(PricingData.slow, "this cart was proven before")
            #expect(value == quote.discount)
            #expect((value...upperBound).contains(optimum))
        }
    }
}
