public import ToteValues

/// The fields of a North American coupon (AI 8110, CPN-1; GS1 US, North American Coupon
/// Application Guideline). Parsed only: what it is worth is settled where offers are.
public struct CouponOffer: Hashable, Sendable {
    /// What must be bought.
    public struct Requirement: Hashable, Sendable {
        /// Units, minor units of the currency or weight, as `code` says.
        public let value: Int64
        /// 0 units, 1 amount, 2 whole transaction, 3 and 4 weight, 9 one unit.
        public let code: Int
        /// 000 to 999.
        public let family: String
        /// Of the goods; `nil` for that of the coupon's funder.
        public let companyPrefix: String?
    }

    /// How further requirements join the first: 0 all of them, 1 any, 2 and 3 in pairs.
    public enum Rule: Int, Hashable, Sendable { case all, any, firstAndEither, eitherAndThird }

    public let companyPrefix: String
    /// Six digits.
    public let offerCode: String
    /// As `valueCode` says: minor units, percent or pieces.
    public let saveValue: Int64
    public let primary: Requirement
    public internal(set) var rule: Rule?
    public internal(set) var second: Requirement?
    public internal(set) var third: Requirement?
    /// The last day.
    public internal(set) var expires: CalendarDay?
    /// The first day.
    public internal(set) var starts: CalendarDay?
    public internal(set) var serial: String?
    /// Company prefix or GLN of the one retailer that takes it.
    public internal(set) var retailer: String?
    /// 0 amount off, 1 and 2 free of charge, 5 percent off, 6 the store's own rule.
    public internal(set) var valueCode = 0
    /// Which requirement the value is taken off: 0 first, 1 second, 2 third.
    public internal(set) var appliesTo = 0
    /// A retailer's own coupon.
    public internal(set) var isStoreCoupon = false
    /// May not be doubled.
    public internal(set) var noMultiply = false

    /// - Parameters:
    ///   - data: value of AI 8110.
    ///   - today: settles the century of its dates (AI-7).
    /// - Throws: `couponMalformed` that names the field.
    public init(data: String, today: CalendarDay) throws(BarcodeError) {
        var fields = CouponFields(Array(data.utf8))
        companyPrefix = try fields.counted("companyPrefix", 0...6, longer: 6)
        offerCode = try fields.digits("offerCode", 6)
        saveValue = try fields.number("saveValue")
        let value = try fields.number("purchaseRequirement")
        primary = Requirement(
            value: value, code: try fields.requirementCode("purchaseRequirementCode"),
            family: try fields.digits("familyCode", 3), companyPrefix: nil)
        var last = 0
        while !fields.isAtEnd {
            let kind = try fields.digit("field", 0...9)
            guard kind > last else { throw .couponMalformed("field", fields.offset - 1) }
            try read(kind, &fields, today)
            last = kind
        }
    }

    private mutating func read(
        _ kind: Int, _ fields: inout CouponFields, _ today: CalendarDay
    ) throws(BarcodeError) {
        switch kind {
        case 1:
            rule = Rule(rawValue: try fields.digit("purchaseRule", 0...3))
            second = try fields.requirement("second")
        case 2: third = try fields.requirement("third")
        case 3: expires = try fields.day("expiry", today)
        case 4:
            starts = try fields.day("start", today)
            if let starts, let expires, expires < starts {
                throw .couponMalformed("start", fields.offset - 6)
            }
        case 5: serial = try fields.counted("serial", 0...9, longer: 6)
        case 6: retailer = try fields.counted("retailer", 1...7, longer: 6)
        case 9:
            valueCode = try fields.digit("saveValueCode", [0, 1, 2, 5, 6])
            appliesTo = try fields.digit("appliesTo", 0...2)
            isStoreCoupon = try fields.digit("storeFlag", 0...9) != 0
            noMultiply = try fields.digit("noMultiply", 0...1) == 1
        default: throw .couponMalformed("field", fields.offset - 1)
        }
    }
}

/// A coupon that lives in an online list of valid ones (AI 8112, CPN-2). It is used up there:
/// offline it is pending and never granted.
public struct PositiveOffer: Hashable, Sendable {
    public let format: Int
    public let funder: String
    /// Six digits.
    public let offerCode: String
    public let serial: String

    /// - Throws: `couponMalformed` that names the field.
    public init(data: String) throws(BarcodeError) {
        var fields = CouponFields(Array(data.utf8))
        format = try fields.digit("format", 0...1)
        funder = try fields.counted("funder", 0...6, longer: 6)
        offerCode = try fields.digits("offerCode", 6)
        serial = try fields.counted("serial", 0...9, longer: 6)
        guard fields.isAtEnd else { throw .couponMalformed("end", fields.offset) }
    }
}

/// A coupon of UPC-A number system 5 (CPN-3). Its value code means something only by a table of
/// the store.
public struct LegacyCoupon: Hashable, Sendable {
    /// Five digits.
    public let maker: String
    /// Three digits.
    public let family: String
    /// Two digits.
    public let valueCode: String

    /// - Parameter data: the twelve digits.
    init(data: String) {
        let digits = Array(data.utf8)
        let text = { (range: Range<Int>) in
            String(decoding: digits.dropFirst(range.lowerBound).prefix(range.count), as: UTF8.self)
        }
        maker = text(1..<6)
        family = text(6..<9)
        valueCode = text(9..<11)
    }
}
