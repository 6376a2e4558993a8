import ArgumentParser
import ToteTerminal

/// What is wrong with the arguments before any command is looked for: bytes that are no text,
/// arguments no option could want, an option given twice with different values.
enum CommandArguments {
    /// A code has at most 8,192 bytes, a path at most 4,096.
    static let longest = 8192

    /// The process's arguments without its name, exactly as given.
    static func read() throws -> [String] {
        let raw = CommandLine.unsafeArgv
        return try (1..<max(1, Int(CommandLine.argc))).compactMap { index in
            try raw[index].map { try text(of: $0, at: index) }
        }
    }

    private static func text(of pointer: UnsafeMutablePointer<CChar>, at index: Int) throws
        -> String
    {
        guard let text = String(validatingCString: pointer) else {
            throw ValidationError("Argument \(index) is not UTF-8 text.")
        }
        guard text.utf8.count <= longest else {
            throw ValidationError(
                "Argument \(index) is longer than \(longest) bytes: '\(quote(text))'.")
        }
        return text
    }

    /// Options that take one value. The last of two different ones must not win unseen.
    private static let single: Set<String> = [
        "--store", "--home", "--qty", "--grams", "--code", "--pick", "--files-from", "--split",
        "--gift-card", "--card", "--image", "--keys", "--limit", "--camera", "--scanner",
        "--group-separator", "--seconds", "--count", "--article",
    ]

    static func refuseRepeats(_ arguments: [String]) throws {
        var seen: [String: String] = [:]
        for (index, argument) in arguments.enumerated() {
            if argument == "--" { return }
            let parts = argument.split(separator: "=", maxSplits: 1)
            guard let name = parts.first.map(String.init), single.contains(name) else { continue }
            let next = index + 1 < arguments.count ? arguments[index + 1] : ""
            let value = parts.count == 2 ? String(parts[1]) : next
            if let earlier = seen.updateValue(value, forKey: name), earlier != value {
                throw ValidationError("\(name) is given twice with different values.")
            }
        }
    }

    /// At most 80 characters of foreign text, with control characters shown.
    static func quote(_ text: String) -> String {
        let visible = VisibleText.escaped(String(text.prefix(80)))
        return visible.count > 80 || text.count > 80 ? visible.prefix(79) + "…" : visible
    }
}
