public import TotePayments
public import ToteValues

/// `PUT /v1/carts/{id}/settlements/{n}` and `POST …/legs`: how the open amount is to be paid.
public struct PlanRequest: Hashable, Sendable {
    public let tenders: [PlannedTender]

    public init(tenders: [PlannedTender]) { self.tenders = tenders }
}

extension PlanRequest: JSONWritable, JSONReadable {
    public var json: JSONValue { .object(["tenders": .array(tenders.map(\.json))]) }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        tenders = try reader.required("tenders").readArray(
            PlannedTender.self, maxCount: TenderPlan.maximumLegs + 1)
        try reader.finish()
    }
}

/// `{kind, amountMinor | rest, number? | token?}`: internal balances have a number, the others an
/// opaque token.
extension PlannedTender: JSONWritable, JSONReadable {
    public var json: JSONValue {
        let source = source.map { JSONValue.string($0) }
        let isInternal = kind.tenderClass == .internalBalance
        let minor: Int64? = if case .minor(let minor) = amount { minor } else { nil }
        return .object([
            "kind": .string(kind.name), "amountMinor": minor.map { .integer($0) },
            "rest": minor == nil ? .bool(true) : nil, "number": isInternal ? source : nil,
            "token": isInternal ? nil : source,
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        let kind = TenderKind(name: try reader.required("kind").string(maxBytes: 64))
        let minor = reader.optional("amountMinor")
        let rest = reader.optional("rest")
        let amount: PlannedAmount
        switch (minor, rest) {
        case (let minor?, nil): amount = .minor(try minor.integer())
        case (nil, let rest?):
            guard try rest.bool() else { throw rest.failure(.invalid) }
            amount = .rest
        case (nil, nil): throw json.failure(.missingField)
        case (_?, _?): throw json.failure(.conflictingFields)
        }
        let number = reader.optional("number")
        let token = reader.optional("token")
        guard number == nil || token == nil else { throw json.failure(.conflictingFields) }
        let source = try (number ?? token)?.string(maxBytes: 255)
        if let source, !source.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
            throw json.failure(.invalid)
        }
        try reader.finish()
        self.init(kind: kind, amount: amount, source: source)
    }
}

/// Where a settlement stands: the answer of every settlement route.
public struct SettlementAnswer: Hashable, Sendable {
    public var settlement: SettlementID
    public var ordinal: Int32
    /// A state of `SettlementState` by name; a newer one is kept.
    public var state: String
    public var currency: Currency
    /// Minor units.
    public var total: Int64
    /// Minor units that still need a tender.
    public var open: Int64
    /// Minor units taken so far and not given back.
    public var captured: Int64
    public var legs: [LegAnswer]
    /// What the shopper can do next, by name (INV-15).
    public var actions: [String]
    /// Once captured.
    public var receipt: SignedReceipt?

    public init(_ settlement: Settlement, receipt: SignedReceipt?) {
        self.settlement = settlement.id
        ordinal = settlement.ordinal
        state = settlement.state.rawValue
        currency = settlement.total.currency
        total = settlement.total.minor
        open = settlement.open
        captured = settlement.captured
        legs = settlement.legs.map { LegAnswer($0) }
        actions = settlement.state.actions.map(\.rawValue)
        self.receipt = receipt
    }

    /// `nil` for a state that this build does not know.
    public var knownState: SettlementState? { SettlementState(rawValue: state) }
}

extension SettlementAnswer: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "settlement": .string(settlement.text), "ordinal": .integer(Int64(ordinal)),
            "state": .string(state), "currency": .string(currency.code),
            "total": .integer(total), "open": .integer(open), "captured": .integer(captured),
            "legs": .array(legs.map(\.json)), "actions": .strings(actions),
            "receipt": receipt?.json,
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        settlement = try reader.required("settlement").parsed { SettlementID(text: $0) }
        ordinal = Int32(try reader.required("ordinal").count(in: 1...Int(Int32.max)))
        state = try reader.required("state").string(maxBytes: 64)
        currency = try reader.required("currency").parsed { Currency(code: $0) }
        total = try reader.required("total").integer()
        open = try reader.required("open").integer()
        captured = try reader.required("captured").integer()
        legs = try reader.required("legs").readArray(LegAnswer.self)
        actions = try reader.required("actions").strings()
        receipt = try reader.optional("receipt")?.read(SignedReceipt.self)
    }
}

/// One tender's part, without its token.
public struct LegAnswer: Hashable, Sendable {
    public var number: Int
    public var kind: TenderKind
    /// A state of `LegState` by name.
    public var state: String
    /// Minor units.
    public var planned: Int64
    public var authorised: Int64
    public var captured: Int64
    public var refunded: Int64
    public var reference: String?
    public var brand: String?
    public var last4: String?
    /// A `DeclineReason` by name.
    public var declined: String?
    /// Where the shopper must act.
    public var url: String?

    public init(_ leg: Leg) {
        number = leg.number
        kind = leg.tender
        state = leg.state.rawValue
        planned = leg.planned
        authorised = leg.authorised
        captured = leg.captured
        refunded = leg.refunded
        reference = leg.authorisation?.reference
        brand = leg.authorisation?.brand
        last4 = leg.authorisation?.last4
        declined = leg.declineReason?.rawValue
        url = leg.shopperURL
    }
}

extension LegAnswer: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "number": .integer(Int64(number)), "kind": .string(kind.name),
            "state": .string(state), "planned": .integer(planned),
            "authorised": .integer(authorised), "captured": .integer(captured),
            "refunded": .integer(refunded), "reference": reference.map { .string($0) },
            "brand": brand.map { .string($0) }, "last4": last4.map { .string($0) },
            "declined": declined.map { .string($0) }, "url": url.map { .string($0) },
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        number = try reader.required("number").count(in: 1...TenderPlan.maximumLegs)
        kind = TenderKind(name: try reader.required("kind").string(maxBytes: 64))
        state = try reader.required("state").string(maxBytes: 64)
        planned = try reader.required("planned").integer()
        authorised = try reader.required("authorised").integer()
        captured = try reader.required("captured").integer()
        refunded = try reader.required("refunded").integer()
        reference = try reader.optional("reference")?.string()
        brand = try reader.optional("brand")?.string()
        last4 = try reader.optional("last4")?.string()
        declined = try reader.optional("declined")?.string()
        url = try reader.optional("url")?.string()
    }
}

extension RouteTemplate {
    public static let planSettlement = RouteTemplate("PUT", "/v1/carts/{id}/settlements/{n}")
    public static let settlement = RouteTemplate("GET", "/v1/carts/{id}/settlements/{n}")
    public static let addLegs = RouteTemplate("POST", "/v1/carts/{id}/settlements/{n}/legs")
    public static let capture = RouteTemplate("POST", "/v1/carts/{id}/settlements/{n}/capture")
    public static let giveUp = RouteTemplate("POST", "/v1/carts/{id}/settlements/{n}/give-up")
    public static let receipt = RouteTemplate("GET", "/v1/receipts/{sequence}")

    /// The settlement routes of `payments.md` section 16.
    public static let settlements: [RouteTemplate] = [
        .planSettlement, .settlement, .addLegs, .capture, .giveUp, .receipt,
    ]
}

extension Route {
    public static func planSettlement(_ cart: CartID, _ ordinal: Int32) -> Route {
        RouteTemplate.planSettlement.route(cart.text, String(ordinal))
    }

    public static func settlement(_ cart: CartID, _ ordinal: Int32) -> Route {
        RouteTemplate.settlement.route(cart.text, String(ordinal))
    }

    public static func addLegs(_ cart: CartID, _ ordinal: Int32) -> Route {
        RouteTemplate.addLegs.route(cart.text, String(ordinal))
    }

    public static func capture(_ cart: CartID, _ ordinal: Int32) -> Route {
        RouteTemplate.capture.route(cart.text, String(ordinal))
    }

    public static func giveUp(_ cart: CartID, _ ordinal: Int32) -> Route {
        RouteTemplate.giveUp.route(cart.text, String(ordinal))
    }

    public static func receipt(_ sequence: Int64) -> Route {
        RouteTemplate.receipt.route(String(sequence))
    }
}
