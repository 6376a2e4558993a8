// Compressed Digital Links (GS1 Digital Link: Compression, 1.0): identifiers by half-byte digits,
// then values in as few bits as their characters need, the whole in file-safe base 64. The count
// of digits is kept with a number, so `0329` stays `0329`. What does not come back the same is
// refused rather than read.

extension DigitalLink {
    /// The compressed form of an element string.
    /// - Throws: what `build` throws, and `digitalLink` for identifiers the table lacks.
    package func compress(
        _ string: ElementString, stem: String = DigitalLink.canonicalStem
    ) throws(BarcodeError) -> String {
        _ = try build(string, stem: stem)
        var bits = LinkBits()
        let rows = string.elements.map { ($0, table[$0.ai]) }
        for wantsPredefined in [true, false] {
            for (element, row) in rows where (row?.isPredefined ?? false) == wantsPredefined {
                guard let row else { throw .digitalLink(at: 0, "(\(element.ai)) is not known") }
                for digit in row.ai.utf8 { bits.append(UInt64(digit - 0x30), count: 4) }
                var rest = Array(element.value.utf8)[...]
                for field in CompressedField.fields(of: row) { field.write(&rest, to: &bits) }
            }
        }
        return (stem.hasSuffix("/") ? String(stem.dropLast()) : stem) + "/" + bits.text
    }

    /// The elements of a link whose last segment is compressed, and its stem.
    /// - Throws: `digitalLink`, or what is wrong with a value.
    package func decompress(
        _ bytes: [UInt8]
    ) throws(BarcodeError) -> (elements: ElementString, stem: String) {
        guard Self.isWebLink(bytes), let slash = bytes.lastIndex(of: 0x2F),
            slash + 1 < bytes.count, var bits = LinkBits(text: bytes[(slash + 1)...])
        else { throw .digitalLink(at: 0, "no compressed link") }
        var elements: [ElementString.Element] = []
        let range = slash + 1..<bytes.count
        while !bits.isAtEnd {
            guard elements.count < ElementParser.maximumElements,
                let identifiers = identifiers(&bits)
            else { throw .digitalLink(at: slash + 1, "no compressed link") }
            for row in identifiers {
                var value: [UInt8] = []
                for field in CompressedField.fields(of: row) {
                    guard let part = field.read(&bits) else {
                        throw .digitalLink(at: slash + 1, "it ends too early")
                    }
                    value += part
                }
                do throws(BarcodeError) {
                    try ElementRules(today: today).check(value[...], row)
                } catch {
                    throw error.within(range)
                }
                let text = String(decoding: value, as: UTF8.self)
                elements.append(ElementString.Element(ai: row.ai, value: text, range: range))
            }
        }
        let string = ElementString(elements: elements, origin: .digitalLink)
        return (string, String(decoding: bytes[..<slash], as: UTF8.self))
    }

    /// One identifier, or those that a code with a letter stands for.
    private func identifiers(_ bits: inout LinkBits) -> [ApplicationIdentifier]? {
        guard let first = bits.take(4), let second = bits.take(4) else { return nil }
        guard first < 10, second < 10 else {
            let names = CompressedField.combinations[first << 4 | second] ?? []
            let rows = names.compactMap { table[$0] }
            return rows.isEmpty || rows.count < names.count ? nil : rows
        }
        let digits = [first, second].map { UInt8(0x30 + $0) }
        guard let length = table.length(first: digits[0], second: digits[1]) else { return nil }
        var name = digits
        for _ in 2..<max(2, length) {
            guard let digit = bits.take(4), digit < 10 else { return nil }
            name.append(UInt8(0x30 + digit))
        }
        return table[name[...]].map { [$0] }
    }
}

/// A run of a value that is written in one way.
private struct CompressedField {
    let isNumeric: Bool
    /// Characters, exactly or at most.
    let count: Int
    let isVariable: Bool

    /// Digits that must be there are one number, those that may follow another.
    static func fields(of row: ApplicationIdentifier) -> [CompressedField] {
        var fields: [CompressedField] = []
        for component in row.components {
            let isVariable = component.isOptional || component.least != component.most
            let isNumeric = component.characters == .numeric
            if let last = fields.last, isNumeric, last.isNumeric,
                last.isVariable == isVariable
            {
                fields[fields.count - 1] = CompressedField(
                    isNumeric: true, count: last.count + component.most, isVariable: isVariable)
            } else {
                fields.append(
                    CompressedField(
                        isNumeric: isNumeric, count: component.most, isVariable: isVariable))
            }
        }
        return fields
    }

    func write(_ rest: inout ArraySlice<UInt8>, to bits: inout LinkBits) {
        let value = rest.prefix(count)
        rest = rest.dropFirst(count)
        let encoding = Encoding.shortest(for: value)
        if !isNumeric { bits.append(UInt64(encoding.rawValue), count: 3) }
        if isVariable { bits.append(UInt64(value.count), count: LinkBits.lengthBits(count)) }
        guard let alphabet = encoding.alphabet else {
            bits.append(decimal: value)
            return
        }
        for byte in value {
            bits.append(UInt64(alphabet.firstIndex(of: byte) ?? 0), count: encoding.width)
        }
    }

    func read(_ bits: inout LinkBits) -> [UInt8]? {
        var encoding = Encoding.number
        if !isNumeric {
            guard let found = bits.take(3).flatMap(Encoding.init(rawValue:)) else { return nil }
            encoding = found
        }
        var length = count
        if isVariable {
            guard let found = bits.take(LinkBits.lengthBits(count)), found <= count else {
                return nil
            }
            length = found
        }
        guard let alphabet = encoding.alphabet else { return bits.takeDecimal(length) }
        var value: [UInt8] = []
        for _ in 0..<length {
            guard let place = bits.take(encoding.width), place < alphabet.count else { return nil }
            value.append(alphabet[place])
        }
        return value
    }

    enum Encoding: Int {
        case number, lowerHex, upperHex, base64, ascii

        var width: Int {
            switch self {
            case .number: 0
            case .lowerHex, .upperHex: 4
            case .base64: 6
            case .ascii: 7
            }
        }

        var alphabet: [UInt8]? { Self.alphabets[rawValue] }

        private static let alphabets: [[UInt8]?] = [
            nil, Array("0123456789abcdef".utf8), Array("0123456789ABCDEF".utf8),
            Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8),
            Array(0...127),
        ]

        static func shortest(for value: ArraySlice<UInt8>) -> Encoding {
            if value.allSatisfy(\.isDigit) { return .number }
            let fitting = [Encoding.lowerHex, .upperHex, .base64].first { encoding in
                value.allSatisfy { encoding.alphabet?.contains($0) ?? false }
            }
            return fitting ?? .ascii
        }
    }

    /// Codes for identifiers that often come together; read, and never written here.
    static let combinations: [Int: [String]] = {
        var codes: [Int: [String]] = [
            0x0A: ["01", "22"], 0x0B: ["01", "10"], 0x0C: ["01", "21"], 0x0D: ["01", "17"],
            0x0E: ["01", "7003"], 0x0F: ["01", "30"], 0x1A: ["01", "10", "21", "17"],
            0x1B: ["01", "15"], 0x1C: ["01", "11"], 0x1D: ["01", "16"], 0x1E: ["01", "91"],
            0x1F: ["01", "10", "15"], 0x9A: ["8010", "8011"], 0x9B: ["8017", "8019"],
            0x9C: ["8018", "8019"], 0x9D: ["414", "254"],
        ]
        for digit in 0...5 {
            codes[0x2A + digit] = ["01", "310\(digit)"]
            codes[0x3A + digit] = ["01", "320\(digit)"]
        }
        for digit in 0...9 {
            codes[0xA0 + digit] = ["01", "392\(digit)"]
            codes[0xC0 + digit] = ["255", "390\(digit)"]
        }
        for digit in 0...3 { codes[0xCA + digit] = ["255", "394\(digit)"] }
        return codes
    }()
}
