import ToteValues

/// Finds where separators are missing in an element string that does not parse (AI-5): every way
/// to end its values is tried within a bound, and only one that fits alone is taken.
package struct ElementRecovery {
    /// What is tried before the search gives up: values, and elements of whole readings.
    package static let maximumNodes = 10_000

    private let bytes: [UInt8]
    private let table: IdentifierTable
    private let rules: ElementRules
    /// Tried so far.
    package private(set) var nodes = 0
    private var path: [Step] = []
    /// Where no reading begins, whatever stands before.
    private var isDead: [Bool]
    private var found: ElementString?
    private var isAmbiguous = false

    private struct Step {
        let ai: String
        let value: Range<Int>
    }

    package init(bytes: [UInt8], table: IdentifierTable, rules: ElementRules) {
        self.bytes = bytes
        self.table = table
        self.rules = rules
        isDead = Array(repeating: false, count: bytes.count)
    }

    /// The one reading that keeps AI-3 and AI-4; `nil` when there are several or none, when they
    /// could not all be tried, or when the code has a separator: then it is wrong otherwise.
    package mutating func only() -> ElementString? {
        guard !bytes.isEmpty, !bytes.contains(ElementParser.separator) else { return nil }
        path.reserveCapacity(8)
        search(from: 0)
        return mustStop ? nil : found
    }

    private var mustStop: Bool { isAmbiguous || nodes > Self.maximumNodes }

    /// - Returns: whether a reading may begin here, as far as AI-3 goes.
    @discardableResult
    private mutating func search(from position: Int) -> Bool {
        guard position < bytes.count else {
            keep()
            return true
        }
        guard !isDead[position] else { return false }
        // Too deep is no proof that nothing begins here.
        guard path.count < ElementParser.maximumElements else { return true }
        var isAlive = false
        if let row = row(at: position) {
            let start = position + row.ai.utf8.count
            // Predefined values have one length; they need no separator.
            var end = start + max(1, row.least)
            while end <= min(start + row.most, bytes.count), !mustStop {
                nodes += 1
                if rules.accepts(bytes[start..<end], row) {
                    path.append(Step(ai: row.ai, value: start..<end))
                    if search(from: end) { isAlive = true }
                    path.removeLast()
                }
                end += 1
            }
        }
        isDead[position] = !isAlive && !mustStop
        return isAlive
    }

    private func row(at position: Int) -> ApplicationIdentifier? {
        guard position + 1 < bytes.count,
            let length = table.length(first: bytes[position], second: bytes[position + 1]),
            position + length < bytes.count
        else { return nil }
        return table[bytes[position..<position + length]]
    }

    /// Keeps a whole reading, if its elements agree as far as one carrier can tell. Two readings
    /// are one too many.
    private mutating func keep() {
        nodes += path.count
        let string = ElementString(
            elements: path.map { step in
                ElementString.Element(
                    ai: step.ai, value: String(decoding: bytes[step.value], as: UTF8.self),
                    range: step.value)
            }, origin: .scan)
        guard rules.associations(string, table).allSatisfy(\.lacksOnlyMeasure) else { return }
        isAmbiguous = found != nil
        found = string
    }
}

extension Interpreter {
    /// A symbol that says it holds elements. Where separators are missing, a reading that fits
    /// alone is taken and asked about (AI-5); a code that parses is never looked at twice.
    func elementString() throws(BarcodeError) -> Meaning {
        let string: ElementString
        do throws(BarcodeError) {
            string = try ElementParser(table: table, today: today).parse(bytes)
        } catch {
            guard let meaning = recovered() else { throw error }
            return meaning
        }
        return try elements(string)
    }

    private func recovered() -> Meaning? {
        var recovery = ElementRecovery(
            bytes: bytes, table: table, rules: ElementRules(today: today))
        guard let string = recovery.only(), var meaning = try? elements(string) else {
            return nil
        }
        meaning.findings.insert(Finding(recovered: string, table), at: 0)
        return meaning
    }
}

extension Finding {
    /// Says where separators were put; what to do is its `mend`.
    fileprivate init(recovered string: ElementString, _ table: IdentifierTable) {
        let open = string.elements.dropLast().filter { table[$0.ai]?.isPredefined == false }
        let places = open.map { "after (\($0.ai)) at character \($0.range.upperBound + 1)" }
        let separators = places.count == 1 ? "a separator" : "\(places.count) separators"
        let one = places.count == 1 ? "one" : "them"
        self.init(
            kind: .separatorRecovered, severity: .ask,
            range: open.first.map { $0.range.upperBound..<$0.range.upperBound + 1 },
            message: "The GS1 code lacks \(separators); only with \(one) put "
                + "\(places.joined(separator: " and ")) does it make sense, so its lot, serial "
                + "number and dates prove nothing.")
    }
}
