import ToteValues

/// Fields with a default, as `offers.md` section 2 brackets them. An absent field has its default;
/// `null` is present and is refused.
extension JSONObjectReader {
    mutating func text(_ name: String) throws(JSONReadError) -> String? {
        try optional(name).map { (field) throws(JSONReadError) in try field.string() }
    }

    mutating func integer(_ name: String) throws(JSONReadError) -> Int64? {
        try optional(name).map { (field) throws(JSONReadError) in try field.integer() }
    }

    mutating func integer(
        _ name: String, in range: ClosedRange<Int64>
    ) throws(JSONReadError) -> Int64? {
        try optional(name).map { (field) throws(JSONReadError) in try field.integer(in: range) }
    }

    mutating func flag(_ name: String) throws(JSONReadError) -> Bool {
        try optional(name).map { (field) throws(JSONReadError) in try field.bool() } ?? false
    }

    mutating func texts(_ name: String) throws(JSONReadError) -> [String]? {
        try optional(name).map { (field) throws(JSONReadError) in try field.strings() }
    }

    mutating func value<Value: JSONReadable>(
        _ name: String, as type: Value.Type
    ) throws(JSONReadError) -> Value? {
        try optional(name).map { (field) throws(JSONReadError) in try field.read(type) }
    }

    /// One of an enumeration's names, else `invalid`.
    mutating func choice<Value: RawRepresentable<String>>(
        _ name: String, of type: Value.Type
    ) throws(JSONReadError) -> Value? {
        try optional(name).map { (field) throws(JSONReadError) in
            try field.parsed { Value(rawValue: $0) }
        }
    }
}

extension JSONField {
    /// An object used as a map from names to integers.
    func integerMap(
        in range: ClosedRange<Int64>
    ) throws(JSONReadError) -> [String: Int64] {
        var map: [String: Int64] = [:]
        for member in try object().unread {
            let field = JSONField(member.value, pointer: "\(pointer)/\(member.name)")
            map[member.name] = try field.integer(in: range)
        }
        return map
    }
}

extension JSONValue {
    /// A map as an object, its names in order of bytes.
    static func map(_ map: [String: Int64]) -> JSONValue {
        .object(
            map.keys.sortedByBytes().map { JSONMember($0, .integer(map[$0] ?? 0)) })
    }

    /// `nil` for `false`, the default that is not written.
    static func flag(_ flag: Bool) -> JSONValue? { flag ? .bool(true) : nil }
}
