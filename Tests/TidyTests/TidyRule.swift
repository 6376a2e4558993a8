import Foundation

/// One rule of the house: what it finds wrong in a file, line by line.
struct TidyRule: Sendable {
    let name: String
    let violations: @Sendable (SourceFile) -> [String]

    init(_ name: String, _ violations: @escaping @Sendable (SourceFile) -> [String]) {
        self.name = name
        self.violations = violations
    }

    /// A rule over single lines of code, comments and strings left out.
    static func code(
        _ name: String, where applies: @escaping @Sendable (SourceFile) -> Bool = { _ in true },
        _ isWrong: @escaping @Sendable (String) -> Bool
    ) -> TidyRule {
        TidyRule(name) { file in
            guard applies(file) else { return [] }
            return file.code.enumerated().filter { isWrong($0.element) }.map { number, line in
                "\(file.path):\(number + 1): \(line.prefix(100))"
            }
        }
    }
}

extension String {
    /// Whether `word` stands in it with no letter, digit or `_` right before it.
    func hasCall(_ word: String) -> Bool {
        var rest = self[...]
        while let range = rest.range(of: word) {
            let before = rest[..<range.lowerBound].last ?? self[..<range.lowerBound].last
            if !(before?.isLetter ?? false), !(before?.isNumber ?? false), before != "_" {
                return true
            }
            rest = rest[range.upperBound...]
        }
        return false
    }
}
