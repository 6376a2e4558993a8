public import ToteValues

extension ScanBody: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object([
            "article": article.map { .string($0) }, "at": .string(at.text), "book": .integer(book),
            "code": .string(code),
            "embeddedPriceMinor": embeddedPriceMinor.map { .integer($0) },
            "shown": .integer(shown), "symbology": .string(symbology),
            "units": .integer(Int64(units)),
            "weightGrams": weightGrams.map { .integer(Int64($0)) },
        ])
    }

    /// Unknown members are ignored, as every reader does (SYNC-50).
    public init(json: JSONField) throws(JSONReadError) { try self.init(json: json, strict: false) }

    init(json: JSONField, strict: Bool) throws(JSONReadError) {
        var reader = try json.object()
        let code = try reader.required("code")
        self.init(
            code: try code.string(maxBytes: CartLimits.codeBytes),
            symbology: try reader.required("symbology").string(maxBytes: 64),
            units: try reader.required("units").count(in: CartLimits.unitsOfOneScan),
            weightGrams: nil,
            embeddedPriceMinor: nil,
            book: try reader.required("book").integer(in: 0...JSONField.largestInteger),
            shown: try reader.required("shown").integer(),
            at: try reader.required("at").parsed { Moment(text: $0) })
        guard !self.code.isEmpty else { throw code.failure(.outOfRange) }
        article = try reader.optional("article")?.string(maxBytes: 64)
        if let grams = reader.optional("weightGrams") {
            weightGrams = try grams.count(in: CartLimits.gramsOfOneScan)
        }
        if let price = reader.optional("embeddedPriceMinor") {
            embeddedPriceMinor = try price.integer(in: 0...JSONField.largestInteger)
        }
        if strict { try reader.finish() }
    }
}

extension DotUnits: JSONWritable, JSONReadable {
    public var json: JSONValue {
        .object(["dot": .string(dot.text), "units": .integer(Int64(units))])
    }

    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        self.init(
            dot: try reader.dot(),
            units: try reader.required("units").count(in: CartLimits.unitsOfOneScan))
        try reader.finish()
    }
}

extension InheritBody {
    var json: JSONValue {
        let inherited = dots.map { dot -> JSONValue in
            .object([
                "dot": .string(dot.dot.text), "lock": .integer(dot.priceLock),
                "scan": dot.scan.json, "units": .integer(Int64(dot.units)),
            ])
        }
        return .object(["dots": .array(inherited), "from": .string(from.text)])
    }

    init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        let dots = try reader.required("dots").array().map { (field) throws(JSONReadError) in
            var dot = try field.object()
            return InheritedDot(
                dot: try dot.dot(),
                units: try dot.required("units").count(in: CartLimits.unitsOfOneScan),
                scan: try ScanBody(json: try dot.required("scan"), strict: false),
                priceLock: try dot.required("lock").integer())
        }
        self.init(from: try reader.required("from").parsed { CartID(text: $0) }, dots: dots)
    }
}

extension CloseBody {
    var json: JSONValue {
        .object([
            "closeId": .string(closeID.text), "currency": .string(currency.code),
            "only": only.map { .strings($0.map(\.text)) },
            "ordinal": .integer(Int64(ordinal)), "quoteHash": .string(Hex.encode(quoteHash)),
            "restored": restored.isEmpty ? nil : .array(restored.map(\.json)),
            "setHash": .string(setHash.text), "totalMinor": .integer(totalMinor),
        ])
    }

    init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        var only: [Dot]?
        if let field = reader.optional("only") {
            only = try field.array().map { (field) throws(JSONReadError) in
                try field.parsed { Dot(text: $0) }
            }
        }
        self.init(
            ordinal: try reader.ordinal(),
            closeID: try reader.required("closeId").parsed { CloseID(text: $0) },
            setHash: try reader.required("setHash").parsed { LogHash(text: $0) },
            totalMinor: try reader.required("totalMinor").integer(),
            currency: try reader.required("currency").parsed { Currency(code: $0) },
            quoteHash: try reader.required("quoteHash").parsed { Hex.decode($0) }, only: only,
            restored: try reader.optional("restored")?.readArray(DotUnits.self) ?? [])
    }
}

extension SettledBody {
    var json: JSONValue {
        .object([
            "carried": .array(carried.map(\.json)), "ordinal": .integer(Int64(ordinal)),
            "receipt": .string(receipt), "refunds": .array(refunds.map(\.json)),
        ])
    }

    init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        self.init(
            ordinal: try reader.ordinal(), receipt: try reader.text("receipt"),
            carried: try reader.required("carried").readArray(DotUnits.self),
            refunds: try reader.required("refunds").readArray(DotUnits.self))
    }
}
