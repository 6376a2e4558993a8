/// Template text → parts, by the grammar of 2.3. Every refusal names its offset and reason.
struct TemplateCompiler {
    private let text: [UInt8]
    private var position = 0
    private var parts: [TemplatePattern.Part] = []

    private init(text: [UInt8]) { self.text = text }

    static func compile(_ text: String) throws(BarcodeError) -> TemplatePattern {
        var compiler = TemplateCompiler(text: Array(text.utf8))
        return try compiler.run()
    }

    private mutating func run() throws(BarcodeError) -> TemplatePattern {
        guard !text.isEmpty, text.count <= 200 else {
            throw failure(at: 0, "it must have 1 to 200 characters")
        }
        while position < text.count {
            switch text[position] {
            case 0x7B: try element()
            case 0x7D: throw failure(at: position, "`}` without `{`")
            case 0x20...0x7E: literal()
            default: throw failure(at: position, "only printable ASCII")
            }
        }
        let pattern = TemplatePattern(parts: parts)
        try check(pattern)
        return pattern
    }

    private mutating func literal() {
        let end = text[position...].firstIndex {
            $0 == 0x7B || $0 == 0x7D || $0 < 0x20 || $0 > 0x7E
        }
        parts.append(.literal(Array(text[position..<(end ?? text.count)])))
        position = end ?? text.count
    }

    private mutating func element() throws(BarcodeError) {
        let start = position
        guard let end = text[start...].firstIndex(of: 0x7D) else {
            throw failure(at: start, "`{` without `}`")
        }
        let content = text[(start + 1)..<end]
        guard !content.contains(0x7B) else { throw failure(at: start, "elements do not nest") }
        parts.append(try part(String(decoding: content, as: UTF8.self), at: start))
        position = end + 1
    }

    private func part(
        _ content: String, at offset: Int
    ) throws(BarcodeError) -> TemplatePattern.Part {
        if content.hasPrefix("code="), content.utf8.count > 5 {
            return .code(.literal(Array(content.utf8.dropFirst(5))))
        }
        let halves = content.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let argument = halves.count == 2 ? halves[1] : nil
        switch (halves[0], argument) {
        case ("i", nil): return .verifier
        case ("ec", nil): return .checkDigit
        case ("_", nil): return .skip(1)
        case ("_", "*"?): return .skip(nil)
        case ("_", let count?): return .skip(try number(count, at: offset))
        case ("code", "*"?): return .code(.characters(nil))
        case ("code", "ean8"?): return .code(.ean(8))
        case ("code", "ean13"?): return .code(.ean(13))
        case ("code", "ean14"?): return .code(.ean(14))
        case ("code", let count?): return .code(.characters(try number(count, at: offset)))
        case ("price", let count?): return .price(digits: try number(count, at: offset))
        case ("embed100", let count?):
            return .embed(
                digits: try number(count, at: offset, atMost: 16), fraction: 0, timesHundred: true)
        case ("embed", let form?): return try embed(form, at: offset)
        default: throw failure(at: offset, "unknown element `{\(content)}`")
        }
    }

    private func embed(
        _ form: Substring, at offset: Int
    ) throws(BarcodeError) -> TemplatePattern.Part {
        let halves = form.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count <= 2 else { throw failure(at: offset, "an embed has one point at most") }
        let whole = try number(halves[0], at: offset)
        let fraction = halves.count == 2 ? try number(halves[1], at: offset) : 0
        guard whole + fraction <= 18 else { throw failure(at: offset, "at most 18 digits") }
        return .embed(digits: whole + fraction, fraction: fraction, timesHundred: false)
    }

    /// 1…18 without sign or leading zero.
    private func number(
        _ text: Substring, at offset: Int, atMost limit: Int = 18
    ) throws(BarcodeError) -> Int {
        guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy(\.isDigit),
            text.utf8.first != 0x30, let value = Int(text), value <= limit
        else { throw failure(at: offset, "a length is a number from 1 to \(limit)") }
        return value
    }

    /// RCN-1.
    private func check(_ pattern: TemplatePattern) throws(BarcodeError) {
        let end = text.count
        for (name, isOne) in Self.singles where parts.count(where: isOne) > 1 {
            throw failure(at: end, "\(name) may stand once only")
        }
        if parts.dropLast().contains(where: { $0.width == nil }) {
            throw failure(at: end, "`*` must be last")
        }
        if let index = parts.firstIndex(of: .checkDigit) {
            guard index == parts.count - 1 else { throw failure(at: end, "{ec} must be last") }
            guard [8, 12, 13, 14].contains(pattern.length), !pattern.isOpen else {
                throw failure(at: end, "with {ec} a code has 8, 12, 13 or 14 digits")
            }
        }
        if parts.contains(.verifier) {
            let fits = parts.contains {
                if case .embed(let digits, _, _) = $0 { digits == 4 || digits == 5 } else { false }
            }
            guard fits else { throw failure(at: end, "{i} needs an embed of 4 or 5 digits") }
        }
    }

    private static let singles: [(String, @Sendable (TemplatePattern.Part) -> Bool)] = [
        ("{code}", { if case .code = $0 { true } else { false } }),
        ("{embed}", { if case .embed = $0 { true } else { false } }),
        ("{price}", { if case .price = $0 { true } else { false } }),
        ("{i}", { $0 == .verifier }),
        ("{ec}", { $0 == .checkDigit }),
    ]

    private func failure(at offset: Int, _ reason: String) -> BarcodeError {
        BarcodeError(
            code: .template, offset: offset, found: reason,
            message: "The label template is wrong at character \(offset + 1): \(reason).",
            mend: "Correct the template in the store's profile.")
    }
}
