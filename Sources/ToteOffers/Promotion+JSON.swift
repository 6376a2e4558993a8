public import ToteValues

extension Promotion: JSONWritable {
    /// Reads the shape of one promotion: names, types, and fields that fit its `type`. What the
    /// values mean is checked by `PromotionRules`.
    static func read(_ field: JSONField) throws(PromotionFault) -> Promotion {
        do {
            var reader = try field.object()
            guard let kind = try PromotionKind.read(&reader) else {
                throw PromotionFault(.unknownType, "/type")
            }
            var promotion = Promotion(id: try reader.required("id").string(), kind: kind)
            try promotion.readScope(&reader)
            try promotion.readLimits(&reader)
            try promotion.readProductFields(&reader)
            try reader.finish()
            return promotion
        } catch let error as JSONReadError {
            throw PromotionFault(error)
        } catch let fault as PromotionFault {
            throw fault
        } catch {
            throw PromotionFault(.wrongType, field.pointer)
        }
    }

    private mutating func readScope(_ reader: inout JSONObjectReader) throws(JSONReadError) {
        if let name = try reader.text("layer") { layer = Layer(rawValue: name) }
        select = try reader.value("select", as: Selector.self) ?? .everything
        schedule = try reader.value("schedule", as: Schedule.self)
        segments = try reader.texts("segments") ?? []
        memberOnly = try reader.flag("memberOnly")
        stores = try reader.texts("stores") ?? []
        coupon = try reader.text("coupon")
    }

    private mutating func readLimits(_ reader: inout JSONObjectReader) throws(JSONReadError) {
        maxApplications = try reader.integer("maxApplications")
        perMember = try reader.integer("perMember")
        budgetRemaining = try reader.integer("budgetRemaining")
        allocation = try reader.choice("allocation", of: Allocation.self) ?? .participants
        priority = try reader.integer("priority") ?? 0
        exclusive = try reader.flag("exclusive")
        exclusiveGroup = try reader.text("exclusiveGroup")
        basis = try reader.choice("basis", of: Basis.self) ?? .net
        maxDiscount = try reader.integer("maxDiscount")
    }

    private mutating func readProductFields(
        _ reader: inout JSONObjectReader
    ) throws(JSONReadError) {
        if let field = reader.optional("texts") {
            for member in try field.object().unread {
                let pointer = "\(field.pointer)/\(member.name)"
                texts[member.name] = try Text(json: JSONField(member.value, pointer: pointer))
            }
        }
        funding = try reader.text("funding")
        couponKind = try reader.text("couponKind")
        reasonCode = try reader.text("reasonCode")
    }

    /// Fields at their default are left out.
    public var json: JSONValue {
        var members: [JSONMember] = [
            JSONMember("id", .string(id)), JSONMember("type", .string(kind.type)),
        ]
        members += kind.members
        let optional: [(String, JSONValue?)] = [
            ("layer", layer == .item ? nil : .string(layer.rawValue)),
            ("select", select == .everything ? nil : select.json),
            ("maxApplications", maxApplications.map { .integer($0) }),
            ("perMember", perMember.map { .integer($0) }),
            ("budgetRemaining", budgetRemaining.map { .integer($0) }),
            ("allocation", allocation == .participants ? nil : .string(allocation.rawValue)),
            ("schedule", schedule?.json),
            ("segments", segments.isEmpty ? nil : .strings(segments)),
            ("memberOnly", .flag(memberOnly)),
            ("stores", stores.isEmpty ? nil : .strings(stores)),
            ("coupon", coupon.map { .string($0) }),
            ("priority", priority == 0 ? nil : .integer(priority)),
            ("exclusive", .flag(exclusive)),
            ("exclusiveGroup", exclusiveGroup.map { .string($0) }),
            ("basis", basis == .net ? nil : .string(basis.rawValue)),
            ("maxDiscount", maxDiscount.map { .integer($0) }),
            ("texts", texts.isEmpty ? nil : textsJSON),
            ("funding", funding.map { .string($0) }),
            ("couponKind", couponKind.map { .string($0) }),
            ("reasonCode", reasonCode.map { .string($0) }),
        ]
        members += optional.compactMap { name, value in value.map { JSONMember(name, $0) } }
        return .object(members)
    }

    private var textsJSON: JSONValue {
        .object(
            texts.keys.sortedByBytes().map { JSONMember($0, texts[$0]?.json ?? .object([])) })
    }
}

extension Promotion.Schedule: JSONReadable, JSONWritable {
    public init(json field: JSONField) throws(JSONReadError) {
        var reader = try field.object()
        self.init(
            from: try reader.text("from"), until: try reader.text("until"),
            days: try reader.texts("days") ?? [], hours: try reader.texts("hours"))
        try reader.finish()
    }

    public var json: JSONValue {
        .object([
            "from": from.map { .string($0) }, "until": until.map { .string($0) },
            "days": days.isEmpty ? nil : .strings(days), "hours": hours.map { .strings($0) },
        ])
    }
}

extension Promotion.Text: JSONReadable, JSONWritable {
    public init(json field: JSONField) throws(JSONReadError) {
        var reader = try field.object()
        self.init(title: try reader.text("title"), receipt: try reader.text("receipt"))
        try reader.finish()
    }

    public var json: JSONValue {
        .object(["title": title.map { .string($0) }, "receipt": receipt.map { .string($0) }])
    }
}
