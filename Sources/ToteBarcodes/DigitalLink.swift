import ToteValues

/// GS1 Digital Link URI → elements, by URI grammar and never fetched (DL-1…5). The host decides
/// nothing and is not trusted.
struct DigitalLink {
    let table: IdentifierTable
    let today: CalendarDay

    /// `nil` for what is no http(s) link, or a link without any GS1 key: that is a text.
    /// - Throws: `digitalLink` with the offset, or what is wrong with a value.
    func parse(_ bytes: [UInt8]) throws(BarcodeError) -> ElementString? {
        guard let start = Self.authority(bytes) else { return nil }
        let end = bytes.firstIndex(of: 0x23) ?? bytes.count
        let question = bytes[start..<end].firstIndex(of: 0x3F) ?? end
        guard let slash = bytes[start..<question].firstIndex(of: 0x2F) else { return nil }
        let segments = Self.split(bytes[(slash + 1)..<question], by: 0x2F)
        guard segments.contains(where: { isKey($0) }) else { return nil }
        if let bad = bytes.firstIndex(where: { !Self.isURICharacter($0) }) {
            throw .digitalLink(at: bad, "a character that no link may have")
        }
        guard slash > start else { throw .digitalLink(at: start, "no host") }
        guard let path = try keyPath(segments) else { return nil }
        let query = question < end ? bytes[(question + 1)..<end] : []
        let attributes = try attributes(query, path: path)
        return ElementString(elements: path + attributes, origin: .digitalLink)
    }

    /// After `http://` or `https://`, in any case.
    private static func authority(_ bytes: [UInt8]) -> Int? {
        for scheme in ["https://", "http://"] {
            let lower = bytes.prefix(scheme.utf8.count).map { byte in
                (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
            }
            if lower.elementsEqual(scheme.utf8) { return scheme.utf8.count }
        }
        return nil
    }

    private func isKey(_ segment: ArraySlice<UInt8>) -> Bool {
        table[String(decoding: segment, as: UTF8.self)]?.qualifiers != nil
    }

    /// The last key of the path whose qualifiers follow in order (DL-1).
    private func keyPath(
        _ segments: [ArraySlice<UInt8>]
    ) throws(BarcodeError) -> [ElementString.Element]? {
        var refusal: BarcodeError?
        for index in stride(from: segments.count - 2, through: 0, by: -2) {
            guard isKey(segments[index]) else { continue }
            let pairs = segments[index...]
            guard let sequence = qualifierSequence(pairs) else {
                refusal =
                    refusal
                    ?? .digitalLink(
                        at: segments[index].startIndex, "qualifiers that do not belong to its key")
                continue
            }
            return try zip(sequence, stride(from: index, to: segments.count, by: 2)).map {
                (pair) throws(BarcodeError) in
                try element(pair.0, segments[pair.1 + 1], plusIsSpace: false)
            }
        }
        if let refusal { throw refusal }
        throw .digitalLink(
            at: segments.last?.startIndex ?? 0, "a key without value, or a part too many")
    }

    /// The identifiers of `key/value/qualifier/value …`, if they stand in dictionary order.
    private func qualifierSequence(_ pairs: ArraySlice<ArraySlice<UInt8>>) -> [String]? {
        let names = stride(from: pairs.startIndex, to: pairs.endIndex, by: 2).map {
            String(decoding: pairs[$0], as: UTF8.self)
        }
        guard let key = names.first, let alternatives = table[key]?.qualifiers else { return nil }
        let used = Array(names.dropFirst())
        let fits = alternatives.contains { sequence in
            used == sequence.filter(used.contains)
        }
        return fits ? names : nil
    }

    private func attributes(
        _ query: ArraySlice<UInt8>, path: [ElementString.Element]
    ) throws(BarcodeError) -> [ElementString.Element] {
        var elements: [ElementString.Element] = []
        for pair in Self.split(query, by: 0x26) {
            let halves = pair.split(
                separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = halves.first, !name.isEmpty, name.allSatisfy(\.isDigit) else {
                continue
            }
            let ai = String(decoding: name, as: UTF8.self)
            guard let row = table[ai], row.isAttribute, !isQualifier(ai, path) else {
                throw .digitalLink(at: name.startIndex, "(\(ai)) may not stand in its query")
            }
            guard !(path + elements).contains(where: { $0.ai == ai }) else {
                throw .digitalLink(at: name.startIndex, "(\(ai)) stands twice")
            }
            let value = halves.count == 2 ? halves[1] : query[query.endIndex...]
            elements.append(try element(ai, value, plusIsSpace: true))
        }
        return elements
    }

    /// Whether it could have stood in the path beside the qualifiers that do.
    private func isQualifier(_ ai: String, _ path: [ElementString.Element]) -> Bool {
        guard let key = path.first, let alternatives = table[key.ai]?.qualifiers else {
            return false
        }
        let used = path.dropFirst().map(\.ai)
        return alternatives.contains { $0.contains(ai) && used.allSatisfy($0.contains) }
    }

    private func element(
        _ ai: String, _ encoded: ArraySlice<UInt8>, plusIsSpace: Bool
    ) throws(BarcodeError) -> ElementString.Element {
        guard let row = table[ai] else { throw .unknownAI(at: encoded.startIndex, ai) }
        guard let value = Self.decode(encoded, plusIsSpace: plusIsSpace) else {
            throw .digitalLink(at: encoded.startIndex, "a percent sign without two digits")
        }
        try ElementRules(today: today).check(value[...], row)
        let range = encoded.startIndex..<encoded.endIndex
        return ElementString.Element(
            ai: ai, value: String(decoding: value, as: UTF8.self), range: range)
    }

    private static func decode(_ text: ArraySlice<UInt8>, plusIsSpace: Bool) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            switch byte {
            case 0x25:
                guard let high = rest.popFirst().flatMap(hex),
                    let low = rest.popFirst().flatMap(hex)
                else { return nil }
                bytes.append(high << 4 | low)
            case 0x2B where plusIsSpace: bytes.append(0x20)
            default: bytes.append(byte)
            }
        }
        return bytes
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    private static func split(_ bytes: ArraySlice<UInt8>, by byte: UInt8) -> [ArraySlice<UInt8>] {
        bytes.split(separator: byte, omittingEmptySubsequences: false)
    }

    /// RFC 3986 section 2: unreserved, reserved, and `%`.
    private static func isURICharacter(_ byte: UInt8) -> Bool {
        byte.isDigit || byte.isASCIILetter || "-._~:/?#[]@!$&'()*+,;=%".utf8.contains(byte)
    }
}
