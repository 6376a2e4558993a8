/// Percent-encoding as Digital Links have it (RFC 3986; the query's `+` is HTML's).
package enum LinkEscapes {
    /// All but letters, digits and `-._~`, upper case; a space of the query is `+`.
    package static func escape(_ value: some Sequence<UInt8>, isQuery: Bool = false) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for byte in value {
            if byte.isDigit || byte.isASCIILetter || "-._~".utf8.contains(byte) {
                text.append(byte)
            } else if isQuery, byte == 0x20 {
                text.append(0x2B)
            } else {
                text += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// What is no escape stays as it is.
    package static func unescape(
        _ text: some Collection<UInt8>, plusIsSpace: Bool = false
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text)[...]
        while let byte = rest.popFirst() {
            let pair = rest.prefix(2).compactMap(\.hexDigit)
            if byte == 0x25, pair.count == 2 {
                bytes.append(pair[0] << 4 | pair[1])
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == 0x2B && plusIsSpace ? 0x20 : byte)
            }
        }
        return bytes
    }
}

extension DigitalLink {
    /// Where links lead that name no resolver of their own (DL-6).
    package static let canonicalStem = "https://id.gs1.org"

    /// The link of an element string: key, qualifiers in order, then attributes as given. The
    /// first key under which everything finds its place is taken.
    /// - Throws: `digitalLink` when there is none; `association` for an identifier with two
    ///   values.
    package func build(
        _ string: ElementString, stem: String = DigitalLink.canonicalStem
    ) throws(BarcodeError) -> String {
        let bytes = Array(stem.utf8)
        guard Self.isStem(bytes) else { throw .digitalLink(at: 0, "no right stem") }
        let elements = try Self.unique(string)
        for key in elements {
            for sequence in sequences(key, elements) {
                let path = [key] + sequence
                let rest = elements.filter { !path.contains($0) }
                let fits = rest.allSatisfy { isAttribute($0.ai) && !isQualifier($0.ai, path) }
                if fits {
                    return Self.text(stem.hasSuffix("/") ? stem.dropLast() : stem[...], path, rest)
                }
            }
        }
        throw .digitalLink(at: 0, "no key, or elements that belong to none")
    }

    private static func isStem(_ bytes: [UInt8]) -> Bool {
        guard isWebLink(bytes), !bytes.contains(0x3F), !bytes.contains(0x23) else { return false }
        let afterScheme = bytes.split(
            separator: 0x2F, maxSplits: 2, omittingEmptySubsequences: false)
        guard afterScheme.count == 3 else { return false }
        return isHost(afterScheme[2].prefix { $0 != 0x2F })
    }

    private static func unique(
        _ string: ElementString
    ) throws(BarcodeError) -> [ElementString.Element] {
        var elements: [ElementString.Element] = []
        for element in string.elements {
            guard let earlier = elements.first(where: { $0.ai == element.ai }) else {
                elements.append(element)
                continue
            }
            guard earlier.value == element.value else {
                throw .association(
                    .repeated, [element.ai], "(\(element.ai)) stands twice with different values")
            }
        }
        return elements
    }

    /// The qualifiers present, by each sequence that the key allows; the longest first.
    private func sequences(
        _ key: ElementString.Element, _ elements: [ElementString.Element]
    ) -> [[ElementString.Element]] {
        guard let alternatives = table[key.ai]?.qualifiers else { return [] }
        let present = alternatives.map { names in
            names.compactMap { name in elements.first { $0.ai == name } }
        }
        let lengths = Set(present.map(\.count)).sorted(by: >)
        return lengths.flatMap { length in present.filter { $0.count == length } }
    }

    private static func text(
        _ stem: Substring, _ path: [ElementString.Element], _ query: [ElementString.Element]
    ) -> String {
        let segments = path.map { "/\($0.ai)/\(LinkEscapes.escape($0.value.utf8))" }.joined()
        let attributes = query.map { element in
            "\(element.ai)=\(LinkEscapes.escape(element.value.utf8, isQuery: true))"
        }.joined(separator: "&")
        return stem + segments + (attributes.isEmpty ? "" : "?\(attributes)")
    }
}
