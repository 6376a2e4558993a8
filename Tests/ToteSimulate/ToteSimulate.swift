import ArgumentParser
import ToteSimulation
import ToteValues

@main
struct ToteSimulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Trips with every kind of fault, checked against SYNC-I1 to I18.")

    @Option(help: "How many trips.") var trips = 1000
    @Option(help: "Seed of the first trip; the next ones count on.") var seed: UInt64 = 1
    @Option(help: "Threads; all cores when 0.") var jobs = 0
    @Option(help: "Plants one bug of cart-sync.md section 10.") var mutant: String?
    @Flag(help: "Plants each of the bugs in turn; a survivor fails.") var mutants = false
    @Option(help: "A harmless change: repushAll, twice, randomRhythm.") var variant: String?
    @Flag(help: "Runs every seed twice and compares the trace hashes.") var twice = false
    @Option(help: "Switches a class of faults off.") var without: [String] = []
    @Flag(help: "Prints each violation.") var verbose = false
    @Flag(help: "Tells in words what happened in the first trip.") var diary = false

    func run() async throws {
        if mutants { return try await runMutants() }
        if let mutant {
            guard let known = Mutant(name: mutant), Mutant.canBePlanted else {
                throw ValidationError("No such bug, or a build without TOTE_MUTANTS: \(mutant)")
            }
            Mutant.plant(known)
        }
        if diary {
            var options = try options()
            options.keepsDiary = true
            let outcome = Campaign.trip(seed, options)
            for line in outcome.diary { print(line) }
            print("faults: \(outcome.faults.joined(separator: ", "))")
            for violation in outcome.violations {
                print("\(violation.invariant.name) at \(violation.time): \(violation.story)")
            }
            return
        }
        let campaign = Campaign(
            trips: trips, seed: seed, jobs: jobs > 0 ? jobs : Machine.cores,
            options: try options())
        let clock = ContinuousClock()
        let began = clock.now
        let result = await campaign.run()
        let wall = clock.now - began
        report(result, seconds: wall.seconds, jobs: campaign.jobs)
        var isSame = true
        if twice {
            let again = await campaign.run().traceHash
            isSame = again == result.traceHash
            print("again           \(hex(again)) \(isSame ? "same" : "DIFFERENT")")
        }
        if !result.violations.isEmpty || !isSame { throw ExitCode(1) }
    }

    private func options() throws -> TripOptions {
        var options = TripOptions()
        if let variant {
            guard let known = TripOptions.Variant(rawValue: variant) else {
                throw ValidationError("No such variant: \(variant)")
            }
            options.variant = known
        }
        for name in without {
            guard let fault = FaultClass.allCases.first(where: { $0.name == name }) else {
                let names = FaultClass.allCases.map(\.name).joined(separator: ", ")
                throw ValidationError("No such class of faults: \(name). There are \(names).")
            }
            options.without.insert(fault)
        }
        return options
    }

    private func report(_ result: Campaign.Result, seconds: Double, jobs: Int) {
        for (name, path) in TripCounts.fields { line(name, "\(result.counts[keyPath: path])") }
        let virtual = Double(result.counts.virtualMilliseconds) / 1000
        line("virtual time", "\(Int(virtual)) s, \(Int(virtual / seconds)) x real time")
        line("wall time", "\(round(seconds, 2)) s on \(jobs) threads")
        line("a trip", "\(round(seconds * 1000 * Double(jobs) / Double(trips), 3)) ms of one core")
        line("trace hash", hex(result.traceHash))
        line("violations", "\(result.violations.count)")
        var shown = 0
        for violation in result.violations where shown < (verbose ? 1000 : 10) {
            print("seed \(violation.seed) \(violation.invariant.name) at \(violation.time) ms:")
            print("    \(violation.story)")
            shown += 1
        }
        if let first = result.violations.first, let options = try? options() {
            let needed = Campaign.shrink(first.seed, options).joined(separator: ", ")
            print("seed \(first.seed) needs these faults: \(needed)")
        }
    }

    private func runMutants() async throws {
        guard Mutant.canBePlanted else {
            throw ValidationError("This build has no bugs to plant: build with -DTOTE_MUTANTS.")
        }
        var survivors = 0
        for mutant in Mutant.allCases {
            let cores = jobs > 0 ? jobs : Machine.cores
            let trial = await MutantTrial.run(mutant, seed: seed, jobs: cores)
            guard let seeds = trial.killedAfter, let violation = trial.violation else {
                survivors += 1
                line("M \(mutant.rawValue) \(mutant.name)", "SURVIVED \(mutant.budget) seeds")
                continue
            }
            let other = violation.invariant == mutant.diesBy ? "" : " for \(mutant.diesBy.name)"
            line(
                "M \(mutant.rawValue) \(mutant.name)",
                "killed by \(violation.invariant.name)\(other) at seed \(seeds) of "
                    + "\(mutant.budget)")
            if verbose { print("    \(violation.story)") }
        }
        line("survivors", "\(survivors)")
        if survivors > 0 { throw ExitCode(1) }
    }

    private func line(_ name: String, _ text: String) {
        let width = mutants ? 34 : 25
        print(name + String(repeating: " ", count: max(1, width - name.count)) + text)
    }

    private func hex(_ number: UInt64) -> String { Hex.encode(number.bigEndianBytes) }

    private func round(_ number: Double, _ digits: Int) -> String {
        let scale = digits == 2 ? 100.0 : 1000.0
        let rounded = Int((number * scale).rounded())
        let fraction = "\(rounded % Int(scale))"
        return "\(rounded / Int(scale))."
            + String(repeating: "0", count: max(0, digits - fraction.count)) + fraction
    }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
