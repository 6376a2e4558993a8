public import ToteCarts
public import ToteValues

/// `POST /v1/carts/{id}/sync`: push and pull in one round trip (`cart-sync.md` section 5).
public struct SyncRequest: Hashable, Sendable {
    /// What the device has of the store's log; `nil` asks for all, bodies included (SYNC-48).
    public let cursor: Cursor?
    public let device: DeviceID
    public let incarnation: Incarnation
    /// Sequence of the first operation; `ack + 1` when there is none.
    public let from: UInt64
    /// Without gaps from `from` on, at most 100.
    public let operations: [CartOperation]

    public init(
        cursor: Cursor?, device: DeviceID, incarnation: Incarnation, from: UInt64,
        operations: [CartOperation]
    ) {
        self.cursor = cursor
        self.device = device
        self.incarnation = incarnation
        self.from = from
        self.operations = operations
    }
}

extension SyncRequest: JSONWritable, JSONReadable {
    public var json: JSONValue {
        let pushed = operations.map { operation -> JSONValue in
            let sequence = JSONMember("seq", .integer(Int64(clamping: operation.dot.sequence)))
            return .object([sequence] + operation.bodyJSON.members)
        }
        return .object([
            "cursor": cursor.map { .string($0.text) } ?? .null, "device": .string(device.text),
            "incarnation": .string(incarnation.text), "from": .integer(Int64(clamping: from)),
            "operations": .array(pushed),
        ])
    }

    /// Strict, as for all that is written to the store (SYNC-50).
    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        let cursorField = try reader.required("cursor")
        cursor =
            cursorField.value == .null ? nil : try cursorField.parsed { Cursor(text: $0) }
        device = try reader.required("device").parsed { DeviceID(text: $0) }
        incarnation = try reader.required("incarnation").parsed { Incarnation(text: $0) }
        from = UInt64(try reader.required("from").integer(in: 1...JSONField.largestInteger))
        let fields = try reader.required("operations").array()
        try reader.finish()
        var operations: [CartOperation] = []
        for (index, field) in fields.enumerated() {
            operations.append(
                try Self.operation(
                    field, device: device, incarnation: incarnation,
                    sequence: from + UInt64(index)))
        }
        self.operations = operations
    }

    private static func operation(
        _ field: JSONField, device: DeviceID, incarnation: Incarnation, sequence: UInt64
    ) throws(JSONReadError) -> CartOperation {
        var reader = try field.object()
        let number = try reader.required("seq")
        guard try number.integer() == Int64(clamping: sequence) else {
            throw number.failure(.invalid)
        }
        guard reader.unread.count == 1, let member = reader.unread.first else {
            throw field.failure(.conflictingFields)
        }
        let dot = Dot(device: device, incarnation: incarnation, sequence: sequence)
        let content = JSONField(member.value, pointer: "\(field.pointer)/\(member.name)")
        return CartOperation(
            dot: dot,
            body: try CartOperationBody(kind: member.name, content: content, strict: true))
    }
}

/// What became of one pushed operation that was not simply applied (SYNC-48).
public struct SyncResult: Hashable, Sendable {
    public let sequence: UInt64
    public let disposition: Disposition
    /// Why it was rejected.
    public let code: String?
    /// For a void: what each target really removed; 0 units where nothing was left (row 3).
    public let removed: [DotUnits]

    public init(
        sequence: UInt64, disposition: Disposition, code: String? = nil, removed: [DotUnits] = []
    ) {
        self.sequence = sequence
        self.disposition = disposition
        self.code = code
        self.removed = removed
    }
}

extension SyncResult: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "seq": .integer(Int64(clamping: sequence)), "disposition": .string(disposition.name),
            "code": code.map { .string($0) },
            "removed": removed.isEmpty ? nil : .array(removed.map(\.json)),
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        self.init(
            sequence: UInt64(try reader.required("seq").integer(in: 1...JSONField.largestInteger)),
            disposition: try reader.required("disposition").parsed { Disposition(name: $0) },
            code: try reader.optional("code")?.string(),
            removed: try reader.optional("removed").map(Self.removed) ?? [])
    }

    private static func removed(_ field: JSONField) throws(JSONReadError) -> [DotUnits] {
        try field.array().map { (target) throws(JSONReadError) in
            var reader = try target.object()
            let dot = try reader.required("dot").parsed { Dot(text: $0) }
            let units = try reader.required("units").integer(
                in: 0...Int64(CartLimits.unitsOfOneScan.upperBound))
            return DotUnits(dot: dot, units: Int(units))
        }
    }
}

/// The store's answer to a sync.
public struct SyncAnswer: Hashable, Sendable {
    public let delta: LogDelta
    /// The stream's last sequence that the store holds: the truth, also when it is smaller than
    /// the device believed (SYNC-53).
    public let ack: UInt64
    public let results: [SyncResult]

    public init(delta: LogDelta, ack: UInt64, results: [SyncResult]) {
        self.delta = delta
        self.ack = ack
        self.results = results
    }
}

extension SyncAnswer: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object(
            delta.json.members + [
                JSONMember("ack", .integer(Int64(clamping: ack))),
                JSONMember("results", .array(results.map(\.json))),
            ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        self.init(
            delta: try LogDelta(json: json),
            ack: UInt64(try reader.required("ack").integer(in: 0...JSONField.largestInteger)),
            results: try reader.required("results").readArray(SyncResult.self))
    }
}

extension JSONValue {
    /// The members of an object; none of anything else.
    var members: [JSONMember] {
        if case .object(let members) = self { members } else { [] }
    }
}
