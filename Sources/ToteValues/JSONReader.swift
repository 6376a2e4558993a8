/// Why a well-formed JSON value is not the value asked for (JSON-2: 422).
public struct JSONReadError: Error, Hashable, Sendable {
    public enum Code: String, Sendable {
        case unknownField, missingField, wrongType, notInteger, outOfRange, invalid
        case conflictingFields, textTooLong
    }

    public let code: Code
    /// RFC 6901 pointer to the value.
    public let pointer: String

    public init(code: Code, pointer: String) {
        self.code = code
        self.pointer = pointer
    }
}

/// A value and where it stands, so that an error can point at it.
public struct JSONField: Sendable {
    public static let largestInteger: Int64 = (1 << 53) - 1

    public let value: JSONValue
    /// RFC 6901 pointer.
    public let pointer: String

    public init(_ value: JSONValue, pointer: String = "") {
        self.value = value
        self.pointer = pointer
    }

    public func failure(_ code: JSONReadError.Code) -> JSONReadError {
        JSONReadError(code: code, pointer: pointer)
    }

    public func string(maxBytes: Int = 8192) throws(JSONReadError) -> String {
        guard case .string(let text) = value else { throw failure(.wrongType) }
        guard text.utf8.count <= maxBytes else { throw failure(.textTooLong) }
        return text
    }

    public func integer(
        in range: ClosedRange<Int64> = -largestInteger...largestInteger
    ) throws(JSONReadError) -> Int64 {
        switch value {
        case .integer(let number):
            guard range.contains(number) else { throw failure(.outOfRange) }
            return number
        case .otherNumber, .string: throw failure(.notInteger)
        default: throw failure(.wrongType)
        }
    }

    /// As `integer(in:)`, for counts.
    public func count(in range: ClosedRange<Int> = 0...Int(Int32.max)) throws(JSONReadError) -> Int
    {
        Int(try integer(in: Int64(range.lowerBound)...Int64(range.upperBound)))
    }

    public func bool() throws(JSONReadError) -> Bool {
        guard case .bool(let flag) = value else { throw failure(.wrongType) }
        return flag
    }

    public func array(maxCount: Int = .max) throws(JSONReadError) -> [JSONField] {
        guard case .array(let values) = value else { throw failure(.wrongType) }
        guard values.count <= maxCount else { throw failure(.outOfRange) }
        return values.enumerated().map { JSONField($1, pointer: "\(pointer)/\($0)") }
    }

    public func strings() throws(JSONReadError) -> [String] {
        try array().map { (field) throws(JSONReadError) in try field.string() }
    }

    /// Members for reading one by one; end with `finish()` to refuse what was not read.
    public func object() throws(JSONReadError) -> JSONObjectReader {
        guard case .object(let members) = value else { throw failure(.wrongType) }
        return JSONObjectReader(members: members, pointer: pointer)
    }

    public func read<Value: JSONReadable>(_ type: Value.Type) throws(JSONReadError) -> Value {
        try Value(json: self)
    }

    public func readArray<Value: JSONReadable>(
        _ type: Value.Type, maxCount: Int = .max
    ) throws(JSONReadError) -> [Value] {
        try array(maxCount: maxCount).map { (field) throws(JSONReadError) in
            try Value(json: field)
        }
    }

    /// A text that `parse` turns into a value, else `invalid`.
    public func parsed<Value>(_ parse: (String) -> Value?) throws(JSONReadError) -> Value {
        guard let parsed = parse(try string()) else { throw failure(.invalid) }
        return parsed
    }
}

/// Reads the members of one object and remembers which were read.
public struct JSONObjectReader: Sendable {
    public let pointer: String
    private var left: [JSONMember]

    init(members: [JSONMember], pointer: String) {
        self.left = members
        self.pointer = pointer
    }

    /// - Throws: `missingField`.
    public mutating func required(_ name: String) throws(JSONReadError) -> JSONField {
        guard let field = optional(name) else {
            throw JSONReadError(code: .missingField, pointer: "\(pointer)/\(name)")
        }
        return field
    }

    /// `nil` when absent. A member that is `null` is present, and typed reading refuses it.
    public mutating func optional(_ name: String) -> JSONField? {
        guard let index = left.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
            return nil
        }
        return JSONField(left.remove(at: index).value, pointer: "\(pointer)/\(name)")
    }

    /// Members not read so far.
    public var unread: [JSONMember] { left }

    /// - Throws: `unknownField` naming the first member that was not read.
    public func finish() throws(JSONReadError) {
        if let member = left.first {
            throw JSONReadError(code: .unknownField, pointer: "\(pointer)/\(member.name)")
        }
    }
}
