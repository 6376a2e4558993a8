import Testing
import ToteSimulation

@Suite("Simulated trips")
struct SimulationTests {
    @Test("fifty trips with every kind of fault break no promise (SYNC-70)")
    func trips() async {
        var options = TripOptions()
        options.without = [.restore, .rollback]
        let result = await Campaign(trips: 50, seed: 1, jobs: 2, options: options).run()
        #expect(result.violations.isEmpty, "\(result.violations)")
        #expect(result.counts.scans > 500)
        #expect(result.counts.phoneCrashes > 10)
        #expect(result.counts.storeCrashes > 10)
        #expect(result.counts.captures > 25)
    }

    @Test("a seed gives the same trace again, on any number of threads (SYNC-73)")
    func repeatable() async {
        let one = await Campaign(trips: 12, seed: 700, jobs: 1).run()
        let three = await Campaign(trips: 12, seed: 700, jobs: 3).run()
        #expect(one.traceHash == three.traceHash)
        #expect(one.counts == three.counts)
        let others = await Campaign(trips: 12, seed: 712, jobs: 1).run()
        #expect(one.traceHash != others.traceHash)
    }
}
