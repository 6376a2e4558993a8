import ToteVectorRules

/// `vectors learner N`: N sets of labels for each scheme known, each set learned from (LRN-5).
struct LearnerVectors {
    private let sets: Int
    private var seed: UInt64 = 1
    private var labels = LearnerTrial.labelsPerSet

    init(_ arguments: [String]) throws {
        guard let sets = arguments.first.flatMap({ Int($0) }), sets > 0 else {
            throw UsageError(message: "learner needs a number of sets")
        }
        self.sets = sets
        var rest = arguments.dropFirst()
        while let option = rest.popFirst() {
            switch (option, rest.popFirst().flatMap { UInt64($0) }) {
            case ("--seed", let value?): seed = value
            case ("--labels", let value?) where (3...64).contains(value): labels = Int(value)
            default: throw UsageError(message: "unknown option or value: \(option)")
            }
        }
    }

    /// - Returns: whether LRN-5 holds.
    func run() throws -> Bool {
        let report = try LearnerReport(sets: sets, labels: labels, seed: seed)
        for line in report.lines { print(line) }
        return report.holds
    }
}
