package import ToteValues

/// What makes a value right (AI-2) and elements agree (AI-4).
package struct ElementRules {
    let today: CalendarDay

    package init(today: CalendarDay) { self.today = today }

    /// - Throws: `element` with the kind of failure and the bytes it stands in.
    func check(_ value: ArraySlice<UInt8>, _ row: ApplicationIdentifier) throws(BarcodeError) {
        let range = value.startIndex..<value.endIndex
        guard !value.isEmpty else { throw .element(row.ai, .emptyValue, range, "no value") }
        guard value.count >= row.least else {
            throw .element(row.ai, .tooShort, range, "too short")
        }
        guard value.count <= row.most else { throw .element(row.ai, .tooLong, range, "too long") }
        var rest = value
        for component in row.components {
            guard !(component.isOptional && rest.isEmpty) else { break }
            let taken = rest.prefix(component.most)
            guard taken.count >= component.least else {
                throw .element(row.ai, .tooShort, range, "too short")
            }
            if let bad = taken.firstIndex(where: { !Self.accepts($0, component.characters) }) {
                let reason = "a character that may not stand there"
                throw .element(row.ai, .invalidCharacter, bad..<bad + 1, reason)
            }
            for linter in component.linters { try check(taken, row, linter) }
            rest = rest.dropFirst(taken.count)
        }
    }

    private func check(
        _ value: ArraySlice<UInt8>, _ row: ApplicationIdentifier,
        _ linter: ApplicationIdentifier.Linter
    ) throws(BarcodeError) {
        let range = value.startIndex..<value.endIndex
        switch linter {
        case .csum:
            guard CheckDigit.isRight(value) else {
                throw .element(row.ai, .checkDigit, range, "wrong check digit")
            }
        case .yymmdd, .yymmd0, .yymmddhh:
            guard day(value.prefix(6), dayMayBeZero: linter == .yymmd0) != nil else {
                throw .element(row.ai, .impossibleDate, range, "a date that does not exist")
            }
            if linter == .yymmddhh { try checkTime(value.dropFirst(6), row, range) }
        case .iso4217:
            guard Currency(number: value) != nil else {
                throw .element(row.ai, .unknownCurrency, range, "an unknown currency")
            }
        case .gcppos1, .gcppos2, .couponcode, .couponposoffer: break
        }
    }

    /// HH, or HHMM.
    private func checkTime(
        _ value: ArraySlice<UInt8>, _ row: ApplicationIdentifier, _ range: Range<Int>
    ) throws(BarcodeError) {
        let limits: [Int] = [24, 60]
        for (index, limit) in limits.enumerated() {
            let pair = value.dropFirst(2 * index).prefix(2)
            guard pair.reduce(0, { $0 * 10 + Int($1 - 0x30) }) < limit else {
                throw .element(row.ai, .impossibleTime, range, "a time that does not exist")
            }
        }
    }

    /// YYMMDD; the century is the one nearest to today, day 00 the month's last (AI-7).
    package func day(_ digits: ArraySlice<UInt8>, dayMayBeZero: Bool) -> CalendarDay? {
        guard digits.count == 6, digits.allSatisfy(\.isDigit) else { return nil }
        let numbers = stride(from: digits.startIndex, to: digits.endIndex, by: 2).map {
            Int64(digits[$0] - 0x30) * 10 + Int64(digits[$0 + 1] - 0x30)
        }
        let distance = numbers[0] - today.year % 100
        let century = today.year - today.year % 100
        let year = numbers[0] + century + (distance >= 51 ? -100 : distance <= -50 ? 100 : 0)
        guard numbers[2] == 0 else {
            return CalendarDay(year: year, month: numbers[1], day: numbers[2])
        }
        guard dayMayBeZero, (1...12).contains(numbers[1]) else { return nil }
        let last = CalendarDay.length(ofMonth: numbers[1], year: year)
        return CalendarDay(year: year, month: numbers[1], day: last)
    }

    static func accepts(_ byte: UInt8, _ characters: ApplicationIdentifier.Characters) -> Bool {
        switch characters {
        case .numeric: byte.isDigit
        case .cset82:
            byte.isDigit || byte.isASCIILetter || "!\"%&'()*+,-./_:;<=>?".utf8.contains(byte)
        case .cset39: byte.isDigit || (0x41...0x5A).contains(byte) || "#-/".utf8.contains(byte)
        case .cset64:
            byte.isDigit || byte.isASCIILetter || "-_=".utf8.contains(byte)
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

extension ElementRules {
    /// Exclusions, requisites, repeats; the first that is broken comes first.
    func associations(_ string: ElementString, _ table: IdentifierTable) -> [Association] {
        let present = string.elements.map(\.ai)
        var broken: [Association] = []
        for (index, element) in string.elements.enumerated() {
            let earlier = string.elements[..<index]
            if earlier.contains(where: { $0.ai == element.ai && $0.value != element.value }) {
                broken.append(
                    Association(
                        failure: .repeated, identifiers: [element.ai],
                        reason: "(\(element.ai)) stands twice with different values",
                        lacksOnlyMeasure: false))
            }
            guard let row = table[element.ai] else { continue }
            broken += exclusions(row, present)
            broken += requisites(row, present)
        }
        return broken
    }

    private func exclusions(_ row: ApplicationIdentifier, _ present: [String]) -> [Association] {
        present.filter { other in
            other != row.ai
                && row.excludes.contains { ApplicationIdentifier.matches(other, pattern: $0) }
        }.map { other in
            Association(
                failure: .excluded, identifiers: [row.ai, other],
                reason: "(\(row.ai)) and (\(other)) may not stand together",
                lacksOnlyMeasure: false)
        }
    }

    private func requisites(_ row: ApplicationIdentifier, _ present: [String]) -> [Association] {
        row.requires.filter { group in
            !group.contains { wanted in
                wanted.split(separator: "+").allSatisfy { pattern in
                    present.contains {
                        ApplicationIdentifier.matches($0, pattern: String(pattern))
                    }
                }
            }
        }.map { group in
            Association(
                failure: .required, identifiers: [row.ai] + group,
                reason: "(\(row.ai)) needs one of \(group.joined(separator: ", "))",
                lacksOnlyMeasure: group.contains("31nn"))
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
