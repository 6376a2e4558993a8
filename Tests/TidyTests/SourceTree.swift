import Foundation

/// A source file of the repository, as the rules see it.
struct SourceFile: Sendable {
    /// From the repository's root: `Sources/ToteCarts/Cart.swift`.
    let path: String
    let text: String
    let lines: [String]
    /// The lines with comments and the content of strings blanked: what the compiler acts on.
    let code: [String]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        code = path.hasSuffix(".swift") ? CodeOnly.lines(text) : []
    }

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

    static let swift: [SourceFile] = texts.filter { $0.path.hasSuffix(".swift") }
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
/// comments, plain, raw and multi-line strings; interpolations count as content. Over bytes, in
/// one pass: the whole tree takes a second.
enum CodeOnly {
    private static let quote: UInt8 = 0x22
    private static let hash: UInt8 = 0x23

    static func lines(_ text: String) -> [String] {
        var closing: [UInt8]?
        return text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            String(decoding: blank(Array(line)[...], &closing), as: UTF8.self)
        }
    }

    /// `closing` is what ends the multi-line string that the line is in.
    private static func blank(_ line: ArraySlice<UInt8>, _ closing: inout [UInt8]?) -> [UInt8] {
        var code: [UInt8] = []
        var rest = line
        while let byte = rest.first {
            if let end = closing {
                guard rest.starts(with: end) else {
                    rest.removeFirst()
                    continue
                }
                rest = rest.dropFirst(end.count)
                closing = nil
                code += [quote, quote]
            } else if byte == 0x2F, rest.dropFirst().first == 0x2F {
                return code
            } else if byte == quote || byte == hash, let (hashes, isLong) = opening(rest) {
                rest = rest.dropFirst(hashes + (isLong ? 3 : 1))
                let tail = [UInt8](repeating: hash, count: hashes)
                if isLong {
                    closing = [quote, quote, quote] + tail
                } else {
                    rest = afterString(rest, closing: [quote] + tail)
                    code += [quote, quote]
                }
            } else {
                code.append(byte)
                rest.removeFirst()
            }
        }
        return code
    }

    /// Hashes before the quotes, and whether those are three.
    private static func opening(_ text: ArraySlice<UInt8>) -> (hashes: Int, isLong: Bool)? {
        let hashes = text.prefix { $0 == hash }.count
        let quotes = text.dropFirst(hashes)
        guard quotes.first == quote else { return nil }
        return (hashes, quotes.starts(with: [quote, quote, quote]))
    }

    private static func afterString(
        _ text: ArraySlice<UInt8>, closing: [UInt8]
    ) -> ArraySlice<UInt8> {
        var rest = text
        while let byte = rest.first {
            if byte == 0x5C, closing.count == 1 {
                rest = rest.dropFirst(2)
            } else if rest.starts(with: closing) {
                return rest.dropFirst(closing.count)
            } else {
                rest.removeFirst()
            }
        }
        return rest
    }
}
