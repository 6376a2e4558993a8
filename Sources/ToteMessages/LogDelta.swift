public import ToteCarts
public import ToteValues

/// The entries of the store's log after a cursor, up to and with the new one (SYNC-48).
public struct LogDelta: Hashable, Sendable {
    public let cursor: Cursor
    public let state: CartState
    /// At most 500, in order.
    public let entries: [ReceivedEntry]
    /// There are further entries after the new cursor.
    public let more: Bool

    public init(cursor: Cursor, state: CartState, entries: [ReceivedEntry], more: Bool) {
        self.cursor = cursor
        self.state = state
        self.entries = entries
        self.more = more
    }
}

extension ReceivedEntry {
    /// - Parameter withBody: `false` for a device's own entry, whose body it has (SYNC-48).
    public init(_ entry: LogEntry, withBody: Bool) {
        self.init(
            revision: entry.revision, dot: entry.operation.dot, disposition: entry.disposition,
            role: entry.role, priceLock: entry.priceLock,
            body: withBody ? entry.operation.bodyJSON : nil)
    }
}

extension LogDelta: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "cursor": .string(cursor.text), "state": .string(state.rawValue),
            "operations": .array(entries.map(\.json)), "more": .bool(more),
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        self.init(
            cursor: try reader.required("cursor").parsed { Cursor(text: $0) },
            state: try reader.required("state").parsed { CartState(rawValue: $0) },
            entries: try reader.required("operations").readArray(ReceivedEntry.self),
            more: try reader.required("more").bool())
    }
}

extension ReceivedEntry: JSONWritable, JSONReadable {
    /// `disposition` and `lock` are left out when *applied* and 0.
    public var json: JSONValue {
        let envelope = JSONValue.object([
            "rev": .integer(revision), "device": .string(dot.device.text),
            "incarnation": .string(dot.incarnation.text),
            "seq": .integer(Int64(clamping: dot.sequence)), "role": .string(role.name),
            "disposition": disposition == .applied ? nil : .string(disposition.name),
            "lock": priceLock == 0 ? nil : .integer(priceLock),
        ])
        return .object(envelope.members + (body?.members ?? []))
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        let dot = Dot(
            device: try reader.required("device").parsed { DeviceID(text: $0) },
            incarnation: try reader.required("incarnation").parsed { Incarnation(text: $0) },
            sequence: UInt64(try reader.required("seq").integer(in: 1...JSONField.largestInteger)))
        self.init(
            revision: try reader.required("rev").integer(in: 1...JSONField.largestInteger),
            dot: dot,
            disposition: try reader.optional("disposition")?
                .parsed { Disposition(name: $0) } ?? .applied,
            role: try reader.required("role").parsed { Role(name: $0) },
            priceLock: try reader.optional("lock")?.integer() ?? 0,
            body: try Self.body(reader.unread, json))
    }

    /// The one member that is no part of the envelope is the kind.
    private static func body(
        _ members: [JSONMember], _ json: JSONField
    ) throws(JSONReadError) -> JSONValue? {
        guard members.count <= 1 else { throw json.failure(.conflictingFields) }
        return members.isEmpty ? nil : .object(members)
    }
}
