/// What is wrong with a dictionary, and in which line.
public struct DictionaryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// From 1; 0 for the dictionary as a whole.
    public let line: Int
    public let reason: String

    public var description: String { line == 0 ? reason : "line \(line): \(reason)" }
}

extension IdentifierTable {
    /// Longest dictionary that is read, bytes.
    public static let maximumBytes = 262_144

    /// Reads the form of the GS1 Barcode Syntax Dictionary, a line an identifier or range:
    /// `AIs [flags] components [req=…] [ex=…] [dlpkey[=…]] [# title]`. Flags: `*` predefined
    /// length, `?` Digital Link attribute. A component is `N`, `X`, `Y` or `Z`, a length or
    /// `..most`, and linters after commas; in `[…]` it may be absent. Lines that begin with `#`
    /// are remarks.
    /// - Throws: `DictionaryError` with line and reason; an unknown linter or attribute is
    ///   refused, because a rule that is not checked is no rule.
    public init(dictionary text: String) throws(DictionaryError) {
        guard text.utf8.count <= Self.maximumBytes else {
            throw DictionaryError(line: 0, reason: "longer than \(Self.maximumBytes) bytes")
        }
        var rows: [ApplicationIdentifier] = []
        var lineOf: [String: Int] = [:]
        var lengths: [Substring: Int] = [:]
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() {
            for row in try DictionaryLine(text: line, number: index + 1).rows() {
                if let earlier = lineOf.updateValue(index + 1, forKey: row.ai) {
                    throw DictionaryError(
                        line: index + 1, reason: "(\(row.ai)) stands in line \(earlier) already")
                }
                let length = lengths[row.ai.prefix(2), default: row.ai.utf8.count]
                guard length == row.ai.utf8.count else {
                    throw DictionaryError(
                        line: index + 1,
                        reason: "(\(row.ai)) is not as long as others that begin so")
                }
                lengths[row.ai.prefix(2)] = length
                rows.append(row)
            }
        }
        guard !rows.isEmpty else { throw DictionaryError(line: 0, reason: "no identifier in it") }
        self.init(rows: rows, text: text)
    }

    /// The built-in table; a test reads it by the strict way.
    init(trusted text: String) {
        let rows = text.split(whereSeparator: \.isNewline).flatMap { line in
            (try? DictionaryLine(text: line, number: 0).rows()) ?? []
        }
        self.init(rows: rows, text: text)
    }
}

/// One line of a dictionary.
private struct DictionaryLine {
    let text: Substring
    let number: Int

    private func failure(_ reason: String) -> DictionaryError {
        DictionaryError(line: number, reason: reason)
    }

    func rows() throws(DictionaryError) -> [ApplicationIdentifier] {
        let halves = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        var words = halves[0].split(whereSeparator: \.isWhitespace)[...]
        guard let name = words.popFirst() else { return [] }
        let flags = words.first.map { $0.allSatisfy(Self.isFlag) ? $0 : "" } ?? ""
        if !flags.isEmpty { words = words.dropFirst() }
        let specification = words.prefix { !$0.contains("=") && $0 != "dlpkey" }
        let components = try specification.map { (word) throws(DictionaryError) in
            try component(word)
        }
        try check(components, isPredefined: flags.contains("*"))
        let attributes = try self.attributes(words.dropFirst(specification.count))
        let title = halves.count == 2 ? halves[1].drop(while: \.isWhitespace) : ""
        return try identifiers(name).map { ai in
            ApplicationIdentifier(
                ai: ai, isPredefined: flags.contains("*"), isAttribute: flags.contains("?"),
                components: components, requires: attributes.requires,
                excludes: attributes.excludes, qualifiers: attributes.qualifiers,
                title: String(title))
        }
    }

    /// The dictionary keeps these for flags; one that is not known here changes nothing.
    private static func isFlag(_ character: Character) -> Bool {
        character.isASCII && !character.isLetter && !character.isNumber && character != "["
            && character != "#"
    }

    /// `3100-3105` is six identifiers.
    private func identifiers(_ name: Substring) throws(DictionaryError) -> [String] {
        let ends = name.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count <= 2, let first = ends.first, let last = ends.last,
            (2...4).contains(first.utf8.count), first.utf8.count == last.utf8.count,
            ends.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) }),
            let low = Int(first), let high = Int(last), low <= high
        else { throw failure("'\(name)' is no identifier of 2 to 4 digits, nor a range of them") }
        return (low...high).map { number in
            let digits = String(number)
            return String(repeating: "0", count: first.utf8.count - digits.utf8.count) + digits
        }
    }

    /// `N14,csum`, `X..20`, `[N4],hhmi`.
    private func component(
        _ word: Substring
    ) throws(DictionaryError) -> ApplicationIdentifier.Component {
        var parts = word.split(separator: ",", omittingEmptySubsequences: false)[...]
        var format = parts.popFirst() ?? ""
        let isOptional = format.hasPrefix("[")
        if isOptional {
            if format.hasSuffix("]") {
                format = format.dropFirst().dropLast()
            } else if let last = parts.last, last.hasSuffix("]") {
                format = format.dropFirst()
                parts[parts.endIndex - 1] = last.dropLast()
            } else {
                throw failure("'\(word)' is not closed")
            }
        }
        let kinds: [Character: ApplicationIdentifier.Characters] = [
            "N": .numeric, "X": .cset82, "Y": .cset39, "Z": .cset64,
        ]
        let size = format.dropFirst()
        let isVariable = size.hasPrefix("..")
        let number = isVariable ? size.dropFirst(2) : size
        guard let characters = format.first.flatMap({ kinds[$0] }), (1...2).contains(number.count),
            number.utf8.allSatisfy(\.isDigit), let most = Int(number), most > 0
        else { throw failure("'\(word)' is no component such as N6, X..20 or [N4]") }
        var linters: [Linter] = []
        for part in parts {
            guard let linter = Linter(rawValue: String(part)) else {
                throw failure("the linter '\(part)' is not known")
            }
            linters.append(linter)
        }
        return ApplicationIdentifier.Component(
            characters: characters, least: isVariable ? 1 : most, most: most, linters: linters,
            isOptional: isOptional)
    }

    private func check(
        _ components: [ApplicationIdentifier.Component], isPredefined: Bool
    ) throws(DictionaryError) {
        guard let last = components.last else { throw failure("no component") }
        guard components.dropLast().allSatisfy({ $0.least == $0.most }) else {
            throw failure("only the last component may vary in length")
        }
        guard components.drop(while: { !$0.isOptional }).allSatisfy(\.isOptional) else {
            throw failure("a component that must be there follows one that need not")
        }
        if isPredefined, last.least != last.most || last.isOptional {
            throw failure("a predefined length that varies")
        }
    }

    private func attributes(
        _ words: ArraySlice<Substring>
    ) throws(DictionaryError) -> (
        requires: [[ApplicationIdentifier.Patterns]], excludes: [ApplicationIdentifier.Pattern],
        qualifiers: [[String]]?
    ) {
        var requires: [[ApplicationIdentifier.Patterns]] = []
        var excludes: [ApplicationIdentifier.Pattern] = []
        var qualifiers: [[String]]?
        for word in words {
            let halves = word.split(separator: "=", maxSplits: 1)
            let value = halves.count == 2 ? halves[1] : ""
            switch halves.first {
            case "req":
                requires.append(
                    try list(value, ",").map { (group) throws(DictionaryError) in
                        try list(group, "+").map { (text) throws(DictionaryError) in
                            try pattern(text)
                        }
                    })
            case "ex":
                excludes += try list(value, ",").map { (text) throws(DictionaryError) in
                    try pattern(text)
                }
            case "dlpkey" where halves.count == 1: qualifiers = [[]]
            case "dlpkey":
                qualifiers = try list(value, "|").map { (sequence) throws(DictionaryError) in
                    try list(sequence, ",").map { (text) throws(DictionaryError) in
                        try pattern(text).text
                    }
                }
            default: throw failure("the attribute '\(word)' is not known")
            }
        }
        return (requires, excludes, qualifiers)
    }

    private func list(
        _ text: Substring, _ separator: Character
    ) throws(DictionaryError) -> [Substring] {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty }) else {
            throw failure("an attribute with an empty part")
        }
        return parts
    }

    private func pattern(_ text: Substring) throws(DictionaryError) -> ApplicationIdentifier.Pattern
    {
        guard let pattern = ApplicationIdentifier.Pattern(text) else {
            throw failure("'\(text)' is no identifier or pattern")
        }
        return pattern
    }
}
