public import ToteValues

/// The canonical form of RCP-1. A member that this build does not know would change the signed
/// bytes, so reading refuses it.
extension Receipt: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object(
            body.members + [
                JSONMember("version", .integer(Int64(Self.version))),
                JSONMember("purpose", .string("receipt")),
                JSONMember("store", .integer(Int64(store))),
                JSONMember("sequence", .integer(sequence)),
                JSONMember("previous", .string(Hex.encode(previous))),
                JSONMember("issuedAt", .string(issuedAt.text)),
                JSONMember("key", .integer(Int64(key))),
                JSONMember("tenders", .array(tenders.map(\.json))),
                JSONMember("fiscal", fiscal ?? .null),
            ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        let version = try reader.required("version")
        guard try version.integer() == Int64(Self.version) else { throw version.failure(.invalid) }
        let purpose = try reader.required("purpose")
        guard try purpose.string() == "receipt" else { throw purpose.failure(.invalid) }
        store = UInt32(try reader.required("store").integer(in: 0...Int64(UInt32.max)))
        sequence = try reader.required("sequence").integer(in: 1...JSONField.largestInteger)
        previous = try reader.required("previous").parsed(Self.hash)
        issuedAt = try reader.required("issuedAt").parsed { Moment(text: $0) }
        key = try reader.required("key").count(in: 0...255)
        tenders = try reader.required("tenders")
            .readArray(ReceiptTender.self, maxCount: TenderPlan.maximumLegs)
        let block = try reader.required("fiscal").value
        fiscal = block == .null ? nil : block
        body = try ReceiptBody(reading: &reader)
        let basket = try reader.required("basket")
        guard try basket.string() == body.basket.text else { throw basket.failure(.invalid) }
        try reader.finish()
    }

    private static func hash(_ text: String) -> [UInt8]? {
        guard let bytes = Hex.decode(text), bytes.count == 32 else { return nil }
        return bytes
    }
}

/// Stored alone between close and capture.
extension ReceiptBody: JSONWritable, JSONReadable {
    public var json: JSONValue { .object(members) }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        try self.init(reading: &reader)
        _ = reader.optional("basket")
        try reader.finish()
    }

    var members: [JSONMember] {
        [
            JSONMember("basket", .string(basket.text)),
            JSONMember("cart", .string(cart.text)),
            JSONMember("ordinal", .integer(Int64(ordinal))),
            JSONMember("setHash", .string(setHash.text)),
            JSONMember("settlement", .string(settlement.text)),
            JSONMember("currency", .string(currency.code)),
            JSONMember("exponent", .integer(Int64(currency.exponent))),
            JSONMember("taxMode", .string(taxMode.rawValue)),
            JSONMember("priceBook", .integer(priceBook)),
            JSONMember("engine", .string(engine)),
            JSONMember("lines", .array(lines.map(\.json))),
            JSONMember("taxes", .array(taxes.map(\.json))),
            JSONMember("totals", totals.json),
        ]
    }

    init(reading reader: inout JSONObjectReader) throws(JSONReadError) {
        cart = try reader.required("cart").parsed { CartID(text: $0) }
        ordinal = Int32(try reader.required("ordinal").count(in: 1...Int(Int32.max)))
        setHash = try reader.required("setHash").parsed { LogHash(text: $0) }
        settlement = try reader.required("settlement").parsed { SettlementID(text: $0) }
        currency = try reader.required("currency").parsed { Currency(code: $0) }
        let exponent = try reader.required("exponent")
        guard try exponent.count() == currency.exponent else { throw exponent.failure(.invalid) }
        taxMode = try reader.required("taxMode").parsed { ReceiptTaxMode(rawValue: $0) }
        priceBook = try reader.required("priceBook").integer(in: 1...JSONField.largestInteger)
        engine = try reader.required("engine").string(maxBytes: 64)
        lines = try reader.required("lines")
            .readArray(ReceiptLine.self, maxCount: Receipt.maximumLines)
        taxes = try reader.required("taxes").readArray(ReceiptTax.self, maxCount: 64)
        totals = try reader.required("totals").read(ReceiptTotals.self)
    }
}

extension ReceiptLine: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "line": .integer(Int64(line)), "article": .string(article), "name": .string(name),
            "pieces": .integer(Int64(pieces)), "weightGrams": .integer(Int64(weightGrams)),
            "gross": .integer(gross), "discount": .integer(discount), "net": .integer(net),
            "deposit": .integer(deposit), "taxCategory": .string(taxCategory),
            "offers": .array(offers.map(\.json)),
            "unitNets": .array(
                unitNets.map { .array([.integer($0.net), .integer($0.count)]) }),
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        line = try reader.required("line").count(in: 1...Receipt.maximumLines)
        article = try reader.required("article").string(maxBytes: 512)
        name = try reader.required("name").string(maxBytes: 512)
        pieces = try reader.required("pieces").count(in: 1...10_000)
        weightGrams = try reader.required("weightGrams").count()
        gross = try reader.required("gross").amount()
        discount = try reader.required("discount").amount()
        net = try reader.required("net").amount()
        deposit = try reader.required("deposit").amount()
        taxCategory = try reader.required("taxCategory").string(maxBytes: 64)
        offers = try reader.required("offers").readArray(ReceiptOffer.self, maxCount: 10_000)
        unitNets = try reader.required("unitNets").readArray(UnitNet.self, maxCount: 10_000)
        try reader.finish()
    }
}

extension UnitNet: JSONReadable {
    public init(json: JSONField) throws(JSONReadError) {
        let pair = try json.array()
        guard pair.count == 2 else { throw json.failure(.invalid) }
        self.init(net: try pair[0].amount(), count: try pair[1].integer(in: 1...10_000))
    }
}

extension ReceiptOffer: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object(["offer": .string(offer), "discount": .integer(discount)])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        offer = try reader.required("offer").string(maxBytes: 512)
        discount = try reader.required("discount").amount()
        try reader.finish()
    }
}

extension ReceiptTax: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "category": .string(category), "basisPoints": .integer(basisPoints),
            "gross": .integer(gross), "net": .integer(net), "tax": .integer(tax),
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        category = try reader.required("category").string(maxBytes: 64)
        basisPoints = try reader.required("basisPoints").integer(in: 0...10_000)
        gross = try reader.required("gross").amount()
        net = try reader.required("net").amount()
        tax = try reader.required("tax").amount()
        try reader.finish()
    }
}

extension ReceiptTotals: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "gross": .integer(gross), "discount": .integer(discount),
            "deposit": .integer(deposit), "tax": .integer(tax), "total": .integer(total),
            "cashRounding": .integer(cashRounding),
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        gross = try reader.required("gross").amount()
        discount = try reader.required("discount").amount()
        deposit = try reader.required("deposit").amount()
        tax = try reader.required("tax").amount()
        total = try reader.required("total").amount()
        cashRounding = try reader.required("cashRounding").integer()
        try reader.finish()
    }
}

extension ReceiptTender: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "leg": .integer(Int64(leg)), "kind": .string(kind.name), "amount": .integer(amount),
            "reference": .string(reference), "brand": brand.map { .string($0) },
            "last4": last4.map { .string($0) },
        ])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        leg = try reader.required("leg").count(in: 1...TenderPlan.maximumLegs)
        kind = TenderKind(name: try reader.required("kind").string(maxBytes: 64))
        amount = try reader.required("amount").amount()
        reference = try reader.required("reference").string(maxBytes: 255)
        brand = try reader.optional("brand").map { (field) throws(JSONReadError) in
            try field.string(maxBytes: 64)
        }
        last4 = try reader.optional("last4").map { (field) throws(JSONReadError) in
            try field.string(maxBytes: 4)
        }
        try reader.finish()
    }
}

extension JSONField {
    /// Minor units, never negative.
    fileprivate func amount() throws(JSONReadError) -> Int64 {
        try integer(in: 0...JSONField.largestInteger)
    }
}
