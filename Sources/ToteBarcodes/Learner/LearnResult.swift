/// What a set of labels tells about the store's template (2.9). Never used by itself: staff see
/// the readings and confirm them (LRN-3).
public enum LearnResult: Hashable, Sendable {
    /// One template reads every label, and no other does (LRN-2).
    case decided(MeasureTemplate, LearnEvidence)
    /// Several do, or the labels are too much alike; best first, and the label that would help.
    case undecided([MeasureTemplate], askFor: LabelRequest)
    /// None does (LRN-4).
    case impossible(LabelConflict)
}

/// Why a template was decided on.
public struct LearnEvidence: Hashable, Sendable {
    /// What the template reads in one label.
    public struct Reading: Hashable, Sendable {
        /// Digits of the article.
        public let article: String
        /// In the template's unit.
        public let value: Int64
    }

    /// One a label, in the order given.
    public let readings: [Reading]
    /// Labels whose check digit at the end is right: all or, without `{ec}`, none counted.
    public let checkDigits: Int
    /// Labels whose inner verifier is right: all or, without `{i}`, none counted.
    public let verifiers: Int
    public let differentValues: Int
    public let differentArticles: Int
    /// The labels' items are the very numbers read as articles.
    public let isNumbered: Bool
}

/// The kind of label that would separate the templates left.
public enum LabelRequest: Hashable, Sendable {
    /// Labels with values not seen yet.
    case otherValues
    /// Articles whose numbers begin with other digits, or their numbers as items.
    case otherArticles
    /// Twice the same article, named as item, with two values.
    case sameArticle
    /// At least that much, in the labels' unit; or the articles' numbers as items.
    case largerValue(Int64)
    /// A value whose last digit is not 0.
    case finerValue
    /// Labels of one prefix only, or of a third one.
    case prefixes

    /// One word that stays the same, for `--json`.
    public var name: String {
        switch self {
        case .otherValues: "otherValues"
        case .otherArticles: "otherArticles"
        case .sameArticle: "sameArticle"
        case .largerValue: "largerValue"
        case .finerValue: "finerValue"
        case .prefixes: "prefixes"
        }
    }
}

/// Why no template reads all the labels.
public struct LabelConflict: Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable {
        /// Weights and prices together: each kind has its own template.
        case mixedUnits
        case mixedLengths
        /// Most labels end in a right check digit, some do not.
        case checkDigit
        /// Most labels carry a right verifier, some do not.
        case verifier
        /// Most items are the article's number in the label, some are another.
        case itemNumber
        /// One article has two numbers, or one number two articles.
        case items
        /// No place in the labels holds all the values.
        case values
    }

    public let reason: Reason
    /// Labels (first is 0) of which each, left out, makes a decision possible: one is the culprit,
    /// several are suspects, none means that more than one is wrong.
    public let labels: [Int]
    /// What the others decide on, where there is one culprit.
    public let template: MeasureTemplate?
}
