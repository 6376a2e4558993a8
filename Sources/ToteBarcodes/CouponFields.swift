import ToteValues

/// Takes the fields of a coupon's digits one after the other. Each refusal names its field, and
/// nothing of the coupon.
struct CouponFields {
    private let bytes: [UInt8]
    private(set) var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func digits(_ field: String, _ count: Int) throws(BarcodeError) -> String {
        let end = offset + count
        guard end <= bytes.count, bytes[offset..<end].allSatisfy(\.isDigit) else {
            throw .couponMalformed(field, offset)
        }
        defer { offset = end }
        return String(decoding: bytes[offset..<end], as: UTF8.self)
    }

    mutating func digit(
        _ field: String, _ allowed: some Collection<Int>
    ) throws(BarcodeError) -> Int {
        let start = offset
        guard let digit = Int(try digits(field, 1)), allowed.contains(digit) else {
            throw .couponMalformed(field, start)
        }
        return digit
    }

    /// A length digit, and that many digits and `longer` more.
    mutating func counted(
        _ field: String, _ allowed: ClosedRange<Int>, longer: Int
    ) throws(BarcodeError) -> String {
        try digits(field, try digit(field, allowed) + longer)
    }

    /// A length digit 1 to 5, and a number of that length.
    mutating func number(_ field: String) throws(BarcodeError) -> Int64 {
        Int64(try counted(field, 1...5, longer: 0)) ?? 0
    }

    mutating func requirementCode(_ field: String) throws(BarcodeError) -> Int {
        try digit(field, [0, 1, 2, 3, 4, 9])
    }

    /// Of a second or third purchase; a length of 9 stands for the coupon's own company.
    mutating func requirement(
        _ field: String
    ) throws(BarcodeError) -> CouponOffer.Requirement {
        let value = try number(field + "Requirement")
        let code = try requirementCode(field + "RequirementCode")
        let family = try digits(field + "FamilyCode", 3)
        let length = try digit(field + "CompanyPrefix", [0, 1, 2, 3, 4, 5, 6, 9])
        let prefix = length == 9 ? nil : try digits(field + "CompanyPrefix", length + 6)
        return CouponOffer.Requirement(
            value: value, code: code, family: family, companyPrefix: prefix)
    }

    mutating func day(_ field: String, _ today: CalendarDay) throws(BarcodeError) -> CalendarDay {
        let start = offset
        let text = try digits(field, 6)
        guard let day = SaleDates.day(text, today: today, dayMayBeZero: false) else {
            throw .couponMalformed(field, start)
        }
        return day
    }
}

extension BarcodeError {
    /// A coupon whose fields do not read (CPN-1); `offset` counts from the coupon's first digit.
    static func couponMalformed(_ field: String, _ offset: Int) -> BarcodeError {
        BarcodeError(
            code: .couponMalformed, offset: offset, found: field,
            message: "The coupon was printed wrong: its field \(field) does not read.",
            mend: "Please show it to a member of staff.")
    }
}

extension CouponCode {
    /// Reads the fields and says what keeps the coupon from counting today (CPN-2…4).
    /// - Throws: `couponMalformed`.
    func findings(today: CalendarDay) throws(BarcodeError) -> [Finding] {
        switch form {
        case .ai8110: Self.dates(of: try CouponOffer(data: data, today: today), today)
        case .ai8112:
            try pending(PositiveOffer(data: data))
        case .upcA, .ean13:
            [
                Finding(
                    kind: .legacyCouponNeedsStore, severity: .ask,
                    message: "Only the store can tell what this old coupon is worth.")
            ]
        case .store: []
        }
    }

    private func pending(_ offer: PositiveOffer) -> [Finding] {
        [
            Finding(
                kind: .pendingValidation, severity: .note,
                message: "The coupon counts once the store has checked it online.")
        ]
    }

    private static func dates(of offer: CouponOffer, _ today: CalendarDay) -> [Finding] {
        if let expires = offer.expires, expires < today {
            return [
                Finding(
                    kind: .couponExpired, severity: .stop,
                    message: "The coupon was valid until \(expires.text).")
            ]
        }
        if let starts = offer.starts, today < starts {
            return [
                Finding(
                    kind: .couponNotYetValid, severity: .stop,
                    message: "The coupon is valid from \(starts.text).")
            ]
        }
        return []
    }
}
