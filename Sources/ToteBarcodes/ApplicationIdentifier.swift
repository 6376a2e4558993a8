/// One GS1 application identifier: format, rules and title, as a row of the Syntax Dictionary
/// gives them (AI-1).
package struct ApplicationIdentifier: Hashable, Sendable {
    package enum Characters: Hashable, Sendable { case numeric, cset82, cset39, cset64 }

    package struct Component: Hashable, Sendable {
        package let characters: Characters
        package let least: Int
        package let most: Int
        package let linters: [Linter]
        package let isOptional: Bool
    }

    /// Two to four digits.
    package let ai: String
    /// Its value has a length fixed by the first two digits: no separator needed.
    package let isPredefined: Bool
    /// Allowed in the query of a Digital Link.
    package let isAttribute: Bool
    package let components: [Component]
    /// Each group needs one of its members to be present.
    package let requires: [[Patterns]]
    package let excludes: [Pattern]
    /// Qualifier sequences of a Digital Link key; `nil` for what is no key.
    package let qualifiers: [[String]]?
    package let title: String
    /// Characters of the value.
    package let least: Int
    package let most: Int

    init(
        ai: String, isPredefined: Bool, isAttribute: Bool, components: [Component],
        requires: [[Patterns]] = [], excludes: [Pattern] = [], qualifiers: [[String]]? = nil,
        title: String = ""
    ) {
        self.ai = ai
        self.isPredefined = isPredefined
        self.isAttribute = isAttribute
        self.components = components
        self.requires = requires
        self.excludes = excludes
        self.qualifiers = qualifiers
        self.title = title
        least = components.reduce(0) { $0 + ($1.isOptional ? 0 : $1.least) }
        most = components.reduce(0) { $0 + $1.most }
    }

    /// An identifier, or several: `n` is any digit, but for the first.
    package struct Pattern: Hashable, Sendable {
        package let text: String

        package init?(_ text: some StringProtocol) {
            guard (2...4).contains(text.utf8.count),
                text.utf8.first?.isDigit == true,
                text.utf8.allSatisfy({ $0.isDigit || $0 == 0x6E })
            else { return nil }
            self.text = String(text)
        }

        package func matches(_ ai: String) -> Bool {
            ai.utf8.count == text.utf8.count
                && zip(ai.utf8, text.utf8).allSatisfy { $1 == 0x6E || $0 == $1 }
        }
    }

    /// Patterns that must all be met.
    package typealias Patterns = [Pattern]

    /// Where the value's components lie; optional ones that are absent are left out.
    package func parts(_ value: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var rest = value
        var parts: [ArraySlice<UInt8>] = []
        for component in components where !rest.isEmpty {
            parts.append(rest.prefix(component.most))
            rest = rest.dropFirst(component.most)
        }
        return parts
    }
}
