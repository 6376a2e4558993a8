package import ToteValues

/// One line of a file of GS1 vectors.
package struct GS1Vector: Sendable {
    package let id: String
    package let operation: String
    package let tier: String
    package let line: JSONValue

    /// - Throws: a sentence, for a line that is no vector.
    package init(_ bytes: [UInt8]) throws(GS1VectorError) {
        guard let line = try? StrictJSON.parse(bytes), case .object = line else {
            throw GS1VectorError(reason: "no JSON object")
        }
        guard case .string(let operation)? = line["op"], case .string(let tier)? = line["tier"],
            line["in"] != nil
        else { throw GS1VectorError(reason: "no vector: op, tier and in are wanted") }
        id = if case .string(let id)? = line["id"] { id } else { "" }
        self.operation = operation
        self.tier = tier
        self.line = line
    }

    /// The name after `prefix.`, or `nil`.
    func operation(after prefix: String) -> String? {
        operation.hasPrefix(prefix) ? String(operation.dropFirst(prefix.count)) : nil
    }

    /// The input, if it is a text.
    var text: String? { self["in"]?.text }
    var bytes: [UInt8] { Array((text ?? "").utf8) }
    /// VEC-1: also a generating operation without a result must be refused.
    var isAccepted: Bool {
        if case .bool(let accepted)? = self["ok"] { return accepted }
        return expected != .null
    }
    var expected: JSONValue { self["expect"] ?? .null }

    subscript(name: String) -> JSONValue? { line[name] }

    func flag(_ name: String) -> Bool { self["flags"]?[name] == .bool(true) }

    func parameter(_ name: String) -> JSONValue? {
        self["params"]?[name].flatMap { $0 == .null ? nil : $0 }
    }
}

package struct GS1VectorError: Error, Hashable, Sendable {
    package let reason: String

    package init(reason: String) { self.reason = reason }
}

extension JSONValue {
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var number: Int64? { if case .integer(let number) = self { number } else { nil } }

    /// As it is written in a list of failures.
    var words: String { text ?? String(decoding: canonical, as: UTF8.self) }
}

/// What became of one vector.
package enum GS1Verdict: Hashable, Sendable {
    case passed
    case failed(expected: String, got: String)
    /// Cannot be judged, for a reason that is counted.
    case skipped(String)

    /// Accepting or refusing is all that is asked.
    static func accepts(_ vector: GS1Vector, _ accepted: Bool, _ got: String = "") -> GS1Verdict {
        guard accepted != vector.isAccepted else { return .passed }
        let words = accepted ? "accepted" : "refused"
        return .failed(
            expected: vector.isAccepted ? "accepted" : "refused",
            got: got.isEmpty ? words : "\(words): \(got)")
    }

    /// A result that must equal `expect`; `nil` is a refusal (VEC-1).
    static func equals(_ vector: GS1Vector, _ result: JSONValue?) -> GS1Verdict {
        guard vector.isAccepted, let result else {
            return accepts(vector, result != nil, result?.words ?? "")
        }
        return result == vector.expected
            ? .passed : .failed(expected: vector.expected.words, got: result.words)
    }

    static func equals(_ vector: GS1Vector, _ result: String?) -> GS1Verdict {
        equals(vector, result.map { .string($0) })
    }
}
