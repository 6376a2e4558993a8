import ToteValues

/// `YYMMDD` or `YYYYMMDD`, the day perhaps 00.
struct DateTest {
    let today: CalendarDay
    let isLong: Bool
    let allowsDayZero: Bool

    func fault(in value: ArraySlice<UInt8>) -> ElementFault? {
        let length = isLong ? 8 : 6
        guard value.count >= length else { return ElementFault(.dateTooShort, value) }
        guard value.count == length else { return ElementFault(.dateTooLong, value) }
        if let fault = value.firstFault(.nonDigit, unless: { $0.isDigit }) { return fault }
        let year = value.dropLast(4).number
        let month = value.dropLast(2).suffix(2)
        let day = value.suffix(2)
        guard (1...12).contains(month.number) else { return ElementFault(.month, month) }
        if day.number == 0 { return allowsDayZero ? nil : ElementFault(.day, day) }
        let full = isLong ? Int64(year) : Self.fullYear(Int64(year), today: today)
        let last = CalendarDay.length(ofMonth: Int64(month.number), year: full)
        return day.number <= last ? nil : ElementFault(.day, day)
    }

    /// The century is the one nearest to today (AI-7; General Specifications 7.12).
    static func fullYear(_ year: Int64, today: CalendarDay) -> Int64 {
        let now = today.year
        let distance = year - now % 100
        return year + now - now % 100 + (distance >= 51 ? -100 : distance <= -50 ? 100 : 0)
    }
}

/// Two digits of a time.
struct TimeTest {
    let limit: Int
    let flaw: ElementFlaw
    let tooShort: ElementFlaw
    let tooLong: ElementFlaw

    static let hour = TimeTest(
        limit: 24, flaw: .hour, tooShort: .hourTooShort, tooLong: .hourTooLong)
    static let minute = TimeTest(
        limit: 60, flaw: .minute, tooShort: .minuteTooShort, tooLong: .minuteTooLong)
    static let second = TimeTest(
        limit: 60, flaw: .second, tooShort: .secondTooShort, tooLong: .secondTooLong)

    func fault(in value: ArraySlice<UInt8>) -> ElementFault? {
        guard value.count >= 2 else { return ElementFault(tooShort, value) }
        guard value.count == 2 else { return ElementFault(tooLong, value) }
        if let fault = value.firstFault(.nonDigit, unless: { $0.isDigit }) { return fault }
        return value.number < limit ? nil : ElementFault(flaw, value)
    }

    static func hourMinute(_ value: ArraySlice<UInt8>) -> ElementFault? {
        guard value.count >= 4 else { return ElementFault(.hourMinuteTooShort, value) }
        guard value.count == 4 else { return ElementFault(.hourMinuteTooLong, value) }
        if let fault = value.firstFault(.nonDigit, unless: { $0.isDigit }) { return fault }
        return hour.fault(in: value.prefix(2)) ?? minute.fault(in: value.suffix(2))
    }
}
