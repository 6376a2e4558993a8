/// Targets in the order of `Package.swift`.
enum TripOrder {
    static func targets(_ package: String) -> [String] {
        let makers: Set<Substring> = ["module", "cLibrary", "command", "tests"]
        return package.split(separator: "(", omittingEmptySubsequences: false)
            .adjacent.compactMap { before, after in
                let maker = before.reversed().prefix { $0.isLetter }.reversed()
                guard makers.contains(Substring(String(maker))) else { return nil }
                let name = after.drop { $0.isWhitespace }
                guard name.first == "\"" else { return nil }
                return String(name.dropFirst().prefix { $0 != "\"" })
            }
    }
}

extension Array {
    fileprivate var adjacent: [(Element, Element)] {
        Array<(Element, Element)>(zip(self, dropFirst()))
    }
}

/// Names that a line declares.
enum Declaration {
    private static let typeWords: Set<String> = [
        "struct", "class", "enum", "actor", "protocol", "typealias", "extension",
    ]
    private static let otherWords: Set<String> = ["let", "var", "func", "case", "macro"]

    static func type(_ line: String) -> String? { after(typeWords, words(line)).first }

    /// Types, members, cases; of a case list all, and columns of a table.
    static func names(_ line: String) -> [String] {
        let words = words(line)
        if words.contains("case") { return words.filter { $0 != "case" } }
        return after(typeWords.union(otherWords), words)
    }

    private static func after(_ keywords: Set<String>, _ words: [String]) -> [String] {
        zip(words, words.dropFirst()).filter { keywords.contains($0.0) }.map(\.1)
    }

    private static func words(_ line: String) -> [String] {
        line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    }
}

/// Names for what Tote has no type for (GATE-2).
enum Inference {
    private static let forbidden: [[String]] = [
        ["face"], ["faces"], ["facial"], ["age", "estimate"], ["estimated", "age"], ["ethnicity"],
        ["emotion"], ["emotions"], ["gaze"], ["gait"], ["mood", "reading"], ["voice", "print"],
        ["licence", "plate"], ["license", "plate"], ["radio", "identifier"], ["radio", "address"],
        ["biometric"], ["biometrics"], ["religion"], ["gender"],
    ]

    static func isForbidden(_ name: String) -> Bool {
        let words = split(name)
        return forbidden.contains { pattern in
            words.indices.contains { words[$0...].starts(with: pattern) }
        }
    }

    /// `ageEstimate`, `age_estimate` → age, estimate.
    static func split(_ name: String) -> [String] {
        var words: [String] = [""]
        var lastWasLower = false
        for character in name {
            if character == "_" || (character.isUppercase && lastWasLower) { words.append("") }
            lastWasLower = character.isLowercase || character.isNumber
            if character != "_" { words[words.count - 1] += character.lowercased() }
        }
        return words.filter { !$0.isEmpty }
    }
}
