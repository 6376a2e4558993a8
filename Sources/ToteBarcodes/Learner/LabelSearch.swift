/// The layouts that read a set of labels, and what is to be said about them.
struct LabelSearch {
    private let labels: LabelSet
    private let checks: Bool
    /// Best first.
    private var trials: [LabelTrial] = []
    private var verifies = false
    /// Verifiers agree, but of too few values to be believed.
    private var mayVerify = false
    private var isNumbered = false

    /// - Throws: when no layout is left.
    init(_ labels: LabelSet) throws(LabelContradiction) {
        self.labels = labels
        checks =
            try labels.checkDigits.map { (right) throws(LabelContradiction) in
                try Self.isClaim(right, orThrow: .checkDigit)
            } ?? false
        let layouts = LabelLayout.all(length: labels.length, shared: labels.shared)
        trials = layouts.compactMap { LabelTrial(labels, $0) }
        try keep(or: .values) { _ in true }
        try keepNumbered()
        try keepVerified()
        try keep(or: .items, where: keepsItemsApart)
        dropIdleMiddles()
        trials = longestLiterals()
    }

    /// Whether all labels pass a check; when most do but not all, those that do not are wrong.
    private static func isClaim(
        _ passes: [Bool], orThrow reason: LabelConflict.Reason
    ) throws(LabelContradiction) -> Bool {
        let count = Self.count(passes)
        guard count * 2 > passes.count else { return false }
        guard count == passes.count else { throw LabelContradiction(reason: reason) }
        return true
    }

    private static func count(_ passes: [Bool]) -> Int { passes.count(where: \.self) }

    private mutating func keep(
        or reason: LabelConflict.Reason, where isKept: (LabelTrial) -> Bool
    ) throws(LabelContradiction) {
        trials = trials.filter(isKept)
        if trials.isEmpty { throw LabelContradiction(reason: reason) }
    }

    // MARK: Items

    /// Clerks that know the article's number write it down: then it shows where it stands.
    private mutating func keepNumbered() throws(LabelContradiction) {
        let items = Set(labels.examples.compactMap(\.item))
        guard items.count >= TemplateLearner.fewestArticles else { return }
        let scores = trials.map { numbered($0, isExact: false) }
        guard let most = scores.max(by: { Self.count($0) < Self.count($1) }),
            try Self.isClaim(most, orThrow: .itemNumber)
        else { return }
        trials = zip(trials, scores).filter { $1.allSatisfy(\.self) }.map(\.0)
        let exact = trials.filter { numbered($0, isExact: true).allSatisfy(\.self) }
        guard !exact.isEmpty else { return }
        trials = exact
        isNumbered = true
    }

    /// Per label with an item: whether that is the article's number, in full or without its
    /// leading zeros.
    private func numbered(_ trial: LabelTrial, isExact: Bool) -> [Bool] {
        labels.examples.indices.compactMap { label in
            guard let item = labels.examples[label].item else { return nil }
            guard (1...18).contains(item.utf8.count), item.utf8.allSatisfy(\.isDigit) else {
                return false
            }
            return isExact
                ? item == labels.text(label, trial.layout.articleStart, trial.layout.article)
                : Int64(item) == trial.articles[label]
        }
    }

    /// One article, one number; one number, one article.
    private func keepsItemsApart(_ trial: LabelTrial) -> Bool {
        var numbers: [String: Int64] = [:]
        var items: [Int64: String] = [:]
        for (label, example) in labels.examples.enumerated() {
            guard let item = example.item else { continue }
            let number = trial.articles[label]
            guard numbers[item, default: number] == number, items[number, default: item] == item
            else { return false }
            numbers[item] = number
            items[number] = item
        }
        return true
    }

    // MARK: The digit between

    /// Where verifiers of enough values are right, that is no chance: no other layout explains it.
    private mutating func keepVerified() throws(LabelContradiction) {
        var verified: [LabelTrial] = []
        var isBroken = false
        for trial in trials where trial.layout.hasMiddle {
            let right = zip(trial.values, trial.verifierIsRight).filter(\.1).map(\.0)
            let isAll = right.count == trial.values.count
            // A digit that stayed the same for an article is the less likely to be a verifier.
            guard Set(right).count - repeats(trial) >= TemplateLearner.fewestVerifiers else {
                if isAll { mayVerify = true }
                continue
            }
            if isAll { verified.append(trial) }
            if !isAll, right.count * 2 > trial.values.count { isBroken = true }
        }
        guard verified.isEmpty else {
            trials = verified
            verifies = true
            return
        }
        if isBroken { throw LabelContradiction(reason: .verifier) }
    }

    /// A digit that never changes for an article, however its value does, is the article's.
    private mutating func dropIdleMiddles() {
        guard !verifies, !mayVerify else { return }
        let layouts = Set(trials.map(\.layout))
        trials = trials.filter { trial in
            !trial.layout.hasMiddle || !layouts.contains(trial.layout.widened)
                || repeats(trial) < TemplateLearner.fewestRepeats
        }
    }

    /// How often an article came again with another value and the same digit between; 0 if that
    /// digit ever differed.
    private func repeats(_ trial: LabelTrial) -> Int {
        var middles: [Int64: UInt8] = [:]
        var values: [Int64: Set<Int64>] = [:]
        for (label, article) in trial.articles.enumerated() {
            let middle = trial.middles[label]
            guard middles[article, default: middle] == middle else { return 0 }
            middles[article] = middle
            values[article, default: []].insert(trial.values[label])
        }
        return values.values.reduce(0) { $0 + $1.count - 1 }
    }

    // MARK: The literal

    /// Layouts that differ only in the length of the literal read every label alike; the longest
    /// claims the least of labels not seen. But a digit behind the usual prefix is the article's
    /// until enough articles share it.
    private func longestLiterals() -> [LabelTrial] {
        guard !isNumbered else { return trials }
        let groups = Dictionary(grouping: trials, by: \.layout.withoutPrefix)
        return trials.filter { trial in
            let alike = groups[trial.layout.withoutPrefix] ?? []
            let longest = alike.map(\.layout.prefix).max() ?? 0
            if Set(trial.articles).count >= TemplateLearner.fewestSharing {
                return trial.layout.prefix == longest
            }
            return trial.layout.prefix >= min(longest, usualPrefix)
        }
    }

    /// Two digits of a GTIN-13 are the country's choice, one of a UPC-A.
    private var usualPrefix: Int { labels.length == 12 ? 1 : 2 }

    // MARK: The answer

    /// LRN-2.
    var result: LearnResult {
        let best = trials.sorted { rank($0) < rank($1) }
        guard let first = best.first, let template = template(first, verifies: verifies) else {
            return .undecided([], askFor: .otherValues)
        }
        if let request = request(best) {
            let marked = mayVerify && !verifies ? best.filter(\.isVerified) : []
            let templates =
                marked.compactMap { self.template($0, verifies: true) }
                + best.compactMap { self.template($0, verifies: verifies) }
            return .undecided(templates, askFor: request)
        }
        return .decided(template, evidence(first))
    }

    /// Without a digit that says nothing, then by the longer literal and value.
    private func rank(_ trial: LabelTrial) -> Int {
        let layout = trial.layout
        return (layout.hasMiddle && !verifies ? 100 : 0) + (layout.order == .valueFirst ? 50 : 0)
            - layout.prefix * 10 - layout.value
    }

    private func request(_ best: [LabelTrial]) -> LabelRequest? {
        guard let first = best.first, Set(first.values).count >= TemplateLearner.fewestValues,
            !mayVerify || verifies
        else { return .otherValues }
        for other in best.dropFirst() where other.layout.value != first.layout.value {
            return sizeRequest(first, other)
        }
        for other in best.dropFirst() where other.layout.hasMiddle != first.layout.hasMiddle {
            return .sameArticle
        }
        guard best.count == 1, Set(first.articles).count >= TemplateLearner.fewestArticles else {
            return best.count == 1 || Set(best.map(\.layout.withoutPrefix)).count == 1
                ? .otherArticles : .otherValues
        }
        return isOverbroad(first) ? .prefixes : nil
    }

    private func sizeRequest(_ one: LabelTrial, _ other: LabelTrial) -> LabelRequest {
        guard one.scale == other.scale else { return .finerValue }
        let digits = min(one.layout.value, other.layout.value)
        let least = (0..<max(0, digits + one.scale)).reduce(Int64(1)) { power, _ in power * 10 }
        return .largerValue(least)
    }

    /// A literal of one digit takes ten prefixes of GTIN-13; two seen are two templates rather.
    private func isOverbroad(_ trial: LabelTrial) -> Bool {
        guard !isNumbered, trial.layout.prefix < usualPrefix else { return false }
        return Set(labels.digits.map { $0[1] }).count < TemplateLearner.fewestPrefixes
    }

    private func template(_ trial: LabelTrial, verifies: Bool) -> MeasureTemplate? {
        let literal = labels.literal(trial.layout.prefix)
        let text = trial.layout.text(literal: literal, verifies: verifies, checks: checks)
        guard let unit = labels.examples.first?.unit else { return nil }
        return try? MeasureTemplate(
            id: "own-\(literal)", text: text, unit: unit, scale: trial.scale)
    }

    private func evidence(_ trial: LabelTrial) -> LearnEvidence {
        let layout = trial.layout
        return LearnEvidence(
            readings: labels.examples.indices.map { label in
                LearnEvidence.Reading(
                    article: labels.text(label, layout.articleStart, layout.article),
                    value: labels.examples[label].value)
            },
            checkDigits: checks ? labels.examples.count : 0,
            verifiers: verifies ? labels.examples.count : 0,
            differentValues: Set(trial.values).count,
            differentArticles: Set(trial.articles).count, isNumbered: isNumbered)
    }
}

extension LabelTrial {
    fileprivate var isVerified: Bool {
        layout.hasMiddle && verifierIsRight.allSatisfy(\.self)
    }
}
