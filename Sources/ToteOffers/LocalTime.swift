import ToteValues

/// Local times of a store as text, so that they compare as strings (OFF-16).
enum LocalTime {
    static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    /// Strict `YYYY-MM-DDTHH:MM` of a day that exists.
    static func isMinute(_ text: String) -> Bool {
        let ascii = Array(text.utf8)
        guard ascii.count == 16, ascii[10] == 0x54, CalendarDay(text: text.prefix(10)) != nil else {
            return false
        }
        return isClock(String(text.suffix(5)))
    }

    /// A minute, or a day alone, which means its 00:00. `nil` for anything else.
    static func minute(_ text: String) -> String? {
        if isMinute(text) { return text }
        return CalendarDay(text: text) == nil ? nil : text + "T00:00"
    }

    /// Strict `HH:MM`, 00:00…23:59.
    static func isClock(_ text: String) -> Bool {
        let ascii = Array(text.utf8)
        guard ascii.count == 5, ascii[2] == 0x3A,
            [0, 1, 3, 4].allSatisfy({ (0x30...0x39).contains(ascii[$0]) })
        else { return false }
        return !text.utf8.lexicographicallyPrecedes("00:00".utf8)
            && text.utf8.lexicographicallyPrecedes("24:00".utf8) && ascii[3] < 0x36
    }

    /// 00:00 of the day after `minute`.
    static func nextMidnight(after minute: String) -> String? {
        guard let day = CalendarDay(text: minute.prefix(10)) else { return nil }
        return CalendarDay(daysSince1970: day.daysSince1970 + 1).text + "T00:00"
    }
}
