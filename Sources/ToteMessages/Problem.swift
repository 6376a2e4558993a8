public import ToteValues

/// An error answer of the store (RFC 9457, LIM-3): no path, SQL, type name or stack in it.
/// Thrown by the store's services, read again by the device.
public struct Problem: Error, Hashable, Sendable {
    /// What went wrong, for programs. Unknown codes are kept: an old phone outlives a new store.
    public struct Code: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        public init(stringLiteral value: String) { rawValue = value }
    }

    /// HTTP status.
    public var status: Int
    public var code: Code
    /// One impersonal sentence for people.
    public var detail: String?
    /// Where in the request (RFC 6901).
    public var pointer: String?
    /// Set by the server at the edge.
    public var requestID: String?
    /// Seconds to wait; also sent as `Retry-After`.
    public var retryAfterSeconds: Int?
    /// Members of this code alone, such as `ack` of `resync`.
    public var extra: [JSONMember]

    public init(
        status: Int, code: Code, detail: String? = nil, pointer: String? = nil,
        requestID: String? = nil, retryAfterSeconds: Int? = nil, extra: [JSONMember] = []
    ) {
        self.status = status
        self.code = code
        self.detail = detail
        self.pointer = pointer
        self.requestID = requestID
        self.retryAfterSeconds = retryAfterSeconds
        self.extra = extra
    }

    /// A member of this code alone.
    public subscript(name: String) -> JSONValue? { extra.first { $0.name == name }?.value }
}

extension Problem: JSONWritable, JSONReadable {
    public static let contentType = "application/problem+json"
    private static let typePrefix = "urn:tote:problem:"

    public var json: JSONValue {
        var members = [
            JSONMember("type", .string(Self.typePrefix + code.rawValue)),
            JSONMember("status", .integer(Int64(status))),
            JSONMember("code", .string(code.rawValue)),
        ]
        let texts = [("detail", detail), ("pointer", pointer), ("requestId", requestID)]
        for (name, text) in texts {
            if let text { members.append(JSONMember(name, .string(text))) }
        }
        if let retryAfterSeconds {
            members.append(JSONMember("retryAfter", .integer(Int64(retryAfterSeconds))))
        }
        return .object(members + extra)
    }

    /// Members it does not know stay in `extra` (SYNC-50).
    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        _ = reader.optional("type")
        status = try reader.required("status").count(in: 100...599)
        code = Code(rawValue: try reader.required("code").string(maxBytes: 64))
        detail = try reader.optional("detail")?.string()
        pointer = try reader.optional("pointer")?.string()
        requestID = try reader.optional("requestId")?.string(maxBytes: 64)
        retryAfterSeconds = try reader.optional("retryAfter")?.count()
        extra = reader.unread
    }
}
