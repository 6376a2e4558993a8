public import ToteValues

/// What a store decides about its own codes: a part of the signed catalogue.
public struct StoreRules: Hashable, Sendable {
    public let store: UInt32
    public let currency: Currency
    /// Labels that carry a weight or a price (2.3).
    public let templates: [MeasureTemplate]
    /// Cards and other codes of its own (PUR-1).
    public let purposes: [PurposeRule]
    /// What it makes of dates that have passed (EXP-2).
    public let sale: SaleRules
    /// The GS1 application identifiers that its codes may carry (AI-1).
    public let identifiers: IdentifierTable

    public init(
        store: UInt32, currency: Currency, templates: [MeasureTemplate] = [],
        purposes: [PurposeRule] = [], sale: SaleRules = .standard,
        identifiers: IdentifierTable = .standard
    ) {
        self.store = store
        self.currency = currency
        self.templates = templates
        self.purposes = purposes
        self.sale = sale
        self.identifiers = identifiers
    }

    /// The same rules with some of them replaced.
    public func replacing(
        store: UInt32? = nil, templates: [MeasureTemplate]? = nil,
        identifiers: IdentifierTable? = nil
    ) -> StoreRules {
        StoreRules(
            store: store ?? self.store, currency: currency, templates: templates ?? self.templates,
            purposes: purposes, sale: sale, identifiers: identifiers ?? self.identifiers)
    }

    /// The two rules that one code could both meet, if any (PUR-1: a load error).
    public var overlap: (PurposeRule, PurposeRule)? {
        for (index, rule) in purposes.enumerated() {
            for other in purposes[(index + 1)...] where rule.overlaps(other) {
                return (rule, other)
            }
        }
        return nil
    }
}

extension StoreRules: JSONReadable, JSONWritable {
    /// - Throws: `outOfRange`, `invalid` (unknown currency, template that does not compile, a
    ///   dictionary that does not read), `conflictingFields` where two purpose rules overlap; the
    ///   pointer names the second.
    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        let store = try reader.required("store").integer(in: 0...Int64(UInt32.max))
        let currency = try reader.required("currency").parsed(Currency.init(code:))
        let templates = try reader.optional("templates")?.readArray(
            MeasureTemplate.self, maxCount: 200)
        let purposes = try reader.optional("purposes")?.readArray(PurposeRule.self, maxCount: 100)
        let sale = try reader.optional("sale")?.read(SaleRules.self)
        let identifiers = try reader.optional("identifiers").map(Self.table) ?? .standard
        try reader.finish()
        self.init(
            store: UInt32(store), currency: currency, templates: templates ?? [],
            purposes: purposes ?? [], sale: sale ?? .standard, identifiers: identifiers)
        if let (_, second) = overlap, let index = self.purposes.firstIndex(of: second) {
            let pointer = "\(json.pointer)/purposes/\(index)"
            throw JSONReadError(code: .conflictingFields, pointer: pointer)
        }
    }

    /// A dictionary as text; what is wrong in it, `IdentifierTable(dictionary:)` tells.
    private static func table(_ field: JSONField) throws(JSONReadError) -> IdentifierTable {
        let text = try field.string(maxBytes: IdentifierTable.maximumBytes)
        guard let table = try? IdentifierTable(dictionary: text) else {
            throw field.failure(.invalid)
        }
        return table
    }

    public var json: JSONValue {
        .object([
            "store": .integer(Int64(store)), "currency": .string(currency.code),
            "templates": .array(templates.map(\.json)), "purposes": .array(purposes.map(\.json)),
            "sale": sale == .standard ? nil : sale.json,
            "identifiers": identifiers == .standard ? nil : .string(identifiers.text),
        ])
    }
}

/// Recognises one kind of a store's own codes by prefix, length, alphabet and check (PUR-1).
/// `{"id":"card","purpose":"member","prefix":"M-","length":10,"alphabet":"digits","check":"none"}`
public struct PurposeRule: Hashable, Sendable {
    /// Characters allowed after the prefix.
    public enum Alphabet: String, Hashable, Sendable { case digits, alphanumeric, printable }
    /// Check over the whole code.
    public enum Check: String, Hashable, Sendable { case none, mod10 }

    public let id: String
    public let purpose: CodePurpose
    /// Printable ASCII the code begins with.
    public let prefix: String
    /// Characters, prefix included: 1…512.
    public let length: ClosedRange<Int>
    public let alphabet: Alphabet
    public let check: Check

    public init(
        id: String, purpose: CodePurpose, prefix: String, length: ClosedRange<Int>,
        alphabet: Alphabet = .digits, check: Check = .none
    ) {
        self.id = id
        self.purpose = purpose
        self.prefix = prefix
        self.length = length
        self.alphabet = alphabet
        self.check = check
    }

    func matches(_ bytes: [UInt8]) -> Bool {
        guard length.contains(bytes.count), bytes.starts(with: prefix.utf8) else { return false }
        let rest = bytes[prefix.utf8.count...]
        return rest.allSatisfy(accepts) && (check == .none || CheckDigit.isRight(bytes[...]))
    }

    private func accepts(_ byte: UInt8) -> Bool {
        switch alphabet {
        case .digits: byte.isDigit
        case .alphanumeric: byte.isDigit || byte.isASCIILetter
        case .printable: (0x20...0x7E).contains(byte)
        }
    }

    /// Whether some code could meet both rules. Check digits are not weighed: rules that differ
    /// only there would tell two purposes apart by chance.
    func overlaps(_ other: PurposeRule) -> Bool {
        guard length.overlaps(other.length) else { return false }
        let (short, long) =
            prefix.utf8.count <= other.prefix.utf8.count ? (self, other) : (other, self)
        let tail = long.prefix.utf8.dropFirst(short.prefix.utf8.count)
        return long.prefix.hasPrefix(short.prefix) && tail.allSatisfy(short.accepts)
    }
}

extension PurposeRule: JSONReadable, JSONWritable {
    public init(json: JSONField) throws(JSONReadError) {
        var reader = try json.object()
        id = try reader.required("id").string(maxBytes: 64)
        purpose = try reader.required("purpose").parsed(CodePurpose.init(rawValue:))
        prefix = try reader.required("prefix").parsed { (text: String) -> String? in
            text.utf8.allSatisfy { (0x20...0x7E).contains($0) } ? text : nil
        }
        let shortest = try reader.required("length").count(in: 1...512)
        let longest = try reader.optional("longest")?.count(in: shortest...512) ?? shortest
        length = shortest...longest
        alphabet =
            try reader.optional("alphabet")?.parsed(Alphabet.init(rawValue:)) ?? .digits
        check = try reader.optional("check")?.parsed(Check.init(rawValue:)) ?? .none
        try reader.finish()
    }

    public var json: JSONValue {
        let longest: JSONValue? =
            length.lowerBound == length.upperBound ? nil : .integer(Int64(length.upperBound))
        return .object([
            "id": .string(id), "purpose": .string(purpose.rawValue), "prefix": .string(prefix),
            "length": .integer(Int64(length.lowerBound)), "longest": longest,
            "alphabet": .string(alphabet.rawValue), "check": .string(check.rawValue),
        ])
    }
}
