/// Canonical bytes: members sorted by UTF-8 bytes of their names (equal to RFC 8785's UTF-16
/// order for the ASCII names Tote uses), no white space, shortest escapes.
extension JSONValue {
    public var canonical: [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes, sorted: true)
        return bytes
    }

    public var canonicalText: String { String(decoding: canonical, as: UTF8.self) }

    /// Two spaces an indent, members in the order given, for people to read.
    public var prettyText: String {
        var text = ""
        appendPretty(to: &text, indent: "")
        return text
    }

    private func append(to bytes: inout [UInt8], sorted: Bool) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value): bytes += String(value).utf8
        case .otherNumber(let text): bytes += text.utf8
        case .string(let text): Self.append(text, to: &bytes)
        case .array(let values):
            bytes.append(0x5B)
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(0x2C) }
                value.append(to: &bytes, sorted: sorted)
            }
            bytes.append(0x5D)
        case .object(let members):
            Self.append(sorted ? members.sorted(by: Self.byName) : members, to: &bytes)
        }
    }

    private static func byName(_ left: JSONMember, _ right: JSONMember) -> Bool {
        left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }

    private static func append(_ members: [JSONMember], to bytes: inout [UInt8]) {
        bytes.append(0x7B)
        for (index, member) in members.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            append(member.name, to: &bytes)
            bytes.append(0x3A)
            member.value.append(to: &bytes, sorted: true)
        }
        bytes.append(0x7D)
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(0x22)
        for byte in text.utf8 {
            switch byte {
            case 0x22: bytes += [0x5C, 0x22]
            case 0x5C: bytes += [0x5C, 0x5C]
            case 0x08: bytes += [0x5C, 0x62]
            case 0x09: bytes += [0x5C, 0x74]
            case 0x0A: bytes += [0x5C, 0x6E]
            case 0x0C: bytes += [0x5C, 0x66]
            case 0x0D: bytes += [0x5C, 0x72]
            case 0..<0x20: bytes += "\\u00\(Hex.encode([byte]))".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(0x22)
    }

    private func appendPretty(to text: inout String, indent: String) {
        let inner = indent + "  "
        switch self {
        case .array(let values) where !values.isEmpty:
            text += "[\n"
            for (index, value) in values.enumerated() {
                text += inner
                value.appendPretty(to: &text, indent: inner)
                text += index < values.count - 1 ? ",\n" : "\n"
            }
            text += indent + "]"
        case .object(let members) where !members.isEmpty:
            text += "{\n"
            for (index, member) in members.enumerated() {
                text += inner + JSONValue.string(member.name).canonicalText + ": "
                member.value.appendPretty(to: &text, indent: inner)
                text += index < members.count - 1 ? ",\n" : "\n"
            }
            text += indent + "}"
        default: text += canonicalText
        }
    }
}
