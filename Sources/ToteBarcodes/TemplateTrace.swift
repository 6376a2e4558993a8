/// What each part of a template makes of a code, for staff that try one out.
package struct TemplateTrace: Hashable, Sendable {
    package struct Step: Hashable, Sendable {
        /// As written: `28`, `{code:4}`.
        package let part: String
        /// Characters of the code that it takes; fewer where the code ends.
        package let taken: String
        /// Why it does not fit; `nil` if it does.
        package let fault: String?
    }

    package let steps: [Step]
    /// Characters behind the last part.
    package let rest: String

    package var fits: Bool { rest.isEmpty && steps.allSatisfy { $0.fault == nil } }
}

extension MeasureTemplate {
    /// The value in `unit` and the article, with the first check that failed; `nil` where the
    /// shape does not fit.
    package func reading(
        of code: String
    ) -> (article: String, value: Int64?, failedCheck: TemplateReading.FailedCheck?)? {
        guard let reading = match(Array(code.utf8)) else { return nil }
        return (reading.code, reading.embed.flatMap { inUnit($0) }, reading.failedCheck)
    }

    /// UPC-A and 13 digits with a leading 0 are one number (RCN-2).
    func match(_ code: [UInt8]) -> TemplateReading? {
        if let reading = pattern.match(code) { return reading }
        if code.count == 12, !pattern.isOpen { return pattern.match([0x30] + code) }
        if code.count == 13, code[0] == 0x30, !pattern.isOpen {
            return pattern.match(Array(code.dropFirst()))
        }
        return nil
    }

    /// Part by part, as far as the code goes.
    package func trace(of code: String) -> TemplateTrace {
        let bytes = Array(code.utf8)
        let failed = pattern.match(bytes)?.failedCheck
        var steps: [TemplateTrace.Step] = []
        var rest = bytes[...]
        for part in pattern.parts {
            let taken = rest.prefix(part.width ?? rest.count)
            let offset = rest.startIndex
            rest = rest.dropFirst(taken.count)
            var fault = part.fault(in: Array(taken))
            if fault == nil, let failed, (offset..<offset + taken.count).contains(failed.offset) {
                fault = "is \(failed.found), right would be \(failed.expected)"
            }
            steps.append(
                TemplateTrace.Step(
                    part: part.text, taken: String(decoding: taken, as: UTF8.self), fault: fault))
        }
        return TemplateTrace(steps: steps, rest: String(decoding: rest, as: UTF8.self))
    }
}

extension TemplatePattern.Part {
    /// As the template says it.
    fileprivate var text: String {
        switch self {
        case .literal(let bytes): String(decoding: bytes, as: UTF8.self)
        case .code(.characters(let count)): "{code:\(count.map(String.init) ?? "*")}"
        case .code(.ean(let count)): "{code:ean\(count)}"
        case .code(.literal(let bytes)): "{code=\(String(decoding: bytes, as: UTF8.self))}"
        case .embed(let digits, _, true): "{embed100:\(digits)}"
        case .embed(let digits, 0, _): "{embed:\(digits)}"
        case .embed(let digits, let fraction, _): "{embed:\(digits - fraction).\(fraction)}"
        case .price(let digits): "{price:\(digits)}"
        case .skip(let count): count == 1 ? "{_}" : "{_:\(count.map(String.init) ?? "*")}"
        case .verifier: "{i}"
        case .checkDigit: "{ec}"
        }
    }

    /// What is wrong with the characters themselves; checks are not looked at.
    fileprivate func fault(in taken: [UInt8]) -> String? {
        if let width, taken.count < width { return "the code ends here" }
        switch self {
        case .literal(let bytes), .code(.literal(let bytes)):
            return taken == bytes ? nil : "is not \(String(decoding: bytes, as: UTF8.self))"
        case .code(.characters):
            return taken.isEmpty || !taken.allSatisfy { (0x20...0x7E).contains($0) }
                ? "needs printable characters" : nil
        case .code(.ean), .embed, .price, .verifier, .checkDigit:
            return taken.allSatisfy(\.isDigit) ? nil : "needs digits"
        case .skip: return nil
        }
    }
}
