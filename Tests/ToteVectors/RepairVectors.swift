import ToteValues
import ToteVectorRules

/// `repairs N`: how often the repair offered first is right, over N slips.
struct RepairVectors {
    /// Articles of the catalogue that is made for it.
    private static let articles = 5000
    /// What DIAG-1 promises.
    private static let promised = 0.95

    private let count: Int
    private let seed: UInt64

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        guard let first = rest.popFirst(), let count = Int(first), (1...1_000_000).contains(count)
        else { throw UsageError(message: "repairs wants a number of slips") }
        self.count = count
        guard let option = rest.popFirst() else {
            seed = 0
            return
        }
        guard option == "--seed", let text = rest.popFirst(), let seed = UInt64(text),
            rest.isEmpty
        else { throw UsageError(message: "unknown option \(option)") }
        self.seed = seed
    }

    /// `false` when fewer are right than promised.
    func run() -> Bool {
        var chance = SeededChance(seed: seed)
        let catalogue = RepairCatalogue(count: Self.articles, using: &chance)
        var figures = RepairFigures()
        figures.add(count: count, catalogue: catalogue, using: &chance)
        print("catalogue of \(catalogue.numbers.count) articles, seed \(seed)")
        print(figures.report)
        for wrong in figures.missed.prefix(20) { print("not offered first: \(wrong)") }
        return figures.share >= Self.promised
    }
}
