package import ToteValues

/// GS1 Digital Link URI → elements, by URI grammar and never fetched (DL-1…5). The host decides
/// nothing and is not trusted.
package struct DigitalLink {
    let table: IdentifierTable
    let today: CalendarDay
    let options: ElementOptions

    package init(table: IdentifierTable, today: CalendarDay, options: ElementOptions = []) {
        self.table = table
        self.today = today
        self.options = options
    }

    /// `nil` for what is no http(s) link, or a link without any GS1 key: that is a text.
    /// - Throws: `digitalLink` with the offset, or what is wrong with a value.
    package func parse(_ bytes: [UInt8]) throws(BarcodeError) -> ElementString? {
        guard let start = Self.authority(bytes) else { return nil }
        let end = bytes.firstIndex(of: 0x23) ?? bytes.count
        let question = bytes[start..<end].firstIndex(of: 0x3F) ?? end
        guard let slash = bytes[start..<question].firstIndex(of: 0x2F) else { return nil }
        let segments = Self.split(bytes[(slash + 1)..<question], by: 0x2F)
        guard segments.contains(where: { isKey($0) }) else { return nil }
        if let bad = bytes.firstIndex(where: { !Self.isURICharacter($0) }) {
            throw .digitalLink(at: bad, "a character that no link may have")
        }
        guard Self.isHost(bytes[start..<slash]) else {
            throw .digitalLink(at: start, "no right host")
        }
        guard let path = try keyPath(segments) else { return nil }
        let query = question < end ? bytes[(question + 1)..<end] : []
        let attributes = try attributes(query, path: path)
        return ElementString(elements: path + attributes, origin: .digitalLink)
    }

    static func isWebLink(_ bytes: [UInt8]) -> Bool { authority(bytes) != nil }

    /// Name, IPv4 or `[IPv6]`, and perhaps a port (RFC 3986 section 3.2). User names are refused:
    /// nobody needs them here but to deceive.
    static func isHost(_ bytes: ArraySlice<UInt8>) -> Bool {
        var name = bytes
        if let colon = bytes.lastIndex(of: 0x3A), !bytes[colon...].contains(0x5D) {
            let port = bytes[(colon + 1)...]
            guard port.count <= 5, port.allSatisfy(\.isDigit), port.number <= 65_535 else {
                return false
            }
            name = bytes[..<colon]
        }
        if name.first == 0x5B {
            let inner = name.dropFirst().dropLast()
            return name.last == 0x5D && inner.contains(0x3A)
                && inner.allSatisfy { $0.hexDigit != nil || $0 == 0x3A || $0 == 0x2E }
        }
        return !name.isEmpty
            && name.allSatisfy {
                $0.isDigit || $0.isASCIILetter || "-._~!$&'()*+,;=%".utf8.contains($0)
            }
    }

    /// After `http://` or `https://`, in any case.
    private static func authority(_ bytes: [UInt8]) -> Int? {
        let isSecure = begins(bytes, "https://")
        return isSecure ? 8 : begins(bytes, "http://") ? 7 : nil
    }

    private static func begins(_ bytes: [UInt8], _ scheme: StaticString) -> Bool {
        guard bytes.count >= scheme.utf8CodeUnitCount else { return false }
        for index in 0..<scheme.utf8CodeUnitCount {
            let byte = bytes[index]
            let lower = (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
            if lower != scheme.utf8Start[index] { return false }
        }
        return true
    }

    private func isKey(_ segment: ArraySlice<UInt8>) -> Bool {
        if options.contains(.convenienceNames) { return table.isKey(identifier(segment).utf8) }
        return table.isKey(segment)
    }

    /// The identifier that a segment of the path names.
    private func identifier(_ segment: ArraySlice<UInt8>) -> String {
        let name = String(decoding: segment, as: UTF8.self)
        guard options.contains(.convenienceNames) else { return name }
        return Self.convenienceNames[name] ?? name
    }

    /// GS1 Digital Link URI Syntax 1.1, tables 6 and 7; later editions dropped them.
    private static let convenienceNames = [
        "sscc": "00", "gtin": "01", "gdti": "253", "gcn": "255", "ginc": "401", "gsin": "402",
        "gln": "414", "payTo": "415", "party": "417", "grai": "8003", "giai": "8004",
        "itip": "8006", "cpid": "8010", "gmn": "8013", "gsrnp": "8017", "gsrn": "8018",
        "cpv": "22", "lot": "10", "ser": "21", "tpx": "235", "glnx": "254", "refno": "8020",
        "cpsn": "8011", "srin": "8019",
    ]

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
            identifier(pairs[$0])
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
            guard halves.count == 2 else { continue }
            let ai = String(decoding: name, as: UTF8.self)
            guard isAttribute(ai), !isQualifier(ai, path) else {
                throw .digitalLink(at: name.startIndex, "(\(ai)) may not stand in its query")
            }
            guard !(path + elements).contains(where: { $0.ai == ai }) else {
                throw .digitalLink(at: name.startIndex, "(\(ai)) stands twice")
            }
            elements.append(try element(ai, halves[1], plusIsSpace: true))
        }
        return elements
    }

    /// A row of the table, or of an identifier that is let pass.
    private func row(_ ai: String) -> ApplicationIdentifier? {
        table[ai]
            ?? ElementParser(table: table, today: today, options: options)
            .unknown(Array(ai.utf8)[...])
    }

    func isAttribute(_ ai: String) -> Bool {
        guard let row = row(ai) else { return false }
        return row.isAttribute || (table[ai] == nil && options.contains(.unknownAttributes))
    }

    /// Whether it could have stood in the path beside the qualifiers that do.
    func isQualifier(_ ai: String, _ path: [ElementString.Element]) -> Bool {
        guard let key = path.first, let alternatives = table[key.ai]?.qualifiers else {
            return false
        }
        let used = path.dropFirst().map(\.ai)
        return alternatives.contains { $0.contains(ai) && used.allSatisfy($0.contains) }
    }

    private func element(
        _ ai: String, _ encoded: ArraySlice<UInt8>, plusIsSpace: Bool
    ) throws(BarcodeError) -> ElementString.Element {
        guard let row = row(ai) else { throw .unknownAI(at: encoded.startIndex, ai) }
        guard var value = Self.decode(encoded, plusIsSpace: plusIsSpace) else {
            throw .digitalLink(at: encoded.startIndex, "a percent sign without two digits")
        }
        if ai == "01", options.contains(.zeroSuppressedGTIN), [8, 12, 13].contains(value.count) {
            value = [UInt8](repeating: 0x30, count: 14 - value.count) + value
        }
        let range = encoded.startIndex..<encoded.endIndex
        do throws(BarcodeError) {
            try ElementRules(today: today).check(value[...], row)
        } catch {
            // Escapes move what follows them: the whole value is where the fault is.
            throw error.within(range)
        }
        return ElementString.Element(
            ai: ai, value: String(decoding: value, as: UTF8.self), range: range)
    }

    private static func decode(_ text: ArraySlice<UInt8>, plusIsSpace: Bool) -> [UInt8]? {
        guard text.contains(where: { $0 == 0x25 || $0 == 0x2B }) else { return Array(text) }
        let isBroken = text.indices.contains { index in
            text[index] == 0x25
                && text[index...].dropFirst().prefix(2).count(where: { $0.hexDigit != nil }) < 2
        }
        return isBroken ? nil : LinkEscapes.unescape(text, plusIsSpace: plusIsSpace)
    }

    private static func split(_ bytes: ArraySlice<UInt8>, by byte: UInt8) -> [ArraySlice<UInt8>] {
        bytes.split(separator: byte, omittingEmptySubsequences: false)
    }

    /// RFC 3986 section 2: unreserved, reserved, and `%`.
    private static func isURICharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x21, 0x23...0x2F, 0x3A, 0x3B, 0x3D, 0x3F, 0x40, 0x5B, 0x5D, 0x5F, 0x7E: true
        default: false
        }
    }
}
