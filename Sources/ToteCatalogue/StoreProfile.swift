public import ToteBarcodes
public import ToteValues

/// Whether shelf prices contain the tax (OFF-53, OFF-54).
public enum TaxMode: String, Sendable {
    case inclusive, exclusive
}

/// What a device must know of a store to price a cart as the store does.
public struct StoreProfile: Hashable, Sendable {
    /// Store number, as in exit passes.
    public var store: UInt32
    public var name: String
    public var currency: Currency
    /// Minutes east of UTC, for the store's local times in offers and prices.
    public var utcOffsetMinutes: Int
    public var taxMode: TaxMode
    /// Basis points by tax category.
    public var taxRates: [String: Int64]
    /// Groups of stores this one belongs to, for price entries with `storeGroup`.
    public var groups: [String]
    /// Most pieces one cart may hold.
    public var maximumPieces: Int
    public var rules: StoreRules
    /// Goods that must not be sold any more (EXP-4).
    public var recalls: [Recall]

    public init(
        store: UInt32, name: String, currency: Currency, utcOffsetMinutes: Int, taxMode: TaxMode,
        taxRates: [String: Int64], groups: [String] = [], maximumPieces: Int = 10_000,
        rules: StoreRules, recalls: [Recall] = []
    ) {
        self.store = store
        self.name = name
        self.currency = currency
        self.utcOffsetMinutes = utcOffsetMinutes
        self.taxMode = taxMode
        self.taxRates = taxRates
        self.groups = groups
        self.maximumPieces = maximumPieces
        self.rules = rules
        self.recalls = recalls
    }

    /// The store's wall clock, `YYYY-MM-DDTHH:MM`, as offers and prices compare it (OFF-16).
    public func localTime(of moment: Moment) -> String { String(local(moment).text.prefix(16)) }

    /// `Mon`…`Sun` at the store.
    public func weekday(of moment: Moment) -> String { day(of: moment).weekday }

    /// The calendar day at the store.
    public func day(of moment: Moment) -> CalendarDay {
        let milliseconds = local(moment).milliseconds
        let dayLength: Int64 = 86_400_000
        let days = milliseconds / dayLength - (milliseconds % dayLength < 0 ? 1 : 0)
        return CalendarDay(daysSince1970: days)
    }

    /// The minute of that day at the store, 0…1439.
    public func minute(of moment: Moment) -> Int {
        let dayLength: Int64 = 86_400_000
        let since = local(moment).milliseconds % dayLength
        return Int((since < 0 ? since + dayLength : since) / 60_000)
    }

    private func local(_ moment: Moment) -> Moment {
        moment.adding(seconds: Int64(utcOffsetMinutes) * 60)
    }
}

extension StoreProfile: JSONReadable, JSONWritable {
    public init(json: JSONField) throws(JSONReadError) {
        var object = try json.object()
        store = UInt32(try object.required("store").integer(in: 1...Int64(UInt32.max)))
        name = try object.required("name").string(maxBytes: 200)
        currency = try object.required("currency").parsed { Currency(code: $0) }
        utcOffsetMinutes = Int(try object.required("utcOffsetMinutes").integer(in: -840...840))
        taxMode = try object.required("taxMode").parsed { TaxMode(rawValue: $0) }
        taxRates = try Self.rates(object.required("taxRates"))
        groups = try object.optional("groups")?.strings() ?? []
        maximumPieces = try object.required("maximumPieces").count(in: 1...10_000)
        rules = try object.required("rules").read(StoreRules.self)
        recalls = try object.optional("recalls")?.readArray(Recall.self, maxCount: 10_000) ?? []
        try object.finish()
    }

    public var json: JSONValue {
        .object([
            "store": .integer(Int64(store)), "name": .string(name),
            "currency": .string(currency.code),
            "utcOffsetMinutes": .integer(Int64(utcOffsetMinutes)),
            "taxMode": .string(taxMode.rawValue),
            "taxRates": .object(
                taxRates.sorted { $0.key < $1.key }.map { JSONMember($0.key, .integer($0.value)) }),
            "groups": groups.isEmpty ? nil : .strings(groups),
            "maximumPieces": .integer(Int64(maximumPieces)), "rules": rules.json,
            "recalls": recalls.isEmpty ? nil : .array(recalls.map(\.json)),
        ])
    }

    private static func rates(_ field: JSONField) throws(JSONReadError) -> [String: Int64] {
        var object = try field.object()
        var rates: [String: Int64] = [:]
        for member in object.unread {
            rates[member.name] = try object.required(member.name).integer(in: 0...10_000)
        }
        return rates
    }
}
