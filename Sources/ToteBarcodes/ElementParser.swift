import ToteValues

/// Raw scan data → elements (AI-3). The first two digits fix an identifier's length; values of
/// predefined length end by count, others at a separator or the end. One pass; an error leaves
/// nothing partial.
struct ElementParser {
    static let separator: UInt8 = 29
    static let maximumElements = 64

    let table: IdentifierTable
    let today: CalendarDay

    func parse(
        _ bytes: [UInt8], origin: ElementString.Origin = .scan
    ) throws(BarcodeError) -> ElementString {
        var elements: [ElementString.Element] = []
        var position = 0
        while position < bytes.count {
            if bytes[position] == Self.separator, position > 0 {
                position += 1
                continue
            }
            guard elements.count < Self.maximumElements else {
                throw .element("", .tooManyElements, position..<bytes.count, "too many elements")
            }
            let row = try identifier(bytes, at: position)
            let start = position + row.ai.utf8.count
            let end = try valueEnd(bytes, row, from: start)
            try ElementRules(today: today).check(bytes[start..<end], row)
            let value = String(decoding: bytes[start..<end], as: UTF8.self)
            elements.append(ElementString.Element(ai: row.ai, value: value, range: start..<end))
            position = end
        }
        guard !elements.isEmpty else { throw .empty }
        return ElementString(elements: elements, origin: origin)
    }

    private func identifier(
        _ bytes: [UInt8], at position: Int
    ) throws(BarcodeError) -> ApplicationIdentifier {
        guard position + 1 < bytes.count,
            let length = ApplicationIdentifier.length(
                first: bytes[position], second: bytes[position + 1]),
            position + length <= bytes.count
        else {
            let rest = bytes[position...].prefix(2).filter(\.isDigit)
            throw .unknownAI(at: position, String(decoding: rest, as: UTF8.self))
        }
        let ai = String(decoding: bytes[position..<position + length], as: UTF8.self)
        guard let row = table[ai] else { throw .unknownAI(at: position, ai) }
        return row
    }

    private func valueEnd(
        _ bytes: [UInt8], _ row: ApplicationIdentifier, from start: Int
    ) throws(BarcodeError) -> Int {
        let stop = bytes[start...].firstIndex(of: Self.separator) ?? bytes.count
        guard row.isPredefined else { return stop }
        guard stop - start >= row.most else {
            throw .element(
                row.ai, stop == start ? .emptyValue : .tooShort, start..<stop, "too short")
        }
        return start + row.most
    }

    /// Typed text in brackets: `(01)09521234543213(10)ABC`. A value holds no `(`.
    func parseBracketed(_ bytes: [UInt8]) throws(BarcodeError) -> ElementString {
        var elements: [ElementString.Element] = []
        var position = 0
        while position < bytes.count {
            guard bytes[position] == 0x28,
                let close = bytes[position...].firstIndex(of: 0x29),
                elements.count < Self.maximumElements
            else { throw .unknownAI(at: position, "") }
            let ai = String(decoding: bytes[(position + 1)..<close], as: UTF8.self)
            guard let row = table[ai] else { throw .unknownAI(at: position + 1, ai) }
            let end = bytes[close...].firstIndex(of: 0x28) ?? bytes.count
            let range = close + 1..<end
            try ElementRules(today: today).check(bytes[range], row)
            let value = String(decoding: bytes[range], as: UTF8.self)
            elements.append(ElementString.Element(ai: ai, value: value, range: range))
            position = end
        }
        guard !elements.isEmpty else { throw .empty }
        return ElementString(elements: elements, origin: .bracketed)
    }
}
