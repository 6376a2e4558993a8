public import ToteValues

extension PricingContext: JSONReadable, JSONWritable {
    /// - Throws: `invalid` for a currency that ISO 4217 does not list or whose exponent differs, a
    ///   local time that does not exist, an unknown weekday, or a layer named twice.
    public init(json field: JSONField) throws(JSONReadError) {
        var reader = try field.object()
        let currency = try reader.required("currency")
        let exponent = try reader.required("exponent")
        self.init(
            currency: try currency.parsed { Currency(code: $0) },
            taxMode: try reader.required("taxMode").parsed { TaxMode(rawValue: $0) },
            taxRates: try reader.required("taxRates").integerMap(in: 0...10000),
            at: try reader.required("at").parsed { LocalTime.isMinute($0) ? $0 : nil },
            weekday: try reader.required("weekday").parsed {
                LocalTime.weekdays.contains($0) ? $0 : nil
            },
            store: try reader.text("store"), member: try reader.value("member", as: Member.self))
        guard try exponent.count() == self.currency.exponent else {
            throw exponent.failure(.invalid)
        }
        try readSwitches(&reader)
        try readTenders(&reader)
        try reader.finish()
    }

    private mutating func readSwitches(_ reader: inout JSONObjectReader) throws(JSONReadError) {
        taxRounding = try reader.choice("taxRounding", of: TaxRounding.self) ?? .perRate
        mfrCouponTaxable = try reader.flag("mfrCouponTaxable")
        depositTaxed = try reader.flag("depositTaxed")
        coupons = try reader.texts("coupons") ?? []
        if let field = reader.optional("layers") {
            layers = try field.strings().map { Layer(rawValue: $0) }
            guard Set(layers).count == layers.count else { throw field.failure(.invalid) }
        }
        objective = try reader.choice("objective", of: Objective.self) ?? .layered
        declinedByShopper = try reader.texts("declinedByShopper") ?? []
    }

    private mutating func readTenders(_ reader: inout JSONObjectReader) throws(JSONReadError) {
        snap = try reader.value("snap", as: Snap.self)
        giftCard = try reader.integer("giftCard", in: 0...JSONField.largestInteger)
        cash = try reader.value("cash", as: CashRounding.self)
        points = try reader.value("points", as: PointsRule.self)
        stamps = try reader.value("stamps", as: StampsRule.self)
    }

    public var json: JSONValue {
        .object([
            "currency": .string(currency.code), "exponent": .integer(Int64(currency.exponent)),
            "store": store.map { .string($0) }, "taxMode": .string(taxMode.rawValue),
            "taxRates": .map(taxRates), "taxRounding": .string(taxRounding.rawValue),
            "mfrCouponTaxable": .flag(mfrCouponTaxable), "depositTaxed": .flag(depositTaxed),
            "at": .string(at), "weekday": .string(weekday), "member": member?.json,
            "coupons": coupons.isEmpty ? nil : .strings(coupons),
            "layers": .strings(layers.map(\.rawValue)), "objective": .string(objective.rawValue),
            "snap": snap?.json, "giftCard": giftCard.map { .integer($0) }, "cash": cash?.json,
            "points": points?.json, "stamps": stamps?.json,
            "declinedByShopper": declinedByShopper.isEmpty ? nil : .strings(declinedByShopper),
        ])
    }
}

extension PricingContext.Member: JSONReadable, JSONWritable {
    public init(json field: JSONField) throws(JSONReadError) {
        var reader = try field.object()
        self.init(
            id: try reader.required("id").string(), segments: try reader.texts("segments") ?? [],
            used: try reader.optional("used").map { (field) throws(JSONReadError) in
                try field.integerMap(in: 0...JSONField.largestInteger)
            } ?? [:])
        try reader.finish()
    }

    public var json: JSONValue {
        .object([
            "id": .string(id), "segments": segments.isEmpty ? nil : .strings(segments),
            "used": used.isEmpty ? nil : .map(used),
        ])
    }
}

extension PricingContext.Snap: JSONReadable, JSONWritable {
    public init(json field: JSONField) throws(JSONReadError) {
        var reader = try field.object()
        self.init(balance: try reader.required("balance").integer(in: 0...JSONField.largestInteger))
        try reader.finish()
    }

    public var json: JSONValue { .object(["balance": .integer(balance)]) }
}

extension PricingContext.CashRounding: JSONReadable, JSONWritable {
    public init(json field: JSONField) throws(JSONReadError) {
        var reader = try field.object()
        self.init(
            increment: try reader.required("increment").integer(in: 1...1_000_000),
            half: try reader.choice("half", of: Half.self) ?? .up)
        try reader.finish()
    }

    public var json: JSONValue {
        .object(["increment": .integer(increment), "half": .string(half.rawValue)])
    }
}

extension PricingContext.PointsRule: JSONReadable, JSONWritable {
    public init(json field: JSONField) throws(JSONReadError) {
        var reader = try field.object()
        self.init(
            perMinor: try reader.required("perMinor").integer(in: 1...JSONField.largestInteger),
            points: try reader.required("points").integer(in: 0...1_000_000),
            multiplierBp: try reader.integer("multiplierBp", in: 10000...1_000_000) ?? 10000,
            select: try reader.value("select", as: Selector.self) ?? .everything,
            bonus: try reader.optional("bonus").map { (field) throws(JSONReadError) in
                try field.readArray(Bonus.self, maxCount: 100)
            } ?? [])
        try reader.finish()
    }

    public var json: JSONValue {
        .object([
            "perMinor": .integer(perMinor), "points": .integer(points),
            "multiplierBp": .integer(multiplierBp), "select": select.json,
            "bonus": bonus.isEmpty ? nil : .array(bonus.map(\.json)),
        ])
    }
}

extension PricingContext.PointsRule.Bonus: JSONReadable, JSONWritable {
    public init(json field: JSONField) throws(JSONReadError) {
        var reader = try field.object()
        self.init(
            select: try reader.value("select", as: Selector.self) ?? .everything,
            multiplierBp: try reader.required("multiplierBp").integer(in: 10000...1_000_000))
        try reader.finish()
    }

    public var json: JSONValue {
        .object(["select": select.json, "multiplierBp": .integer(multiplierBp)])
    }
}

extension PricingContext.StampsRule: JSONReadable, JSONWritable {
    public init(json field: JSONField) throws(JSONReadError) {
        var reader = try field.object()
        self.init(
            select: try reader.value("select", as: Selector.self) ?? .everything,
            have: try reader.required("have").integer(in: 0...1_000_000_000),
            cardSize: try reader.required("cardSize").integer(in: 1...1_000_000))
        try reader.finish()
    }

    public var json: JSONValue {
        .object([
            "select": select.json, "have": .integer(have), "cardSize": .integer(cardSize),
        ])
    }
}
