public import ToteValues

/// One price of one article in one list (OFF-70).
public struct PriceEntry: Hashable, Sendable {
    public var sku: String
    /// Identifier of the price list.
    public var list: String
    /// The highest valid one wins.
    public var priority: Int64
    /// Only this store; `nil` with `storeGroup` `nil`: every store of the book.
    public var store: UInt32?
    public var storeGroup: String?
    /// Minor units a piece or kilogram, positive.
    public var price: Int64
    /// Local time of the store `YYYY-MM-DD[THH:MM]`; a date alone means its 00:00. Inclusive.
    public var from: String?
    /// As `from`; exclusive.
    public var until: String?
    public var memberOnly: Bool
    /// Only members of one of these segments; empty: no such bound.
    public var segments: [String]

    public init(
        sku: String, list: String, priority: Int64 = 0, store: UInt32? = nil,
        storeGroup: String? = nil, price: Int64, from: String? = nil, until: String? = nil,
        memberOnly: Bool = false, segments: [String] = []
    ) {
        self.sku = sku
        self.list = list
        self.priority = priority
        self.store = store
        self.storeGroup = storeGroup
        self.price = price
        self.from = from
        self.until = until
        self.memberOnly = memberOnly
        self.segments = segments
    }

    /// Whether it holds for members only; such an entry never sets the shelf price (OFF-71).
    public var isMemberBound: Bool { memberOnly || !segments.isEmpty }

    /// - Parameter localTime: `YYYY-MM-DDTHH:MM` at the store.
    public func isValid(at localTime: String, profile: StoreProfile) -> Bool {
        if let store, store != profile.store { return false }
        if let storeGroup, !profile.groups.contains(storeGroup) { return false }
        if let from, localTime < Self.minute(from) { return false }
        if let until, localTime >= Self.minute(until) { return false }
        return true
    }

    private static func minute(_ time: String) -> String {
        time.utf8.count == 10 ? time + "T00:00" : time
    }
}

extension Sequence<PriceEntry> {
    /// The one that counts: highest priority, then lower price, then list by bytes (OFF-70).
    public var deciding: PriceEntry? {
        self.min { one, other in
            if one.priority != other.priority { return one.priority > other.priority }
            if one.price != other.price { return one.price < other.price }
            return one.list.utf8.lexicographicallyPrecedes(other.list.utf8)
        }
    }
}

extension PriceEntry: JSONReadable, JSONWritable {
    public init(json: JSONField) throws(JSONReadError) {
        var object = try json.object()
        sku = try object.required("sku").string(maxBytes: 64)
        list = try object.required("list").string(maxBytes: 64)
        priority = try object.optional("priority")?.integer() ?? 0
        let storeField = object.optional("store")
        store = try storeField.map { field throws(JSONReadError) in
            UInt32(try field.integer(in: 1...Int64(UInt32.max)))
        }
        storeGroup = try object.optional("storeGroup")?.string(maxBytes: 64)
        price = try object.required("price").integer(in: 1...JSONField.largestInteger)
        from = try object.optional("from")?.parsed(Self.time)
        until = try object.optional("until")?.parsed(Self.time)
        memberOnly = try object.optional("memberOnly")?.bool() ?? false
        segments = try object.optional("segments")?.strings() ?? []
        try object.finish()
        if store != nil, storeGroup != nil { throw json.failure(.conflictingFields) }
    }

    /// Members at their defaults are left out.
    public var json: JSONValue {
        .object([
            "sku": .string(sku), "list": .string(list),
            "priority": priority == 0 ? nil : .integer(priority),
            "store": store.map { .integer(Int64($0)) },
            "storeGroup": storeGroup.map { .string($0) }, "price": .integer(price),
            "from": from.map { .string($0) }, "until": until.map { .string($0) },
            "memberOnly": memberOnly ? .bool(true) : nil,
            "segments": segments.isEmpty ? nil : .strings(segments),
        ])
    }

    /// `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`, else `nil`.
    static func time(_ text: String) -> String? {
        if text.utf8.count == 10 { return CalendarDay(text: text) == nil ? nil : text }
        return Moment(text: text + ":00Z") == nil || text.utf8.count != 16 ? nil : text
    }
}
