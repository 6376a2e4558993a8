import ToteBarcodes

/// Labels: the first byte says how long their codes are, the second where the value stands in
/// most of them, the third its scale; then one byte a digit and a few for value and item.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = [UInt8](data, count)
    guard bytes.count > 20 else { return -1 }
    let labels = Labels(bytes).examples
    guard let result = try? learn(labels) else {
        precondition(!(3...64).contains(labels.count))
        return 0
    }
    switch result {
    case .decided(let template, let evidence):
        check([template], labels)
        precondition(evidence.readings.count == labels.count)
        guard case .decided(let other, _)? = try? learn(labels.reversed()) else {
            precondition(labels.isEmpty, "the order decides")
            return 0
        }
        precondition(other == template)
    case .undecided(let templates, _):
        precondition(!templates.isEmpty)
        check(templates, labels)
    case .impossible(let conflict):
        precondition(conflict.labels.allSatisfy(labels.indices.contains))
        precondition((conflict.template == nil) == (conflict.labels.count != 1))
    }
    return 0
}

private func check(_ templates: [MeasureTemplate], _ labels: [LabelledExample]) {
    for template in templates {
        for label in labels {
            let reading = template.reading(of: label.code)
            precondition(reading?.failedCheck == nil && reading?.value == label.value)
        }
    }
}

private struct Labels {
    private var rest: ArraySlice<UInt8>
    private let length: Int
    private let value: Range<Int>
    private let factor: Int64
    private let unit: MeasureTemplate.Unit

    init(_ bytes: [UInt8]) {
        length = bytes[0] & 1 == 0 ? 13 : 8 + Int(bytes[0] / 2) % 12
        let width = 4 + Int(bytes[1]) % 3
        let start = max(0, length - 1 - width - Int(bytes[1] / 3) % 8)
        value = start..<min(length, start + width)
        factor = [1, 10, 100, 1000][Int(bytes[2]) % 4]
        unit = bytes[2] & 4 == 0 ? .grams : .minor
        rest = bytes[3...]
    }

    var examples: [LabelledExample] {
        var copy = self
        var examples: [LabelledExample] = []
        while copy.rest.count > length + 1, examples.count < 70 {
            if let example = copy.next() { examples.append(example) }
        }
        return examples
    }

    private mutating func next() -> LabelledExample? {
        var digits = rest.prefix(length).map { 0x30 + $0 % 10 }
        rest = rest.dropFirst(length)
        let kind = rest.popFirst() ?? 0
        let embedded = digits[value].reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
        if kind & 1 == 0, let verifier = CheckDigit.verifier(digits[value]), value.lowerBound > 0 {
            digits[value.lowerBound - 1] = 0x30 + verifier
        }
        if kind & 2 == 0 { digits[length - 1] = 0x30 + CheckDigit.mod10(digits.dropLast()) }
        if kind & 0x78 == 0x78 { digits.removeFirst() }
        let odd = Int64(rest.popFirst() ?? 0)
        let items = [nil, "a", "b", String(decoding: digits.dropFirst(2).prefix(4), as: UTF8.self)]
        return try? LabelledExample(
            code: String(decoding: digits, as: UTF8.self), item: items[Int(kind >> 1) % 4],
            value: kind & 0x87 == 0x87 ? odd * 7 : embedded * factor, unit: unit)
    }
}
