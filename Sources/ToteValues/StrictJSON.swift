/// The one JSON parser at every edge (JSON-1): UTF-8, RFC 8259, one value, no byte-order mark, no
/// trailing bytes, no duplicate names, no lone surrogate, no U+0000, and bounded in depth, count
/// and length. Foundation's parser accepts what another reader understands differently; two
/// parsers that disagree are an exploit. One pass over the bytes, linear time.
public enum StrictJSON {
    /// JSON-1's bounds.
    public struct Limits: Sendable {
        public var bytes: Int
        public var depth: Int
        public var values: Int
        public var nameBytes: Int
        public var stringBytes: Int

        public init(
            bytes: Int = 256 * 1024, depth: Int = 32, values: Int = 20_000, nameBytes: Int = 128,
            stringBytes: Int = 8192
        ) {
            self.bytes = bytes
            self.depth = depth
            self.values = values
            self.nameBytes = nameBytes
            self.stringBytes = stringBytes
        }

        /// A request body (LIM-1).
        public static let message = Limits()
        /// A signed document that we made ourselves: catalogue, price book.
        public static let document = Limits(bytes: 64 << 20, values: 4_000_000)
    }

    /// - Throws: `StrictJSONError` with the offset of the first byte that does not fit.
    public static func parse(
        _ bytes: [UInt8], limits: Limits = .message
    ) throws(StrictJSONError) -> JSONValue {
        guard bytes.count <= limits.bytes else {
            throw StrictJSONError(code: .tooLong, offset: limits.bytes)
        }
        var scanner = StrictJSONScanner(bytes: bytes, limits: limits)
        return try scanner.document()
    }
}

public struct StrictJSONError: Error, Hashable, Sendable {
    public enum Code: String, Sendable {
        case unexpectedByte, unexpectedEnd, trailingBytes, byteOrderMark, invalidUTF8
        case duplicateName, loneSurrogate, nullCharacter, badNumber, badEscape
        case tooDeep, tooManyValues, tooLong
    }

    public let code: Code
    public let offset: Int

    public init(code: Code, offset: Int) {
        self.code = code
        self.offset = offset
    }
}
