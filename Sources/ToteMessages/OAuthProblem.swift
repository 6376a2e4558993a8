public import ToteValues

/// An error answer of an OAuth route (RFC 6749 section 5.2), such as `authorization_pending`.
public struct OAuthProblem: Error, Hashable, Sendable {
    public let error: String
    /// For developers; nothing that a shopper must read.
    public let description: String?

    public init(error: String, description: String? = nil) {
        self.error = error
        self.description = description
    }
}

extension OAuthProblem: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "error": .string(error), "error_description": description.map { .string($0) },
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        error = try reader.required("error").string(maxBytes: 64)
        description = try reader.optional("error_description")?.string()
    }
}
