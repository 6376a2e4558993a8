/// Labels of one length and unit, their digits as numbers.
struct LabelSet {
    let examples: [LabelledExample]
    /// 0…9, all of the same length.
    let digits: [[UInt8]]
    /// Leading digits that all labels share.
    let shared: Int

    /// UPC-A beside EAN-13 is written with its leading 0: they are one number (GTIN-1).
    init(_ examples: [LabelledExample]) throws(LabelContradiction) {
        guard Set(examples.map(\.unit)).count == 1 else {
            throw LabelContradiction(reason: .mixedUnits)
        }
        let lengths = Set(examples.map(\.code.utf8.count))
        let areRetail =
            lengths == [12, 13] && examples.allSatisfy { CheckDigit.isRight(Array($0.code.utf8)) }
        guard lengths.count == 1 || areRetail, let length = lengths.max() else {
            throw LabelContradiction(reason: .mixedLengths)
        }
        self.examples = examples
        digits = examples.map { example in
            let zeros = [UInt8](repeating: 0, count: length - example.code.utf8.count)
            return zeros + example.code.utf8.map { $0 - 0x30 }
        }
        var shared = 0
        while shared < length, Set(digits.map { $0[shared] }).count == 1 { shared += 1 }
        self.shared = shared
    }

    var length: Int { digits.first?.count ?? 0 }

    /// Whether each label ends in a right check digit; `nil` for lengths that have none.
    var checkDigits: [Bool]? {
        guard [12, 13, 14].contains(length) else { return nil }
        return digits.map { label in
            CheckDigit.isRight(label.map { $0 + 0x30 })
        }
    }

    func literal(_ count: Int) -> String { text(0, 0, count) }

    func text(_ label: Int, _ start: Int, _ count: Int) -> String {
        String(decoding: digits[label][start..<start + count].map { $0 + 0x30 }, as: UTF8.self)
    }

    func number(_ label: Int, _ start: Int, _ count: Int) -> Int64 {
        digits[label][start..<start + count].reduce(0) { $0 * 10 + Int64($1) }
    }
}

/// Stops the search: no template reads such labels.
struct LabelContradiction: Error {
    let reason: LabelConflict.Reason
}

/// One layout laid over all the labels.
struct LabelTrial {
    let layout: LabelLayout
    /// The value × 10^scale is what is printed.
    let scale: Int
    let articles: [Int64]
    let values: [Int64]
    /// Digits between article and value.
    let middles: [UInt8]
    let verifierIsRight: [Bool]

    /// `nil` unless every label holds its value here, to one scale.
    init?(_ set: LabelSet, _ layout: LabelLayout) {
        var scale: Int?
        var values: [Int64] = []
        for (label, example) in set.examples.enumerated() {
            let value = set.number(label, layout.valueStart, layout.value)
            guard let found = Self.scale(of: value, for: example.value),
                scale == nil || scale == found
            else { return nil }
            scale = found
            values.append(value)
        }
        guard let scale else { return nil }
        self.layout = layout
        self.scale = scale
        self.values = values
        articles = values.indices.map {
            set.number($0, layout.articleStart, layout.article)
        }
        middles = layout.hasMiddle ? set.digits.map { $0[layout.middle] } : []
        let span = layout.valueStart..<layout.valueStart + layout.value
        verifierIsRight = middles.enumerated().map { label, digit in
            CheckDigit.verifier(set.digits[label][span].map { $0 + 0x30 }) == digit
        }
    }

    /// The one power of ten between what is in the label and what is printed, −3…3.
    private static func scale(of value: Int64, for printed: Int64) -> Int? {
        guard value > 0 else { return nil }
        var power: Int64 = 1
        for exponent in 0...MeasureTemplate.scaleRange.upperBound {
            if value == printed / power, printed % power == 0 { return exponent }
            if printed == value / power, value % power == 0 { return -exponent }
            power *= 10
        }
        return nil
    }
}
