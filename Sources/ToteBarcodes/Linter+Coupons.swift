import ToteValues

/// Walks the fields of a North American coupon, AI 8110 and 8112 (CPN-1, CPN-2; GS1 General
/// Specifications 3.9.1). Most are a digit that gives a length, then as many digits. What is
/// missing altogether is blamed on the whole value, what is too short on the part that is there.
struct CouponTest {
    private let value: ArraySlice<UInt8>
    private let today: CalendarDay
    private var rest: ArraySlice<UInt8>

    init(_ value: ArraySlice<UInt8>, today: CalendarDay) {
        self.value = value
        self.today = today
        rest = value
    }

    /// AI 8110.
    func coupon() -> ElementFault? {
        var test = self
        do throws(Stop) {
            try test.digitsOnly()
            try test.sized(
                .couponPrefixLengthMissing, .couponPrefixLength, .couponPrefixTooShort,
                lengths: 0...6, plus: 6)
            try test.take(6, .couponOfferTooShort)
            try test.sized(
                .couponSaveLengthMissing, .couponSaveLength, .couponSaveTooShort, lengths: 1...5)
            try test.sized(
                .couponPrimaryLengthMissing, .couponPrimaryLength, .couponPrimaryTooShort,
                lengths: 1...5)
            try test.one(of: "012349", .couponPrimaryCodeMissing, .couponPrimaryCode)
            try test.take(3, .couponPrimaryFamilyTooShort)
            try test.optionalFields()
            return nil
        } catch {
            return error.fault
        }
    }

    /// AI 8112.
    func offer() -> ElementFault? {
        var test = self
        do throws(Stop) {
            try test.digitsOnly()
            try test.one(of: "01", .couponFormatMissing, .couponFormat)
            try test.sized(
                .couponFunderLengthMissing, .couponFunderLength, .couponFunderTooShort,
                lengths: 0...6, plus: 6)
            try test.take(6, .couponOfferTooShort)
            try test.sized(
                .couponSerialLengthMissing, .couponSerialLengthMissing, .couponSerialTooShort,
                lengths: 0...9, plus: 6)
            try test.end()
            return nil
        } catch {
            return error.fault
        }
    }

    private struct Stop: Error { let fault: ElementFault }

    private func stop(_ flaw: ElementFlaw, _ slice: ArraySlice<UInt8>) -> Stop {
        Stop(fault: ElementFault(flaw, slice.isEmpty ? value : slice))
    }

    private func digitsOnly() throws(Stop) {
        if let fault = value.firstFault(.nonDigit, unless: { $0.isDigit }) {
            throw Stop(fault: fault)
        }
    }

    @discardableResult
    private mutating func take(
        _ count: Int, _ tooShort: ElementFlaw
    ) throws(Stop) -> ArraySlice<UInt8> {
        guard rest.count >= count else { throw stop(tooShort, rest) }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    @discardableResult
    private mutating func one(
        of allowed: String, _ missing: ElementFlaw, _ wrong: ElementFlaw
    ) throws(Stop) -> UInt8 {
        guard let digit = rest.first else { throw stop(missing, rest) }
        guard allowed.utf8.contains(digit) else { throw stop(wrong, rest.prefix(1)) }
        rest = rest.dropFirst()
        return digit
    }

    /// - Parameter absent: the digit that stands for nothing at all.
    private mutating func sized(
        _ missing: ElementFlaw, _ wrong: ElementFlaw, _ tooShort: ElementFlaw,
        lengths: ClosedRange<Int>, plus: Int = 0, absent: Int? = nil
    ) throws(Stop) {
        guard let digit = rest.first.map({ Int($0 - 0x30) }) else { throw stop(missing, rest) }
        guard lengths.contains(digit) || digit == absent else { throw stop(wrong, rest.prefix(1)) }
        rest = rest.dropFirst()
        if digit != absent { try take(digit + plus, tooShort) }
    }

    private mutating func field(_ name: Character) -> Bool {
        guard rest.first == name.asciiValue else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// Each at most once, in ascending order; anything else is left over.
    private mutating func optionalFields() throws(Stop) {
        if field("1") {
            try one(of: "0123", .couponRuleMissing, .couponRule)
            try purchase(second)
        }
        if field("2") { try purchase(third) }
        try dates()
        if field("5") {
            try sized(
                .couponSerialLengthMissing, .couponSerialLengthMissing, .couponSerialTooShort,
                lengths: 0...9, plus: 6)
        }
        if field("6") {
            try sized(
                .couponRetailerLengthMissing, .couponRetailerLength, .couponRetailerTooShort,
                lengths: 1...7, plus: 6)
        }
        if field("9") {
            try one(of: "01256", .couponValueCodeMissing, .couponValueCode)
            try one(of: "012", .couponItemMissing, .couponItem)
            try take(1, .couponStoreFlagMissing)
            try one(of: "01", .couponMultiplyFlagMissing, .couponMultiplyFlag)
        }
        try end()
    }

    private func end() throws(Stop) {
        guard rest.isEmpty else { throw stop(.couponExcess, rest) }
    }

    private let second: [ElementFlaw] = [
        .couponSecondLengthMissing, .couponSecondLength, .couponSecondTooShort,
        .couponSecondCodeMissing, .couponSecondCode, .couponSecondFamilyTooShort,
        .couponSecondPrefixLengthMissing, .couponSecondPrefixLength, .couponSecondPrefixTooShort,
    ]

    private let third: [ElementFlaw] = [
        .couponThirdLengthMissing, .couponThirdLength, .couponThirdTooShort,
        .couponThirdCodeMissing, .couponThirdCode, .couponThirdFamilyTooShort,
        .couponThirdPrefixLengthMissing, .couponThirdPrefixLength, .couponThirdPrefixTooShort,
    ]

    private mutating func purchase(_ flaws: [ElementFlaw]) throws(Stop) {
        try sized(flaws[0], flaws[1], flaws[2], lengths: 1...5)
        try one(of: "012349", flaws[3], flaws[4])
        try take(3, flaws[5])
        try sized(flaws[6], flaws[7], flaws[8], lengths: 0...6, plus: 6, absent: 9)
    }

    private mutating func dates() throws(Stop) {
        let start = rest.startIndex
        let expiry = field("3") ? try date(.couponExpiryTooShort, .couponExpiry) : nil
        let begin = field("4") ? try date(.couponStartTooShort, .couponStart) : nil
        if let expiry, let begin, expiry < begin {
            throw stop(.couponExpiryBeforeStart, value[start..<rest.startIndex])
        }
    }

    private mutating func date(
        _ tooShort: ElementFlaw, _ wrong: ElementFlaw
    ) throws(Stop) -> CalendarDay {
        let digits = try take(6, tooShort)
        guard let day = ElementRules(today: today).day(digits, dayMayBeZero: false) else {
            throw stop(wrong, digits)
        }
        return day
    }
}
