package import ToteValues

/// What may be let pass beyond the standard; nothing unless asked for.
package struct ElementOptions: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Identifiers that the table lacks, where their length is plain.
    package static let unknownIdentifiers = ElementOptions(rawValue: 1)
    /// Such identifiers in the query of a Digital Link.
    package static let unknownAttributes = ElementOptions(rawValue: 2)
    /// 8, 12 or 13 digits for (01) in a Digital Link (DL-3).
    package static let zeroSuppressedGTIN = ElementOptions(rawValue: 4)
    /// `gtin`, `ser` … for identifiers in a Digital Link (DL-3).
    package static let convenienceNames = ElementOptions(rawValue: 8)
}

/// GS1 element strings out of a symbol, of text with `^` for FNC1, or of bracketed text (AI-3).
package struct ElementParser {
    let table: IdentifierTable
    let options: ElementOptions
    let rules: ElementRules

    /// - Parameter checks: less than all to look at what breaks the rules.
    package init(
        table: IdentifierTable, today: CalendarDay, options: ElementOptions = [],
        checks: ElementChecks = .all
    ) {
        self.table = table
        self.options = options
        rules = ElementRules(today: today, checks: checks)
    }

    static let maximumElements = 64
    /// FNC1 inside a symbol is sent as GS.
    package static let separator: UInt8 = 29
    /// FNC1 in text (SYM-6).
    package static let caret: UInt8 = 0x5E

    /// Values of predefined length end by count, others at a separator or the end. Superfluous
    /// separators are tolerated.
    /// - Parameter separator: GS in scanned data.
    /// - Throws: `unknownAI`, `element`, `empty`; nothing is returned in part.
    package func parse(
        _ bytes: [UInt8], separator: UInt8 = ElementParser.separator
    ) throws(BarcodeError) -> ElementString {
        var elements: [ElementString.Element] = []
        elements.reserveCapacity(4)
        var position = 0
        while position < bytes.count {
            if bytes[position] == separator {
                position += 1
                continue
            }
            guard elements.count < Self.maximumElements else {
                throw .element(
                    "", .tooManyElements, position..<bytes.count, "more than 64 elements")
            }
            let row = try identifier(bytes, at: position)
            let start = position + row.ai.utf8.count
            let end = try valueEnd(bytes, row, from: start, separator)
            try rules.check(bytes[start..<end], row)
            elements.append(
                ElementString.Element(
                    ai: row.ai, value: String(decoding: bytes[start..<end], as: UTF8.self),
                    range: start..<end))
            position = end
        }
        guard !elements.isEmpty else { throw .empty }
        return ElementString(elements: elements, origin: .scan)
    }

    /// Text that begins with `^` and has it wherever FNC1 stands (SYM-6).
    package func parseCaret(_ bytes: [UInt8]) throws(BarcodeError) -> ElementString {
        guard bytes.first == Self.caret else { throw .unknownAI(at: 0, "") }
        return try parse(bytes, separator: Self.caret)
    }

    private func identifier(
        _ bytes: [UInt8], at position: Int
    ) throws(BarcodeError) -> ApplicationIdentifier {
        if position + 1 < bytes.count,
            let length = table.length(first: bytes[position], second: bytes[position + 1]),
            position + length <= bytes.count
        {
            let range = position..<position + length
            if let row = table[bytes[range]] { return row }
            if let row = unknown(bytes[range]) { return row }
            let ai = String(decoding: bytes[range], as: UTF8.self)
            throw .unknownAI(at: position, ai)
        }
        let rest = bytes[position...].prefix(2).filter(\.isDigit)
        throw .unknownAI(at: position, String(decoding: rest, as: UTF8.self))
    }

    /// A row for an identifier that the table lacks, if those are let pass.
    func unknown(_ digits: ArraySlice<UInt8>) -> ApplicationIdentifier? {
        guard options.contains(.unknownIdentifiers), (2...4).contains(digits.count),
            digits.allSatisfy(\.isDigit), let first = digits.first
        else { return nil }
        let second = digits[digits.startIndex + 1]
        if let length = table.length(first: first, second: second), length != digits.count {
            return nil
        }
        return .unknown(String(decoding: digits, as: UTF8.self))
    }

    private func valueEnd(
        _ bytes: [UInt8], _ row: ApplicationIdentifier, from start: Int, _ separator: UInt8
    ) throws(BarcodeError) -> Int {
        let stop = bytes[start...].firstIndex(of: separator) ?? bytes.count
        guard row.isPredefined else { return stop }
        guard stop - start >= row.most else {
            throw .element(
                row.ai, stop == start ? .emptyValue : .tooShort, start..<stop, "too short")
        }
        return start + row.most
    }

    /// Text in brackets: `(01)09521234543213(10)ABC`. A `(` in a value is written `\(`.
    package func parseBracketed(_ bytes: [UInt8]) throws(BarcodeError) -> ElementString {
        var elements: [ElementString.Element] = []
        var position = 0
        while position < bytes.count {
            guard bytes[position] == 0x28,
                let close = bytes[position...].firstIndex(of: 0x29),
                elements.count < Self.maximumElements
            else { throw .unknownAI(at: position, "") }
            let name = bytes[(position + 1)..<close]
            let ai = String(decoding: name, as: UTF8.self)
            guard let row = table[ai] ?? unknown(name) else {
                throw .unknownAI(at: position + 1, ai)
            }
            let (value, end) = Self.bracketedValue(bytes, from: close + 1)
            let range = close + 1..<end
            do throws(BarcodeError) {
                try rules.check(value[...], row)
            } catch {
                throw error.shifted(by: close + 1)
            }
            let text = String(decoding: value, as: UTF8.self)
            elements.append(ElementString.Element(ai: row.ai, value: text, range: range))
            position = end
        }
        guard !elements.isEmpty else { throw .empty }
        return ElementString(elements: elements, origin: .bracketed)
    }

    private static func bracketedValue(
        _ bytes: [UInt8], from start: Int
    ) -> (value: [UInt8], end: Int) {
        var value: [UInt8] = []
        var position = start
        while position < bytes.count, bytes[position] != 0x28 {
            let isEscape =
                bytes[position] == 0x5C && position + 1 < bytes.count
                && bytes[position + 1] == 0x28
            if isEscape { position += 1 }
            value.append(bytes[position])
            position += 1
        }
        return (value, position)
    }
}

extension ApplicationIdentifier {
    /// Lengths of value that the first two digits fix, also for identifiers not yet given out
    /// (General Specifications figure 7.8.5-2).
    private static func predefined(_ ai: String) -> Int? {
        switch ai.prefix(2) {
        case "00", "04": ai.hasPrefix("00") ? 18 : 16
        case "01", "02", "03": 14
        case "11", "12", "13", "14", "15", "16", "17", "18", "19": 6
        case "20": 2
        case "31", "32", "33", "34", "35", "36": 6
        case "41": 13
        default: nil
        }
    }

    /// Any text of 90 characters, or of the length that the first two digits fix.
    static func unknown(_ ai: String) -> ApplicationIdentifier {
        let fixed = predefined(ai)
        return ApplicationIdentifier(
            ai: ai, isPredefined: fixed != nil, isAttribute: false,
            components: [
                Component(
                    characters: .cset82, least: fixed ?? 1, most: fixed ?? 90, linters: [],
                    isOptional: false)
            ])
    }
}
