/// The identifiers that this build knows, by text.
package struct IdentifierTable: Sendable {
    private let rows: [String: ApplicationIdentifier]

    package subscript(ai: String) -> ApplicationIdentifier? { rows[ai] }
    package var count: Int { rows.count }

    /// Reads the Syntax Dictionary's form: `AIs [flags] components [key=value …] # title`.
    /// Lines that do not read are left out; `unread` counts them, and a test wants none.
    package init(dictionary: String) {
        var rows: [String: ApplicationIdentifier] = [:]
        var unread = 0
        for line in dictionary.split(separator: "\n") where !line.hasPrefix("#") {
            let read = Self.rows(line)
            for row in read { rows[row.ai] = row }
            if read.isEmpty { unread += 1 }
        }
        self.rows = rows
        self.unread = unread
    }

    package let unread: Int

    private static func rows(_ line: Substring) -> [ApplicationIdentifier] {
        let halves = line.split(separator: "#", maxSplits: 1)
        var words = halves[0].split(separator: " ")[...]
        guard let name = words.popFirst(), let first = words.first else { return [] }
        let flags = first.allSatisfy { $0 == "*" || $0 == "?" } ? words.removeFirst() : ""
        var components: [ApplicationIdentifier.Component] = []
        while let word = words.first, !word.contains("="), word != "dlpkey" {
            guard let component = component(word) else { return [] }
            components.append(component)
            words.removeFirst()
        }
        guard !components.isEmpty else { return [] }
        let rules = words.map { $0.split(separator: "=", maxSplits: 1) }
        let values = { (key: String) in
            rules.filter { $0[0] == key }.map { $0.count == 2 ? list($0[1], ",") : [] }
        }
        let keys = rules.first { $0[0] == "dlpkey" }.map { rule in
            rule.count == 2 ? list(rule[1], "|").map { list($0[...], ",") } : [[]]
        }
        return identifiers(name).map { ai in
            ApplicationIdentifier(
                ai: ai, isPredefined: flags.contains("*"), isAttribute: flags.contains("?"),
                components: components, requires: values("req"),
                excludes: values("ex").flatMap(\.self),
                qualifiers: keys,
                title: halves.count == 2 ? String(halves[1].drop { $0 == " " }) : "")
        }
    }

    /// `3100-3105` is six identifiers.
    private static func identifiers(_ name: Substring) -> [String] {
        let ends = name.split(separator: "-")
        guard ends.count == 2, let first = Int(ends[0]), let last = Int(ends[1]), first < last
        else { return [String(name)] }
        return (first...last).map(String.init)
    }

    private static func list(_ text: Substring, _ separator: Character) -> [String] {
        text.split(separator: separator).map(String.init)
    }

    /// `N14,csum`, `X..20`, `[N..12]`.
    private static func component(_ word: Substring) -> ApplicationIdentifier.Component? {
        let isOptional = word.hasPrefix("[")
        let bare = isOptional ? word.dropFirst().dropLast() : word
        var parts = bare.split(separator: ",")[...]
        guard let format = parts.popFirst(), let letter = format.first else { return nil }
        let characters: ApplicationIdentifier.Characters
        switch letter {
        case "N": characters = .numeric
        case "X": characters = .cset82
        case "Y": characters = .cset39
        case "Z": characters = .cset64
        default: return nil
        }
        let size = format.dropFirst()
        guard let most = Int(size.hasPrefix("..") ? size.dropFirst(2) : size) else { return nil }
        let linters = parts.compactMap { ApplicationIdentifier.Linter(rawValue: String($0)) }
        guard linters.count == parts.count else { return nil }
        return ApplicationIdentifier.Component(
            characters: characters, least: size.hasPrefix("..") ? 1 : most, most: most,
            linters: linters, isOptional: isOptional)
    }
}
