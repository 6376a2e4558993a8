import Testing
import ToteVectorRules

@Suite("The learner on schemes that are known")
struct LearnerTrialTests {
    private static let schemes = LabelScheme.presets + LabelScheme.others

    @Test("eight labels are enough for the scheme of every country known")
    func countries() throws {
        var recovered: Set<String> = []
        for (index, scheme) in Self.schemes.enumerated() {
            var trial = LearnerTrial(seed: UInt64(800 + index))
            let figures = try trial.recover(scheme.template, sets: 3, labels: 8)
            #expect(figures.wrong == 0, "\(scheme.name)")
            if figures.exact > 0 { recovered.insert(scheme.country) }
        }
        #expect(recovered.count == Set(Self.schemes.map(\.country)).count)
        #expect(recovered.count >= 10)
    }

    @Test("random sets of ten give the true template, and never a wrong one")
    func presets() throws {
        let report = try LearnerReport(sets: 4, labels: 10, seed: 4)
        let summary = report.lines.filter { $0.contains(" sets") }
        #expect(summary.count == 3)
        #expect(summary[0].hasSuffix("impossible 0, wrong 0"), "\(summary[0])")
        #expect(summary[1].hasSuffix("missed 0, wrong template 0"), "\(summary[1])")
        #expect(summary[2].hasSuffix("decided 0"), "\(summary[2])")
    }
}
