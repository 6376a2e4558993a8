public import ToteValues

extension PromotionKind {
    /// Reads `type` and the fields of that type. `nil` for a type this build does not know.
    static func read(_ reader: inout JSONObjectReader) throws(JSONReadError) -> PromotionKind? {
        switch try reader.required("type").string() {
        case "percentOff": .percentOff(bp: try reader.required("bp").integer())
        case "amountOff": .amountOff(amount: try reader.required("amount").integer())
        case "fixedPrice": .fixedPrice(price: try reader.required("price").integer())
        case "nForPrice":
            .nForPrice(
                n: try reader.required("n").integer(),
                price: try reader.required("price").integer())
        case "nPercent":
            .nPercent(
                n: try reader.required("n").integer(), bp: try reader.required("bp").integer())
        case "buyXgetY":
            .buyXgetY(
                buy: try reader.required("buy").integer(),
                get: try reader.required("get").integer(),
                bp: try reader.required("bp").integer(), equal: try reader.flag("equal"))
        case "buyAgetB":
            .buyAgetB(
                buy: try reader.required("buy").integer(),
                get: try reader.required("get").integer(),
                bp: try reader.required("bp").integer(),
                reward: try reader.required("reward").read(Selector.self))
        case "bundle": try readBundle(&reader)
        case "couponAmount":
            .couponAmount(
                require: try reader.integer("require") ?? 1,
                amount: try reader.required("amount").integer())
        case "couponFree":
            .couponFree(
                require: try reader.integer("require") ?? 1, max: try reader.integer("max"))
        case "basket": .basket(try readBasket(&reader))
        default: nil
        }
    }

    private static func readBundle(
        _ reader: inout JSONObjectReader
    ) throws(JSONReadError) -> PromotionKind {
        let slots = try reader.required("slots").readArray(Slot.self)
        let price = try reader.integer("price")
        let amount = try reader.integer("amount")
        let bp = try reader.integer("bp")
        switch (price, amount, bp) {
        case (let price?, nil, nil): return .bundle(slots: slots, benefit: .price(price))
        case (nil, let amount?, nil): return .bundle(slots: slots, benefit: .amount(amount))
        case (nil, nil, let bp?): return .bundle(slots: slots, benefit: .bp(bp))
        case (nil, nil, nil):
            throw JSONReadError(code: .missingField, pointer: "\(reader.pointer)/price")
        default: throw JSONReadError(code: .conflictingFields, pointer: reader.pointer)
        }
    }

    private static func readBasket(
        _ reader: inout JSONObjectReader
    ) throws(JSONReadError) -> BasketTerms {
        guard let field = reader.optional("tiers") else {
            return .single(try Tier(reading: &reader))
        }
        for name in ["min", "amount", "bp"] where reader.optional(name) != nil {
            throw JSONReadError(code: .conflictingFields, pointer: "\(reader.pointer)/\(name)")
        }
        return .tiers(try field.readArray(Tier.self))
    }

    /// The fields of this type, besides `type`.
    var members: [JSONMember] {
        let fields: [(String, JSONValue?)] =
            switch self {
            case .percentOff(let bp): [("bp", .integer(bp))]
            case .amountOff(let amount): [("amount", .integer(amount))]
            case .fixedPrice(let price): [("price", .integer(price))]
            case .nForPrice(let n, let price): [("n", .integer(n)), ("price", .integer(price))]
            case .nPercent(let n, let bp): [("n", .integer(n)), ("bp", .integer(bp))]
            case .buyXgetY(let buy, let get, let bp, let equal):
                [
                    ("buy", .integer(buy)), ("get", .integer(get)), ("bp", .integer(bp)),
                    ("equal", .flag(equal)),
                ]
            case .buyAgetB(let buy, let get, let bp, let reward):
                [
                    ("buy", .integer(buy)), ("get", .integer(get)), ("bp", .integer(bp)),
                    ("reward", reward.json),
                ]
            case .bundle(let slots, let benefit):
                [("slots", .array(slots.map(\.json))), benefit.member]
            case .couponAmount(let require, let amount):
                [("require", require == 1 ? nil : .integer(require)), ("amount", .integer(amount))]
            case .couponFree(let require, let max):
                [
                    ("require", require == 1 ? nil : .integer(require)),
                    ("max", max.map { .integer($0) }),
                ]
            case .basket(.single(let tier)): tier.fields
            case .basket(.tiers(let tiers)): [("tiers", .array(tiers.map(\.json)))]
            }
        return fields.compactMap { name, value in value.map { JSONMember(name, $0) } }
    }
}

extension PromotionKind.Benefit {
    fileprivate var member: (String, JSONValue?) {
        switch self {
        case .price(let price): ("price", .integer(price))
        case .amount(let amount): ("amount", .integer(amount))
        case .bp(let bp): ("bp", .integer(bp))
        }
    }
}

extension PromotionKind.Slot: JSONReadable {
    public init(json field: JSONField) throws(JSONReadError) {
        var reader = try field.object()
        self.init(
            select: try reader.value("select", as: Selector.self) ?? .everything,
            n: try reader.integer("n") ?? 1)
        try reader.finish()
    }

    fileprivate var json: JSONValue {
        .object([
            "select": select == .everything ? nil : select.json, "n": n == 1 ? nil : .integer(n),
        ])
    }
}

extension PromotionKind.Tier: JSONReadable {
    public init(json field: JSONField) throws(JSONReadError) {
        var reader = try field.object()
        try self.init(reading: &reader)
        try reader.finish()
    }

    /// `min` and exactly one of `amount` and `bp`, standing in the promotion or in a tier.
    fileprivate init(reading reader: inout JSONObjectReader) throws(JSONReadError) {
        let min = try reader.integer("min") ?? 0
        let amount = try reader.integer("amount")
        let bp = try reader.integer("bp")
        switch (amount, bp) {
        case (let amount?, nil): self.init(min: min, value: .amount(amount))
        case (nil, let bp?): self.init(min: min, value: .bp(bp))
        case (nil, nil):
            throw JSONReadError(code: .missingField, pointer: "\(reader.pointer)/amount")
        default: throw JSONReadError(code: .conflictingFields, pointer: reader.pointer)
        }
    }

    fileprivate var fields: [(String, JSONValue?)] {
        let value: (String, JSONValue?) =
            switch value {
            case .amount(let amount): ("amount", .integer(amount))
            case .bp(let bp): ("bp", .integer(bp))
            }
        return [("min", min == 0 ? nil : .integer(min)), value]
    }

    fileprivate var json: JSONValue {
        .object(fields.compactMap { name, value in value.map { JSONMember(name, $0) } })
    }
}
