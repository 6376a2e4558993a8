package import ToteValues

/// What makes a value right (AI-2) and elements agree (AI-4).
package struct ElementRules {
    let today: CalendarDay
    let checks: ElementChecks

    package init(today: CalendarDay, checks: ElementChecks = .all) {
        self.today = today
        self.checks = checks
    }

    /// - Throws: `element` with the kind of failure and the bytes it stands in.
    func check(_ value: ArraySlice<UInt8>, _ row: ApplicationIdentifier) throws(BarcodeError) {
        guard let refusal = refusal(of: value, row) else { return }
        let range = value.startIndex..<value.endIndex
        switch refusal {
        case .empty: throw .element(row.ai, .emptyValue, range, "no value")
        case .tooShort: throw .element(row.ai, .tooShort, range, "too short")
        case .tooLong: throw .element(row.ai, .tooLong, range, "too long")
        case .fault(let fault):
            throw .element(
                row.ai, fault.flaw.failure, fault.range, fault.flaw.words, flaw: fault.flaw)
        }
    }

    /// The same as `check`, without the words of an error: for a search that asks often.
    func accepts(_ value: ArraySlice<UInt8>, _ row: ApplicationIdentifier) -> Bool {
        refusal(of: value, row) == nil
    }

    private enum Refusal {
        case empty, tooShort, tooLong
        case fault(ElementFault)
    }

    private func refusal(
        of value: ArraySlice<UInt8>, _ row: ApplicationIdentifier
    ) -> Refusal? {
        guard !value.isEmpty else { return .empty }
        guard value.count >= row.least else { return .tooShort }
        guard value.count <= row.most else { return .tooLong }
        var rest = value
        for component in row.components {
            guard !(component.isOptional && rest.isEmpty) else { break }
            let taken = rest.prefix(component.most)
            guard taken.count >= component.least else { return .tooShort }
            if let fault = fault(in: taken, component) { return .fault(fault) }
            rest = rest.dropFirst(taken.count)
        }
        return nil
    }

    /// Characters first, then the linters in order.
    private func fault(
        in value: ArraySlice<UInt8>, _ component: ApplicationIdentifier.Component
    ) -> ElementFault? {
        let characters: ElementFault? =
            switch component.characters {
            case .numeric: value.firstFault(.nonDigit) { $0.isDigit }
            case .cset82: value.firstFault(.notCSET82) { $0.isCSET82 }
            case .cset39: value.firstFault(.notCSET39) { $0.isCSET39 }
            case .cset64: Linter.base64(value)
            }
        if let characters { return characters }
        for linter in component.linters where checks.include(linter) {
            if let fault = linter.fault(in: value, today: today) { return fault }
        }
        return nil
    }

    /// YYMMDD; the century is the one nearest to today, day 00 the month's last (AI-7).
    package func day(_ digits: ArraySlice<UInt8>, dayMayBeZero: Bool) -> CalendarDay? {
        guard digits.count == 6, digits.allSatisfy(\.isDigit) else { return nil }
        let starts = stride(from: digits.startIndex, to: digits.endIndex, by: 2)
        let numbers: [Int64] = starts.map { Int64(digits[$0..<$0 + 2].number) }
        let year = DateTest.fullYear(numbers[0], today: today)
        guard numbers[2] == 0 else {
            return CalendarDay(year: year, month: numbers[1], day: numbers[2])
        }
        guard dayMayBeZero, (1...12).contains(numbers[1]) else { return nil }
        let last = CalendarDay.length(ofMonth: numbers[1], year: year)
        return CalendarDay(year: year, month: numbers[1], day: last)
    }
}

/// Which tests of values are run; lengths and characters are always looked at.
package enum ElementChecks: Sendable {
    case all, datesOnly, none

    func include(_ linter: Linter) -> Bool {
        switch self {
        case .all: true
        case .datesOnly: [.yymmdd, .yymmd0, .yyyymmdd, .yyyymmd0].contains(linter)
        case .none: false
        }
    }
}

/// A rule between elements that is not kept (AI-4).
struct Association: Hashable, Sendable {
    let failure: BarcodeError.ElementFailure
    let identifiers: [String]
    let reason: String
    /// Only the amount lacks its weight, which another carrier of the item may bear.
    let lacksOnlyMeasure: Bool

    var error: BarcodeError { .association(failure, identifiers, reason) }
}

/// The rules between elements.
package enum AssociationRule: String, Hashable, Sendable, CaseIterable {
    case exclusions, requisites, repeats
    /// A digital signature (8030) signs one item: its key needs a serial part.
    case signature
}

extension ElementRules {
    /// Whether the elements keep one rule.
    package func keeps(
        _ rule: AssociationRule, _ string: ElementString, _ table: IdentifierTable
    ) -> Bool {
        associations(string, table, rules: [rule]).isEmpty
    }

    /// What is broken, in the order of the elements.
    func associations(
        _ string: ElementString, _ table: IdentifierTable,
        rules: [AssociationRule] = AssociationRule.allCases
    ) -> [Association] {
        var broken: [Association] = []
        for (index, element) in string.elements.enumerated() {
            if rules.contains(.repeats) { broken += repeats(element, string.elements[..<index]) }
            guard let row = table[element.ai] else { continue }
            if rules.contains(.exclusions) { broken += exclusions(row, string.elements) }
            if rules.contains(.requisites) { broken += requisites(row, string.elements) }
            if rules.contains(.signature), element.ai == "8030" {
                broken += signature(string.elements)
            }
        }
        return broken
    }

    private func repeats(
        _ element: ElementString.Element, _ earlier: ArraySlice<ElementString.Element>
    ) -> [Association] {
        guard earlier.contains(where: { $0.ai == element.ai && $0.value != element.value }) else {
            return []
        }
        return [
            Association(
                failure: .repeated, identifiers: [element.ai],
                reason: "(\(element.ai)) stands twice with different values",
                lacksOnlyMeasure: false)
        ]
    }

    private func exclusions(
        _ row: ApplicationIdentifier, _ elements: [ElementString.Element]
    ) -> [Association] {
        guard !row.excludes.isEmpty else { return [] }
        return elements.filter { other in
            other.ai != row.ai && row.excludes.contains { $0.matches(other.ai) }
        }.map { other in
            Association(
                failure: .excluded, identifiers: [row.ai, other.ai],
                reason: "(\(row.ai)) and (\(other.ai)) may not stand together",
                lacksOnlyMeasure: false)
        }
    }

    private func requisites(
        _ row: ApplicationIdentifier, _ elements: [ElementString.Element]
    ) -> [Association] {
        var broken: [Association] = []
        for group in row.requires where !group.contains(where: { isMet($0, elements) }) {
            let wanted = group.map { $0.map(\.text).joined(separator: "+") }
            broken.append(
                Association(
                    failure: .required, identifiers: [row.ai] + wanted,
                    reason: "(\(row.ai)) needs one of \(wanted.joined(separator: ", "))",
                    lacksOnlyMeasure: wanted.contains("31nn")))
        }
        return broken
    }

    private func isMet(
        _ patterns: ApplicationIdentifier.Patterns, _ elements: [ElementString.Element]
    ) -> Bool {
        patterns.allSatisfy { pattern in elements.contains { pattern.matches($0.ai) } }
    }

    private func signature(_ elements: [ElementString.Element]) -> [Association] {
        let withoutSerial = ["253": 13, "255": 13, "8003": 14]
        return elements.filter { $0.value.utf8.count == withoutSerial[$0.ai] }.map { key in
            Association(
                failure: .required, identifiers: ["8030", key.ai],
                reason: "(8030) needs a serial number in (\(key.ai))", lacksOnlyMeasure: false)
        }
    }
}

extension Currency {
    /// By the three digits of ISO 4217.
    init?(number digits: ArraySlice<UInt8>) {
        let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard let found = Currency.all.first(where: { $0.number == number }) else { return nil }
        self = found
    }
}
