public import ToteExits
public import ToteValues

/// `GET /v1/carts/{id}/exit`: may the shopper leave, and with which pass.
public struct ExitAnswer: Hashable, Sendable {
    /// By name; a newer one is kept.
    public var state: String
    /// Base45 of the pass; only while `released` (ISS-1).
    public var pass: String?
    /// A `PassBasis` by name.
    public var basis: String
    /// Pieces in the bag.
    public var pieces: Int
    public var expiresAt: Moment?

    public init(
        state: ExitState, pass: String?, basis: PassBasis, pieces: Int, expiresAt: Moment?
    ) {
        self.state = state.rawValue
        self.pass = pass
        self.basis = basis.name
        self.pieces = pieces
        self.expiresAt = expiresAt
    }
}

extension ExitAnswer: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "state": .string(state), "pass": pass.map { .string($0) }, "basis": .string(basis),
            "pieces": .integer(Int64(pieces)),
            "expiresAt": expiresAt.map { .string($0.text) },
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        state = try reader.required("state").string(maxBytes: 64)
        pass = try reader.optional("pass")?.string(maxBytes: 4096)
        basis = try reader.required("basis").string(maxBytes: 64)
        pieces = try reader.required("pieces").count(in: 0...9999)
        expiresAt = try reader.optional("expiresAt")?.parsed { Moment(text: $0) }
    }
}

/// `POST /v1/gate/consume`: a gate asks whether this text may open it, once.
public struct GateConsumeRequest: Hashable, Sendable {
    public var text: String
    /// The gate's name.
    public var gate: String

    public init(text: String, gate: String) {
        self.text = text
        self.gate = gate
    }
}

extension GateConsumeRequest: JSONWritable, JSONReadable {
    public var json: JSONValue { .object(["text": .string(text), "gate": .string(gate)]) }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        text = try reader.required("text").string(maxBytes: 8192)
        gate = try reader.required("gate").string(maxBytes: 64)
        try reader.finish()
    }
}

/// What the gate shows. `result` is `consumed`, `alreadyUsed` or another refusal's code.
public struct GateAnswer: Hashable, Sendable {
    public var result: String
    public var sentence: String
    /// A `GateStep` by name; absent when the gate opens.
    public var nextStep: String?
    public var pieces: Int?
    public var basis: String?
    /// When and where the pass was used before.
    public var usedAt: Moment?
    public var usedGate: String?

    public init(_ decision: GateDecision) {
        switch decision {
        case .open(let pass, let basis):
            result = "consumed"
            sentence = "Thank you, goodbye."
            pieces = pass.pieces
            self.basis = basis.name
        case .refuse(let refusal):
            result = refusal.code
            sentence = refusal.sentence + " " + refusal.nextStep.sentence
            nextStep = refusal.nextStep.rawValue
            if case .alreadyUsed(let at, let gate) = refusal {
                usedAt = at
                usedGate = gate
            }
        }
    }

    public var opens: Bool { result == "consumed" }
}

extension GateAnswer: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "result": .string(result), "sentence": .string(sentence),
            "nextStep": nextStep.map { .string($0) },
            "pieces": pieces.map { .integer(Int64($0)) }, "basis": basis.map { .string($0) },
            "usedAt": usedAt.map { .string($0.text) },
            "usedGate": usedGate.map { .string($0) },
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        result = try reader.required("result").string(maxBytes: 64)
        sentence = try reader.required("sentence").string()
        nextStep = try reader.optional("nextStep")?.string()
        pieces = try reader.optional("pieces")?.count()
        basis = try reader.optional("basis")?.string()
        usedAt = try reader.optional("usedAt")?.parsed { Moment(text: $0) }
        usedGate = try reader.optional("usedGate")?.string()
    }
}

extension RouteTemplate {
    public static let exit = RouteTemplate("GET", "/v1/carts/{id}/exit")
    public static let gateConsume = RouteTemplate("POST", "/v1/gate/consume")
    public static let gateKeys = RouteTemplate("GET", "/v1/gate/keys")
    public static let keys = RouteTemplate("GET", "/v1/keys")

    /// The exit routes of `exits.md` section 14, and the key set that all devices read.
    public static let exits: [RouteTemplate] = [.exit, .gateConsume, .gateKeys, .keys]
}

extension Route {
    public static func exit(_ cart: CartID) -> Route { RouteTemplate.exit.route(cart.text) }
    public static let gateConsume = RouteTemplate.gateConsume.route()
    public static let gateKeys = RouteTemplate.gateKeys.route()
    public static let keys = RouteTemplate.keys.route()
}
