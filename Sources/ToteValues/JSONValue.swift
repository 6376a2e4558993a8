/// A JSON value as Tote has it: integers only where a number counts, members in order.
/// Made by `StrictJSON.parse`; written by `canonical` (RFC 8785 for these values).
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// Within ±(2^53 − 1) when read (JSON-2).
    case integer(Int64)
    /// A well-formed number that is no such integer: `1.0`, `1e2`. Readers refuse it by name.
    case otherNumber(String)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])

    /// An object from `name: value` pairs; `nil` values are left out.
    public static func object(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(members.compactMap { name, value in value.map { JSONMember(name, $0) } })
    }

    public static func strings(_ texts: some Sequence<String>) -> JSONValue {
        .array(texts.map { .string($0) })
    }

    /// The member of that name, compared by bytes; `nil` if absent or if this is no object.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }
}

/// One `name: value` of an object.
public struct JSONMember: Hashable, Sendable {
    public let name: String
    public let value: JSONValue

    public init(_ name: String, _ value: JSONValue) {
        self.name = name
        self.value = value
    }
}

/// A value that can be written as JSON.
public protocol JSONWritable: Sendable {
    var json: JSONValue { get }
}

/// A value that can be read from JSON that has passed `StrictJSON`.
public protocol JSONReadable: Sendable {
    init(json: JSONField) throws(JSONReadError)
}
