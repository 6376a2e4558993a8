/// Recursive descent over bytes; `StrictJSON` is its front door.
struct StrictJSONScanner {
    let bytes: [UInt8]
    let limits: StrictJSON.Limits
    private var position = 0
    private var valueCount = 0

    init(bytes: [UInt8], limits: StrictJSON.Limits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func document() throws(StrictJSONError) -> JSONValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw failure(.byteOrderMark) }
        let value = try self.value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw failure(.trailingBytes) }
        return value
    }

    private mutating func value(depth: Int) throws(StrictJSONError) -> JSONValue {
        skipSpace()
        valueCount += 1
        guard valueCount <= limits.values else { throw failure(.tooManyValues) }
        guard let first = peek else { throw failure(.unexpectedEnd) }
        switch first {
        case 0x7B: return try object(depth: depth + 1)
        case 0x5B: return try array(depth: depth + 1)
        case 0x22: return .string(try string(limit: limits.stringBytes))
        case 0x74: return try word("true", .bool(true))
        case 0x66: return try word("false", .bool(false))
        case 0x6E: return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(StrictJSONError) -> JSONValue {
        guard depth <= limits.depth else { throw failure(.tooDeep) }
        position += 1
        var members: [JSONMember] = []
        var names: Set<[UInt8]> = []
        skipSpace()
        if take(0x7D) { return .object(members) }
        repeat {
            skipSpace()
            let start = position
            guard peek == 0x22 else {
                throw failure(peek == nil ? .unexpectedEnd : .unexpectedByte)
            }
            let name = try string(limit: limits.nameBytes)
            guard names.insert(Array(name.utf8)).inserted else {
                throw StrictJSONError(code: .duplicateName, offset: start)
            }
            skipSpace()
            try expect(0x3A)
            members.append(JSONMember(name, try value(depth: depth)))
            skipSpace()
        } while take(0x2C)
        try expect(0x7D)
        return .object(members)
    }

    private mutating func array(depth: Int) throws(StrictJSONError) -> JSONValue {
        guard depth <= limits.depth else { throw failure(.tooDeep) }
        position += 1
        var values: [JSONValue] = []
        skipSpace()
        if take(0x5D) { return .array(values) }
        repeat {
            values.append(try value(depth: depth))
            skipSpace()
        } while take(0x2C)
        try expect(0x5D)
        return .array(values)
    }

    private mutating func word(
        _ word: StaticString, _ value: JSONValue
    ) throws(StrictJSONError) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount { try expect(word.utf8Start[index]) }
        return value
    }

    /// RFC 8259 section 6, at most 20 characters (JSON-1).
    private mutating func number() throws(StrictJSONError) -> JSONValue {
        let start = position
        func bad() -> StrictJSONError { StrictJSONError(code: .badNumber, offset: start) }
        let negative = take(0x2D)
        let integer = digits()
        guard !integer.isEmpty else {
            throw negative ? bad() : failure(.unexpectedByte)
        }
        guard integer.count == 1 || integer.first != 0x30 else { throw bad() }
        var whole = true
        if take(0x2E) {
            whole = false
            guard !digits().isEmpty else { throw bad() }
        }
        if take(0x65) || take(0x45) {
            whole = false
            _ = take(0x2B) || take(0x2D)
            guard !digits().isEmpty else { throw bad() }
        }
        guard position - start <= 20 else { throw bad() }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        let range = -JSONField.largestInteger...JSONField.largestInteger
        guard whole, let value = Int64(text), range.contains(value), !(negative && value == 0)
        else { return .otherNumber(text) }
        return .integer(value)
    }

    private mutating func digits() -> ArraySlice<UInt8> {
        let start = position
        while let byte = peek, (0x30...0x39).contains(byte) { position += 1 }
        return bytes[start..<position]
    }

    private mutating func string(limit: Int) throws(StrictJSONError) -> String {
        let start = position
        position += 1
        var content: [UInt8] = []
        while true {
            guard let byte = peek else { throw failure(.unexpectedEnd) }
            position += 1
            switch byte {
            case 0x22:
                guard let text = String(validating: content, as: UTF8.self) else {
                    throw StrictJSONError(code: .invalidUTF8, offset: start)
                }
                return text
            case 0x5C: try escape(into: &content)
            case 0..<0x20: throw StrictJSONError(code: .unexpectedByte, offset: position - 1)
            default: content.append(byte)
            }
            guard content.count <= limit else {
                throw StrictJSONError(code: .tooLong, offset: start)
            }
        }
    }

    private mutating func escape(into content: inout [UInt8]) throws(StrictJSONError) {
        guard let byte = peek else { throw failure(.unexpectedEnd) }
        position += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: content.append(byte)
        case 0x62: content.append(0x08)
        case 0x66: content.append(0x0C)
        case 0x6E: content.append(0x0A)
        case 0x72: content.append(0x0D)
        case 0x74: content.append(0x09)
        case 0x75: try unicodeEscape(into: &content)
        default: throw StrictJSONError(code: .badEscape, offset: position - 1)
        }
    }

    private mutating func unicodeEscape(into content: inout [UInt8]) throws(StrictJSONError) {
        let start = position - 2
        var scalar = try hexUnit()
        if (0xD800...0xDBFF).contains(scalar) {
            guard take(0x5C), take(0x75) else {
                throw StrictJSONError(code: .loneSurrogate, offset: start)
            }
            let low = try hexUnit()
            guard (0xDC00...0xDFFF).contains(low) else {
                throw StrictJSONError(code: .loneSurrogate, offset: start)
            }
            scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
        }
        guard scalar != 0 else { throw StrictJSONError(code: .nullCharacter, offset: start) }
        guard let unicode = Unicode.Scalar(scalar) else {
            throw StrictJSONError(code: .loneSurrogate, offset: start)
        }
        content += Array(String(Character(unicode)).utf8)
    }

    private mutating func hexUnit() throws(StrictJSONError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw failure(.unexpectedEnd) }
        var unit: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw failure(.badEscape)
            }
            unit = unit << 4 | UInt32(digit)
        }
        position += 4
        return unit
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(StrictJSONError) {
        guard let found = peek else { throw failure(.unexpectedEnd) }
        guard found == byte else { throw failure(.unexpectedByte) }
        position += 1
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
            position += 1
        }
    }

    private func failure(_ code: StrictJSONError.Code) -> StrictJSONError {
        StrictJSONError(code: code, offset: position)
    }
}
