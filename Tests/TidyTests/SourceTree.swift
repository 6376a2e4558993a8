import Foundation

/// A source file of the repository, as the rules see it.
struct SourceFile: Sendable {
    /// From the repository's root: `Sources/ToteCarts/Cart.swift`.
    let path: String
    let text: String

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    /// The lines with comments and the content of strings blanked: what the compiler acts on.
    var code: [String] { CodeOnly.lines(text) }
    var isTest: Bool { path.hasPrefix("Tests/") }
    var isTerminal: Bool { path.hasPrefix("CLI/") }
    var isTidy: Bool { path.hasPrefix("Tests/TidyTests/") }

    /// The target that compiles it.
    var target: String {
        let parts = path.split(separator: "/").map(String.init)
        guard parts.count > 2 else { return "" }
        let commands = [
            "Terminal": "ToteTerminal", "tote": "ToteCommand", "tote-store": "ToteStoreCommand",
        ]
        return parts[0] == "CLI" ? commands[parts[1]] ?? parts[1] : parts[1]
    }
}

/// All Swift files of the repository, found from this one.
enum SourceTree {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let swift: [SourceFile] = files { $0.hasSuffix(".swift") }
    /// Everything that is text and may be read by others.
    static let texts: [SourceFile] = files { name in
        [".swift", ".md", ".sh", ".h", ".modulemap", ".json", ".yml"].contains {
            name.hasSuffix($0)
        }
    }

    static let package: String =
        (try? String(contentsOf: root.appendingPathComponent("Package.swift"), encoding: .utf8))
        ?? ""

    private static func files(_ isWanted: (String) -> Bool) -> [SourceFile] {
        let folders = ["Sources", "CLI", "Tests", "Benchmarks", "SampleBarcodes"]
        return folders.flatMap { folder -> [SourceFile] in
            let base = root.appendingPathComponent(folder)
            let names = FileManager.default.enumerator(atPath: base.path)?.allObjects ?? []
            return names.compactMap { name in
                guard let name = name as? String, !name.contains(".build"), isWanted(name),
                    let text = try? String(
                        contentsOf: base.appendingPathComponent(name), encoding: .utf8)
                else { return nil }
                return SourceFile(path: "\(folder)/\(name)", text: text)
            }
        }.sorted { $0.path < $1.path }
    }
}

/// Blanks comments and the content of strings. Enough of Swift's grammar for tidy code: line
/// comments, plain, raw and multi-line strings; interpolations count as content.
enum CodeOnly {
    static func lines(_ text: String) -> [String] {
        var closing: String?
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            blank(line, &closing)
        }
    }

    /// `closing` is what ends the multi-line string that the line is in.
    private static func blank(_ line: Substring, _ closing: inout String?) -> String {
        var code = ""
        var rest = line
        while !rest.isEmpty {
            if let end = closing {
                guard let range = rest.range(of: end) else { return code }
                rest = rest[range.upperBound...]
                closing = nil
                code += "\"\""
            } else if rest.hasPrefix("//") {
                return code
            } else if let quotes = opening(rest) {
                rest = rest.dropFirst(quotes.count)
                let hashes = quotes.filter { $0 == "#" }
                if quotes.hasSuffix("\"\"\"") {
                    closing = "\"\"\"" + hashes
                } else {
                    rest = afterString(rest, hashes: hashes)
                    code += "\"\""
                }
            } else {
                code.append(rest.removeFirst())
            }
        }
        return code
    }

    /// `"`, `"""`, `#"` … when the text begins with one.
    private static func opening(_ text: Substring) -> String? {
        let hashes = text.prefix { $0 == "#" }
        let quotes = text[hashes.endIndex...]
        if quotes.hasPrefix("\"\"\"") { return hashes + "\"\"\"" }
        return quotes.hasPrefix("\"") ? hashes + "\"" : nil
    }

    private static func afterString(_ text: Substring, hashes: String) -> Substring {
        var rest = text
        while let character = rest.first {
            if character == "\\", hashes.isEmpty {
                rest = rest.dropFirst(2)
            } else if rest.hasPrefix("\"" + hashes) {
                return rest.dropFirst(1 + hashes.count)
            } else {
                rest = rest.dropFirst()
            }
        }
        return rest
    }
}
