import ToteBarcodes

/// LRN-5 for every scheme, as lines.
package struct LearnerReport {
    package private(set) var lines: [String] = []
    /// The true template in 99 of 100 sets of each scheme, a wrong one never; each wrong label
    /// named or suspected where the others decide; no contradiction decided; 50 ms a set.
    package private(set) var holds = true
    private var slowest = 0.0

    /// - Throws: `template`, if a scheme cannot be printed.
    package init(sets: Int, labels: Int, seed: UInt64) throws {
        let schemes = LabelScheme.presets + LabelScheme.others
        lines.append("scheme                            exact narrower undecided impossible wrong")
        var all = LearnerTrial.Figures()
        for (index, scheme) in schemes.enumerated() {
            var trial = LearnerTrial(seed: seed &* 1000 &+ UInt64(index))
            let figures = try trial.recover(scheme.template, sets: sets, labels: labels)
            lines.append(Self.line(scheme, figures))
            holds = holds && (figures.exact + figures.narrower) * 100 >= figures.sets * 99
            holds = holds && figures.wrong == 0
            all.add(figures)
            slowest = max(slowest, trial.slowest)
        }
        let countries = Set(schemes.map(\.country)).count
        lines.append(
            "\(schemes.count) schemes of \(countries) countries, \(all.sets) sets of \(labels): "
                + "exact \(all.exact), narrower \(all.narrower), undecided \(all.undecided), "
                + "impossible \(all.impossible), wrong \(all.wrong)")
        try judgeWrongLabels(schemes, sets: sets, seed: seed)
        try judgeContradictions(schemes, sets: sets, seed: seed)
        lines.append("slowest set: \(PhotoReport.decimal(slowest)) ms")
        holds = holds && slowest < 50
    }

    private mutating func judgeWrongLabels(
        _ schemes: [LabelScheme], sets: Int, seed: UInt64
    ) throws {
        var all = LearnerTrial.WrongLabelFigures()
        for (index, scheme) in schemes.enumerated() {
            var trial = LearnerTrial(seed: seed &* 2000 &+ UInt64(index))
            all.add(try trial.findWrongLabel(scheme.template, sets: sets))
            slowest = max(slowest, trial.slowest)
        }
        lines.append(
            "one label wrong, \(all.sets) sets: named \(all.named), among suspects "
                + "\(all.suspected), no template either way \(all.refused), harmless "
                + "\(all.unharmed), missed \(all.missed), wrong template \(all.wrong)")
        holds = holds && all.missed == 0 && all.wrong == 0
    }

    private mutating func judgeContradictions(
        _ schemes: [LabelScheme], sets: Int, seed: UInt64
    ) throws {
        var all = LearnerTrial.Figures()
        var trial = LearnerTrial(seed: seed &* 3000)
        for (index, scheme) in schemes.enumerated() {
            let other = schemes[(index * 7 + 3) % schemes.count]
            guard other.template.text != scheme.template.text else { continue }
            all.add(try trial.contradict(scheme.template, other.template, sets: sets))
        }
        let decided = all.exact + all.narrower + all.wrong
        lines.append(
            "contradictory, \(all.sets) sets: impossible \(all.impossible), undecided "
                + "\(all.undecided), decided \(decided)")
        holds = holds && decided == 0
        slowest = max(slowest, trial.slowest)
    }

    private static func line(
        _ scheme: LabelScheme, _ figures: LearnerTrial.Figures
    ) -> String {
        let padding = String(repeating: " ", count: max(1, 34 - scheme.name.count))
        let counts = [
            (figures.exact, 5), (figures.narrower, 9), (figures.undecided, 10),
            (figures.impossible, 11), (figures.wrong, 6),
        ]
        return scheme.name + padding
            + counts.map { count, width in
                String(repeating: " ", count: max(0, width - "\(count)".count)) + "\(count)"
            }.joined()
    }
}
