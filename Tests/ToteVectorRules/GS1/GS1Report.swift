import ToteValues

/// What became of a file of vectors.
package struct GS1Report {
    private var judge = GS1Judge()
    private(set) var passed: [String: Int] = [:]
    private(set) var failures: [String] = []
    private(set) var skipped: [String: Int] = [:]
    private(set) var failed: [String: Int] = [:]
    private var lines = 0

    package init() {}

    package var isRight: Bool { failures.isEmpty && lines > 0 }
    package var failureLines: [String] { failures }
    package var isEmpty: Bool { lines == 0 }

    /// All lines of a file.
    /// - Throws: `GS1VectorError` with the number of a line that is no vector.
    package mutating func judge(file: some Sequence<UInt8>) throws(GS1VectorError) {
        let bytes = Array(file)
        for (number, line) in bytes.split(
            separator: 0x0A, omittingEmptySubsequences: false
        ).enumerated() where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) {
            do throws(GS1VectorError) {
                judge(try GS1Vector(Array(line)))
            } catch {
                throw GS1VectorError(reason: "line \(number + 1): \(error.reason)")
            }
        }
    }

    package mutating func judge(_ vector: GS1Vector) {
        lines += 1
        switch judge.judge(vector) {
        case .passed: passed[vector.tier, default: 0] += 1
        case .skipped(let reason): skipped[reason, default: 0] += 1
        case .failed(let expected, let got):
            failed[vector.tier, default: 0] += 1
            let input = vector["in"]?.words ?? ""
            let name = vector["fn"]?.text.map { " \($0)" } ?? ""
            failures.append(
                """
                failed \(vector.id) \(vector.operation)\(name)
                  in        \(Self.shown(input))
                  expected  \(Self.shown(expected))
                  got       \(Self.shown(got))

                """)
        }
    }

    /// Control characters as `\u{1D}`, so that a list of failures harms no terminal.
    static func shown(_ text: String) -> String {
        let limit = 300
        var shown = ""
        for scalar in text.unicodeScalars.prefix(limit) {
            let isPlain = scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
            shown += isPlain ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
        }
        return shown + (text.unicodeScalars.count > limit ? "…" : "")
    }

    /// The last line: `N passed, N failed, N skipped`.
    package var total: String {
        let sum = { (counts: [String: Int]) in counts.values.reduce(0, +) }
        return "\(sum(passed)) passed, \(failures.count) failed, \(sum(skipped)) skipped"
    }

    package func render() -> String {
        var text = failures.joined()
        for tier in Set(passed.keys).union(failed.keys).sorted() {
            text += "\(tier): \(passed[tier] ?? 0) passed, \(failed[tier] ?? 0) failed\n"
        }
        for (reason, count) in skipped.sorted(by: { $0.key < $1.key }) {
            text += "skipped \(count): \(reason)\n"
        }
        let left = judge.fieldsLeftOut.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        if !left.isEmpty { text += "fields not compared: \(left.joined(separator: ", "))\n" }
        return text + total + "\n"
    }
}
