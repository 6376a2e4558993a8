public import ToteValues

// Bodies as JSON (SYNC-4): one object with one member, the kind. A writer's unknown members are
// refused (SYNC-50, `strict`), a reader keeps them beside the value so that the hash still fits.

extension CartOperationBody: JSONWritable {
    public var json: JSONValue { .object([JSONMember(kind, content)]) }

    /// The member name of the body: `scan`, `void` …
    public var kind: String {
        switch self {
        case .scan: "scan"
        case .void: "void"
        case .clip: "clip"
        case .decline: "decline"
        case .unclip: "unclip"
        case .attach: "attach"
        case .attr: "attr"
        case .release: "release"
        case .skip: "skip"
        case .hold: "hold"
        case .reject: "reject"
        case .price: "price"
        case .join: "join"
        case .inherit: "inherit"
        case .close: "close"
        case .reopened: "reopened"
        case .settled: "settled"
        case .unknown(let kind, _): kind
        }
    }

    private var content: JSONValue {
        switch self {
        case .scan(let scan): scan.json
        case .void(let targets, let reason):
            .object(["reason": .string(reason), "targets": .array(targets.map(\.json))])
        case .clip(let key), .decline(let key): .object(["key": .string(key)])
        case .unclip(let dot), .release(let dot): .object(["dot": .string(dot.text)])
        case .attach: .object([])
        case .attr(let dot, let key, let value):
            .object(["dot": .string(dot.text), "key": .string(key), "value": .string(value)])
        case .skip(let reason): .object(["reason": .string(reason)])
        case .hold(let dot, let reason), .reject(let dot, let reason):
            .object(["dot": .string(dot.text), "reason": .string(reason)])
        case .price(let dots, let book):
            .object(["book": .integer(book), "dots": .strings(dots.map(\.text))])
        case .join(let from): .object(["from": .string(from.text)])
        case .inherit(let body): body.json
        case .close(let body): body.json
        case .reopened(let ordinal, let reason):
            .object(["ordinal": .integer(Int64(ordinal)), "reason": .string(reason)])
        case .settled(let body): body.json
        case .unknown(_, let value): value
        }
    }
}

extension CartOperationBody {
    /// Reads the content of the member `kind`.
    /// - Parameter strict: refuse unknown members, as the store does with what is pushed.
    /// - Throws: `JSONReadError`; never for a kind that is not known.
    public init(kind: String, content: JSONField, strict: Bool) throws(JSONReadError) {
        if let body = try Self.deviceBorn(kind, content, strict) {
            self = body
        } else if let body = try Self.storeBorn(kind, content, strict) {
            self = body
        } else {
            self = .unknown(kind: kind, content.value)
        }
    }

    private static func deviceBorn(
        _ kind: String, _ content: JSONField, _ strict: Bool
    ) throws(JSONReadError) -> CartOperationBody? {
        if kind == "scan" { return .scan(try ScanBody(json: content, strict: strict)) }
        var reader = try content.object()
        let body: CartOperationBody
        switch kind {
        case "void":
            let targets = try reader.required("targets")
                .array(maxCount: CartLimits.targetsOfOneVoid)
            guard !targets.isEmpty else { throw content.failure(.outOfRange) }
            let read = try targets.map { (field) throws(JSONReadError) in
                try DotUnits(json: field)
            }
            body = .void(targets: read, reason: try reader.text("reason"))
        case "clip": body = .clip(key: try reader.text("key"))
        case "decline": body = .decline(key: try reader.text("key"))
        case "unclip": body = .unclip(try reader.dot())
        case "attach": body = .attach
        case "attr":
            body = .attr(
                dot: try reader.dot(), key: try reader.text("key"),
                value: try reader.text("value"))
        case "release": body = .release(try reader.dot())
        case "skip": body = .skip(reason: try reader.text("reason"))
        default: return nil
        }
        if strict { try reader.finish() }
        return body
    }

    private static func storeBorn(
        _ kind: String, _ content: JSONField, _ strict: Bool
    ) throws(JSONReadError) -> CartOperationBody? {
        switch kind {
        case "inherit": return .inherit(try InheritBody(json: content))
        case "close": return .close(try CloseBody(json: content))
        case "settled": return .settled(try SettledBody(json: content))
        default: break
        }
        guard ["hold", "reject", "price", "join", "reopened"].contains(kind) else { return nil }
        var reader = try content.object()
        switch kind {
        case "hold": return .hold(dot: try reader.dot(), reason: try reader.text("reason"))
        case "reject": return .reject(dot: try reader.dot(), reason: try reader.text("reason"))
        case "price":
            let dots = try reader.required("dots").array().map { (field) throws(JSONReadError) in
                try field.parsed { Dot(text: $0) }
            }
            return .price(dots: dots, book: try reader.required("book").integer())
        case "join": return .join(from: try reader.required("from").parsed { CartID(text: $0) })
        default:
            return .reopened(ordinal: try reader.ordinal(), reason: try reader.text("reason"))
        }
    }
}

extension CartOperation {
    /// Reads a stored or received body: `{"kind": {…}}`.
    /// - Throws: `JSONReadError`, also when there is not exactly one member.
    public init(dot: Dot, bodyJSON: JSONValue, strict: Bool) throws(JSONReadError) {
        let field = JSONField(bodyJSON)
        guard case .object(let members) = bodyJSON, members.count == 1 else {
            throw field.failure(.conflictingFields)
        }
        let content = JSONField(members[0].value, pointer: "/\(members[0].name)")
        let body = try CartOperationBody(kind: members[0].name, content: content, strict: strict)
        let differs = !strict && body.json.canonical != bodyJSON.canonical
        self.init(dot: dot, body: body, received: differs ? bodyJSON : nil)
    }
}

extension JSONObjectReader {
    mutating func text(_ name: String) throws(JSONReadError) -> String {
        try required(name).string(maxBytes: CartLimits.textBytes)
    }

    mutating func dot() throws(JSONReadError) -> Dot {
        try required("dot").parsed { Dot(text: $0) }
    }

    mutating func ordinal() throws(JSONReadError) -> Int32 {
        Int32(try required("ordinal").integer(in: 1...Int64(Int32.max)))
    }
}
