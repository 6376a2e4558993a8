import ToteValues

/// Many trips on several threads; the result does not depend on their number.
package struct Campaign: Sendable {
    package var trips: Int
    package var seed: UInt64
    package var jobs: Int
    package var options: TripOptions
    /// Stops at the first violation.
    package var stopsAtFirst = false

    package init(
        trips: Int, seed: UInt64 = 1, jobs: Int = 1, options: TripOptions = TripOptions(),
        stopsAtFirst: Bool = false
    ) {
        self.trips = trips
        self.seed = seed
        self.jobs = max(1, jobs)
        self.options = options
        self.stopsAtFirst = stopsAtFirst
    }

    /// What came of it.
    package struct Result: Sendable {
        package var counts = TripCounts()
        package var traceHash: UInt64 = 0
        /// By seed.
        package var violations: [Violation] = []

        mutating func add(_ outcome: TripOutcome) {
            counts += outcome.counts
            violations += outcome.violations
            // A sum, so that the order in which threads finish is of no matter.
            var mixed = TraceHash()
            mixed.mix(outcome.seed)
            mixed.mix(outcome.traceHash)
            traceHash &+= mixed.value
        }

        mutating func add(_ other: Result) {
            counts += other.counts
            violations += other.violations
            traceHash &+= other.traceHash
        }
    }

    package static func trip(_ seed: UInt64, _ options: TripOptions) -> TripOutcome {
        Trip(seed: seed, options: options).run()
    }

    package func run() async -> Result {
        var result = Result()
        await withTaskGroup(of: Result.self) { group in
            for job in 0..<jobs {
                group.addTask { part(job) }
            }
            for await part in group { result.add(part) }
        }
        result.violations.sort { ($0.seed, $0.invariant) < ($1.seed, $1.invariant) }
        return result
    }

    /// Every `jobs`-th seed from `job` on.
    private func part(_ job: Int) -> Result {
        var result = Result()
        for index in stride(from: job, to: trips, by: jobs) {
            let outcome = Self.trip(seed &+ UInt64(index), options)
            result.add(outcome)
            if stopsAtFirst, !outcome.violations.isEmpty { break }
        }
        return result
    }

    /// The faults that a failing seed needs: each class is switched off that it fails without.
    package static func shrink(_ seed: UInt64, _ options: TripOptions) -> [String] {
        var options = options
        var needed: [String] = []
        let present = trip(seed, options).faults
        for fault in FaultClass.allCases where present.contains(fault.name) {
            var less = options
            less.without.insert(fault)
            if trip(seed, less).violations.isEmpty {
                needed.append(fault.name)
            } else {
                options = less
            }
        }
        return needed
    }
}
