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
    func hasCall(_ word: String) -> Bool { has(word, isWhole: false) }

    /// The same, with none right after it either.
    func hasWord(_ word: String) -> Bool { has(word, isWhole: true) }

    private func has(_ word: String, isWhole: Bool) -> Bool {
        guard contains(word) else { return false }
        let bytes = Array(utf8)
        let wanted = Array(word.utf8)
        guard let first = wanted.first, bytes.count >= wanted.count else { return false }
        return (0...bytes.count - wanted.count).contains { start in
            guard bytes[start] == first, bytes[start...].starts(with: wanted) else { return false }
            let end = start + wanted.count
            return !(start > 0 && Self.isWordByte(bytes[start - 1]))
                && !(isWhole && end < bytes.count && Self.isWordByte(bytes[end]))
        }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte) || byte == 0x5F || byte >= 0x80
    }
}
