/// A template compiled to parts, matched byte by byte from left to right (2.3). Only the last
/// part may be of any length, so matching needs no backtracking: one pass, no allocation but the
/// result.
package struct TemplatePattern: Hashable, Sendable {
    package enum Part: Hashable, Sendable {
        case literal([UInt8])
        case code(CodeForm)
        case embed(digits: Int, fraction: Int, timesHundred: Bool)
        case price(digits: Int)
        /// `nil`: all the rest.
        case skip(Int?)
        case verifier
        case checkDigit
    }

    package enum CodeForm: Hashable, Sendable {
        /// Characters; `nil`: all the rest, at least one.
        case characters(Int?)
        /// 8, 13 or 14 digits with a right check digit.
        case ean(Int)
        case literal([UInt8])
    }

    package let parts: [Part]
    /// Bytes of a code that fits; a lower bound when `isOpen`.
    package let length: Int
    /// Ends in `*`.
    package let isOpen: Bool
    /// What every code that fits begins with.
    private let prefix: [UInt8]

    init(parts: [Part]) {
        self.parts = parts
        prefix = if case .literal(let bytes)? = parts.first { bytes } else { [] }
        length = parts.reduce(0) { $0 + ($1.width ?? $1.leastWidth) }
        isOpen = parts.contains { $0.width == nil }
    }
}

extension TemplatePattern.Part {
    /// Bytes taken; `nil` for all the rest.
    var width: Int? {
        switch self {
        case .literal(let bytes), .code(.literal(let bytes)): bytes.count
        case .code(.characters(let count)), .skip(let count): count
        case .code(.ean(let count)), .price(let count): count
        case .embed(let digits, _, _): digits
        case .verifier, .checkDigit: 1
        }
    }

    var leastWidth: Int {
        if case .code = self { 1 } else { 0 }
    }
}

/// What a template read.
package struct TemplateReading: Hashable, Sendable {
    package var code = ""
    /// The code element is a checked EAN.
    package var codeIsEAN = false
    /// The embedded value as an integer, `embed100` already multiplied.
    package var embed: Int64?
    package var fractionDigits = 0
    /// Reference unit price, minor units.
    package var price: Int64?
    /// A check that failed: no sale, but worth telling (RCN-2).
    package var failedCheck: FailedCheck?

    package struct FailedCheck: Hashable, Sendable {
        /// `{i}`, `{ec}` or `{code}`.
        package let part: String
        package let offset: Int
        package let expected: String
        package let found: String
    }
}

extension TemplatePattern {
    /// A quick look, for stores with many templates: `false` when a code cannot fit.
    func beginsLike(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count >= prefix.count else { return false }
        for index in prefix.indices where bytes[bytes.startIndex + index] != prefix[index] {
            return false
        }
        return true
    }

    /// The same for a number of 13 digits in any of its forms: without a leading 0 it has 12.
    func mayMatch(_ thirteen: [UInt8]) -> Bool {
        if isOpen || length == 13 { return beginsLike(thirteen[...]) }
        return length == 12 && thirteen.first == 0x30
    }

    /// `nil` when the shape does not fit; a reading with `failedCheck` when only a check fails.
    package func match(_ bytes: some RandomAccessCollection<UInt8>) -> TemplateReading? {
        guard isOpen ? bytes.count >= length : bytes.count == length else { return nil }
        var reading = TemplateReading()
        var embedDigits: [UInt8] = []
        var verifier: (offset: Int, found: UInt8)?
        var rest = bytes[...]
        var offset = 0
        for part in parts {
            let taken = rest.prefix(part.width ?? rest.count)
            switch part {
            case .literal(let literal):
                guard taken.elementsEqual(literal) else { return nil }
            case .code(let form):
                guard read(taken, as: form, at: offset, into: &reading) else { return nil }
            case .embed(_, let fraction, let timesHundred):
                guard let value = Self.number(taken) else { return nil }
                reading.embed = timesHundred ? value * 100 : value
                reading.fractionDigits = fraction
                embedDigits = Array(taken)
            case .price:
                guard let value = Self.number(taken) else { return nil }
                reading.price = value
            case .skip: break
            case .verifier:
                guard let digit = taken.first, digit.isDigit else { return nil }
                verifier = (offset, digit)
            case .checkDigit:
                guard bytes.allSatisfy(\.isDigit), let digit = taken.first else { return nil }
                let right = CheckDigit.mod10(bytes.dropLast())
                if digit - 0x30 != right {
                    reading.fail("{ec}", at: offset, expected: right, found: digit)
                }
            }
            rest = rest.dropFirst(taken.count)
            offset += taken.count
        }
        if let verifier, let right = CheckDigit.verifier(embedDigits),
            verifier.found - 0x30 != right, reading.failedCheck == nil
        {
            reading.fail("{i}", at: verifier.offset, expected: right, found: verifier.found)
        }
        return reading
    }

    private func read(
        _ taken: some RandomAccessCollection<UInt8>, as form: CodeForm, at offset: Int,
        into reading: inout TemplateReading
    ) -> Bool {
        switch form {
        case .characters:
            guard taken.allSatisfy({ (0x20...0x7E).contains($0) }) else { return false }
        case .literal(let literal):
            guard taken.elementsEqual(literal) else { return false }
        case .ean:
            guard taken.allSatisfy(\.isDigit), let last = taken.last else { return false }
            let right = CheckDigit.mod10(taken.dropLast())
            reading.codeIsEAN = true
            if last - 0x30 != right {
                reading.fail(
                    "{code}", at: offset + taken.count - 1, expected: right, found: last)
            }
        }
        reading.code = String(decoding: taken, as: UTF8.self)
        return true
    }

    private static func number(_ digits: some Collection<UInt8>) -> Int64? {
        guard digits.allSatisfy(\.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }
}

extension TemplateReading {
    fileprivate mutating func fail(_ part: String, at offset: Int, expected: UInt8, found: UInt8) {
        failedCheck = FailedCheck(
            part: part, offset: offset, expected: String(expected), found: String(found - 0x30))
    }
}
