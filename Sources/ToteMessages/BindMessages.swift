public import ToteValues

/// `POST /v1/carts/{id}/bind`: another cart of the same shopper comes into this one (SYNC-17).
public struct BindRequest: Hashable, Sendable {
    /// The cart that will have moved.
    public let from: CartID

    public init(from: CartID) { self.from = from }
}

extension BindRequest: JSONWritable, JSONReadable {
    public var json: JSONValue { .object(["from": .string(from.text)]) }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        self.init(from: try reader.required("from").parsed { CartID(text: $0) })
        try reader.finish()
    }
}

/// Where a cart's log ends now, and nothing else: of `bind`, and of each event (SYNC-43).
public struct CursorAnswer: Hashable, Sendable {
    public let cursor: Cursor

    public init(cursor: Cursor) { self.cursor = cursor }
}

extension CursorAnswer: JSONWritable, JSONReadable {
    public var json: JSONValue { .object(["cursor": .string(cursor.text)]) }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        self.init(cursor: try reader.required("cursor").parsed { Cursor(text: $0) })
    }
}
