/// A day of the proleptic Gregorian calendar, without a time zone.
public struct CalendarDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let year: Int64
    /// 1…12.
    public let month: Int64
    /// 1…31.
    public let day: Int64

    /// `nil` for a day that does not exist: 30 February, month 13.
    public init?(year: Int64, month: Int64, day: Int64) {
        guard (1...12).contains(month), (1...9999).contains(year),
            (1...Self.length(ofMonth: month, year: year)).contains(day)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Strict `YYYY-MM-DD`.
    public init?(text: some StringProtocol) { self.init(ascii: Array(text.utf8)[...]) }

    init?(ascii slice: ArraySlice<UInt8>) {
        let ascii = Array(slice)
        let positions = [0, 1, 2, 3, 5, 6, 8, 9]
        guard ascii.count == 10, ascii[4] == 0x2D, ascii[7] == 0x2D,
            positions.allSatisfy({ (0x30...0x39).contains(ascii[$0]) })
        else { return nil }
        func number(_ range: Range<Int>) -> Int64 {
            ascii[range].reduce(0) { $0 * 10 + Int64($1 - 0x30) }
        }
        self.init(year: number(0..<4), month: number(5..<7), day: number(8..<10))
    }

    /// Days since 1970-01-01, which is day 0 (Hinnant, "chrono-compatible low-level date
    /// algorithms", civil_from_days).
    public init(daysSince1970 days: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01 (the inverse, days_from_civil).
    public var daysSince1970: Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// 0 is Monday.
    public var weekdayIndex: Int {
        let index = (daysSince1970 + 3) % 7
        return Int(index < 0 ? index + 7 : index)
    }

    /// `Mon` … `Sun`.
    public var weekday: String {
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekdayIndex]
    }

    public var text: String { "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))" }
    public var description: String { text }

    public static func length(ofMonth month: Int64, year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    public static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension Int64 {
    /// Decimal digits, filled with zeros on the left.
    func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
    }
}
