package import ToteBarcodes
import ToteValues

/// Lets the learner find templates that are known, and counts (LRN-5).
package struct LearnerTrial {
    /// What became of one kind of set.
    package struct Figures: Equatable {
        package var sets = 0
        /// The very template.
        package var exact = 0
        /// One whose literal is longer: it reads the same in every label that it reads.
        package var narrower = 0
        package var undecided = 0
        package var impossible = 0
        /// A template that reads something else.
        package var wrong = 0

        package init() {}

        mutating func add(_ other: Figures) {
            sets += other.sets
            exact += other.exact
            narrower += other.narrower
            undecided += other.undecided
            impossible += other.impossible
            wrong += other.wrong
        }
    }

    /// Sets with one label made wrong.
    package struct WrongLabelFigures: Equatable {
        package var sets = 0
        /// That label was named, or one of two that contradict each other.
        package var named = 0
        package var suspected = 0
        /// Other answers without a template.
        package var refused = 0
        /// The true template all the same: an article never named can not be misnamed.
        package var unharmed = 0
        /// The rest decides, but the label was not named.
        package var missed = 0
        package var wrong = 0

        package init() {}

        mutating func add(_ other: WrongLabelFigures) {
            sets += other.sets
            named += other.named
            suspected += other.suspected
            refused += other.refused
            unharmed += other.unharmed
            missed += other.missed
            wrong += other.wrong
        }
    }

    package static let labelsPerSet = 10

    private var chance: SeededChance
    /// The slowest answer, in milliseconds of the thread's time.
    package private(set) var slowest = 0.0

    package init(seed: UInt64) { chance = SeededChance(seed: seed) }

    /// Sets of right labels.
    package mutating func recover(
        _ template: MeasureTemplate, sets: Int, labels: Int = labelsPerSet
    ) throws -> Figures {
        var figures = Figures()
        for _ in 0..<sets {
            let examples = try press(template, labels).labels(labels, using: &chance)
            figures.sets += 1
            count(try answer(examples), template, into: &figures)
        }
        return figures
    }

    /// Sets of which one label was read or noted wrongly.
    package mutating func findWrongLabel(
        _ template: MeasureTemplate, sets: Int
    ) throws -> WrongLabelFigures {
        var figures = WrongLabelFigures()
        for _ in 0..<sets {
            var examples = try press(template, Self.labelsPerSet)
                .labels(Self.labelsPerSet, using: &chance)
            let culprit = Int.random(in: examples.indices, using: &chance)
            guard let spoilt = try spoil(examples, culprit) else { continue }
            var others = examples
            others.remove(at: culprit)
            examples[culprit] = spoilt
            figures.sets += 1
            try count(examples, culprit, others, template, into: &figures)
        }
        return figures
    }

    /// Sets of labels that no template explains: values that belong to other labels, or the
    /// labels of two schemes.
    package mutating func contradict(
        _ template: MeasureTemplate, _ other: MeasureTemplate, sets: Int
    ) throws -> Figures {
        var figures = Figures()
        for index in 0..<sets {
            let half = Self.labelsPerSet / 2
            var examples = try press(template, half).labels(half, using: &chance)
            if index.isMultiple(of: 2) {
                examples += try press(other, half).labels(half, using: &chance)
            } else {
                let values = examples.map(\.value)
                examples = try examples.indices.map { label in
                    try LabelledExample(
                        code: examples[label].code, item: examples[label].item,
                        value: values[(label + 1) % values.count], unit: examples[label].unit)
                }
            }
            figures.sets += 1
            count(try answer(examples), template, into: &figures)
        }
        return figures
    }

    /// Two to five labels of each article: nobody prints one of each.
    private mutating func press(_ template: MeasureTemplate, _ labels: Int) -> LabelPress {
        let namings = LabelPress.Naming.allCases
        let naming = namings[Int.random(in: namings.indices, using: &chance)]
        let articles = Int.random(in: labels * 2 / 5...labels * 7 / 10, using: &chance)
        return LabelPress(template, naming: naming, articles: articles, using: &chance)
    }

    private mutating func answer(_ examples: [LabelledExample]) throws -> LearnResult {
        let start = PhotoEngine.threadMilliseconds()
        let result = try learn(examples)
        slowest = max(slowest, PhotoEngine.threadMilliseconds() - start)
        return result
    }

    private func count(
        _ result: LearnResult, _ template: MeasureTemplate, into figures: inout Figures
    ) {
        switch result {
        case .decided(let found, _) where Self.isSame(found, template): figures.exact += 1
        case .decided(let found, _) where Self.isNarrower(found, template): figures.narrower += 1
        case .decided: figures.wrong += 1
        case .undecided: figures.undecided += 1
        case .impossible: figures.impossible += 1
        }
    }

    private static func isSame(_ found: MeasureTemplate, _ template: MeasureTemplate) -> Bool {
        found.text == template.text && found.scale == template.scale
            && found.unit == template.unit
    }

    /// Same places and scale, and no less of the literal.
    private static func isNarrower(
        _ found: MeasureTemplate, _ template: MeasureTemplate
    ) -> Bool {
        let shape = TemplateShape(found)
        let wanted = TemplateShape(template)
        return shape.letters == wanted.letters && shape.scale == wanted.scale
            && shape.articleDigits <= wanted.articleDigits && found.unit == template.unit
    }

    private mutating func spoil(
        _ examples: [LabelledExample], _ culprit: Int
    ) throws -> LabelledExample? {
        let right = examples[culprit]
        switch Int.random(in: 0..<3, using: &chance) {
        case 0:
            let value = Int64.random(in: 1...99_999, using: &chance)
            guard value != right.value else { return nil }
            return try LabelledExample(
                code: right.code, item: right.item, value: value, unit: right.unit)
        case 1:
            var digits = Array(right.code.utf8)
            let index = Int.random(in: digits.indices, using: &chance)
            let step = UInt8.random(in: 1...9, using: &chance)
            digits[index] = 0x30 + (digits[index] - 0x30 + step) % 10
            return try LabelledExample(
                code: String(decoding: digits, as: UTF8.self), item: right.item,
                value: right.value, unit: right.unit)
        default:
            guard let item = right.item, let other = examples.first(where: { $0.item != item })
            else { return nil }
            return try LabelledExample(
                code: right.code, item: other.item, value: right.value, unit: right.unit)
        }
    }

    private mutating func count(
        _ examples: [LabelledExample], _ culprit: Int, _ others: [LabelledExample],
        _ template: MeasureTemplate, into figures: inout WrongLabelFigures
    ) throws {
        switch try answer(examples) {
        case .decided(let found, _):
            if Self.isSame(found, template) { figures.unharmed += 1 } else { figures.wrong += 1 }
        case .impossible(let conflict) where conflict.labels == [culprit]: figures.named += 1
        case .impossible(let conflict) where conflict.labels.contains(culprit):
            figures.suspected += 1
        case .impossible, .undecided:
            if case .decided = try learn(others) {
                figures.missed += 1
            } else {
                figures.refused += 1
            }
        }
    }
}
