// From a few labels to the store's template (2.9). Every layout (some 60 for 13 digits) is laid
// over all the labels; those stay in which every label holds its value. Then the labels themselves
// say which of these is meant: a check that most labels pass is a check, an item that is a number
// in most labels is that number, one article keeps one number. A check that most labels pass and
// one fails makes that label wrong, not the check untrue: else a mistyped digit would end in a
// template that never looks. What still reads alike is left to more labels, not to a guess.
// Cost: layouts × labels, and once more per label where one must be wrong: 64 labels take 2 ms.

/// Learns the template of a store's scale labels from labels whose value is known (2.9).
///
/// - Parameter examples: of one kind of label, 3 to 64; 5 to 10 are enough.
/// - Throws: `template` for another number of labels.
public func learn(_ examples: [LabelledExample]) throws(BarcodeError) -> LearnResult {
    guard TemplateLearner.labelRange.contains(examples.count) else {
        throw BarcodeError(
            code: .template, expected: "3 to 64", found: String(examples.count),
            message: "There are \(examples.count) labels; 3 to 64 are needed.",
            mend: "Give 5 to 10 labels of one kind, of several articles and values.")
    }
    return TemplateLearner(examples: examples).result()
}

struct TemplateLearner {
    static let labelRange = 3...64
    /// LRN-2.
    static let fewestValues = 3
    static let fewestArticles = 2
    static let fewestVerifiers = 4
    /// By chance a digit that is none of the article's stays the same in one of 10^3 cases.
    static let fewestRepeats = 3
    /// By chance so many articles share a digit in one of 10^5 cases.
    static let fewestSharing = 6
    static let fewestPrefixes = 3

    let examples: [LabelledExample]

    func result() -> LearnResult {
        do {
            return try decide()
        } catch {
            return .impossible(conflict(error.reason))
        }
    }

    private func decide() throws(LabelContradiction) -> LearnResult {
        let set = try LabelSet(examples)
        let search = try LabelSearch(set)
        return search.result
    }

    /// LRN-4: leaves each label out in turn.
    private func conflict(_ reason: LabelConflict.Reason) -> LabelConflict {
        var culprits: [Int] = []
        var template: MeasureTemplate?
        for index in examples.indices where examples.count > Self.labelRange.lowerBound {
            var others = examples
            others.remove(at: index)
            guard let result = try? TemplateLearner(examples: others).decide(),
                case .decided(let found, _) = result
            else { continue }
            culprits.append(index)
            template = found
        }
        return LabelConflict(
            reason: reason, labels: culprits, template: culprits.count == 1 ? template : nil)
    }
}
