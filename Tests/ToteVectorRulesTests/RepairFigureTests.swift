import Testing
import ToteBarcodes
import ToteValues
import ToteVectorRules

/// The same figures in release and for 10,000 slips: `Tests/vectors repairs 10000`.
@Suite("Repairs of slips")
struct RepairFigureTests {
    @Test("of 100 slips with one repair in the catalogue, 95 in 100 are offered it first")
    func figures() {
        var chance = Steps(seed: 7)
        let catalogue = RepairCatalogue(count: 300, using: &chance)
        #expect(catalogue.numbers.count == 300)
        #expect(catalogue.numbers.allSatisfy { GTIN14($0) != nil })
        var figures = RepairFigures()
        figures.add(count: 100, catalogue: catalogue, using: &chance)
        #expect(figures.slips >= 95)
        #expect(figures.share >= 0.95, "\(figures.report)")
        #expect(figures.decided > 65, "\(figures.report)")
        #expect(figures.unnoticed < 15, "\(figures.report)")
    }

    @Test("neighbours that are listed make a slip undecided, and are not counted as right")
    func undecided() {
        let both = RepairCatalogue(numbers: ["4006381333931", "4006381338936"])
        #expect(both.oneSlipAway(from: "4006381333936").count == 2)
        #expect(both.oneSlipAway(from: "4006381333932") == ["4006381333931"])
        #expect(both.oneSlipAway(from: "5006381338931").isEmpty)
    }

    @Test("a slip changes one digit, or swaps two neighbours")
    func slips() throws {
        var chance = Steps(seed: 1)
        for _ in 0..<200 {
            let swap = try #require(
                RepairFigures.slip("4006381333931", isSwap: true, using: &chance))
            #expect(swap != "4006381333931")
            #expect(swap.sorted() == "4006381333931".sorted())
            let change = try #require(
                RepairFigures.slip("4006381333931", isSwap: false, using: &chance))
            let differing = zip(change, "4006381333931").filter { $0 != $1 }
            #expect(differing.count == 1)
        }
        #expect(RepairFigures.slip("0000", isSwap: true, using: &chance) == nil)
    }
}

private struct Steps: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state >> 32) | (state << 32)
    }
}
