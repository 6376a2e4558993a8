import ToteValues

/// The dates of an element string against today (EXP-1…3).
struct SaleDates {
    let elements: ElementString
    let today: CalendarDay
    let rules: SaleRules

    func findings(minute: Int?) -> [Finding] {
        [
            expired("17", minute: nil), expired("7003", minute: minute),
            passed("16", .sellByPassed, rules.sellByPassed, "The sell-by date was"),
            passed("15", .bestBeforePassed, rules.bestBeforePassed, "It was best before"),
            future("11", "produced"), future("13", "packed"),
        ].compactMap(\.self)
    }

    /// The day of a date element; day 00 is the month's last (AI-7).
    static func day(
        _ value: String, today: CalendarDay, dayMayBeZero: Bool = true
    ) -> CalendarDay? {
        let digits = Array(value.utf8).prefix(6)
        return ElementRules(today: today).day(digits, dayMayBeZero: dayMayBeZero)
    }

    /// EXP-1. (7003) carries hours, and may carry minutes.
    private func expired(_ ai: String, minute: Int?) -> Finding? {
        guard let value = elements[ai] else { return nil }
        guard let day = Self.day(value, today: today) else { return implausible(ai) }
        let time = value.utf8.dropFirst(6).map { Int($0 &- 0x30) }
        guard day < today || (day == today && hasPassed(time, minute)) else { return nil }
        return finding(.expired, .stop, "It expired on \(day.text).", ai)
    }

    private func hasPassed(_ time: [Int], _ minute: Int?) -> Bool {
        guard let minute, time.count >= 2 else { return false }
        let minutes = time.count >= 4 ? time[2] * 10 + time[3] : 0
        return (time[0] * 10 + time[1]) * 60 + minutes < minute
    }

    /// EXP-2.
    private func passed(
        _ ai: String, _ kind: Finding.Kind, _ severity: Finding.Severity, _ words: String
    ) -> Finding? {
        guard let value = elements[ai] else { return nil }
        guard let day = Self.day(value, today: today) else { return implausible(ai) }
        return day < today ? finding(kind, severity, "\(words) \(day.text).", ai) : nil
    }

    /// EXP-3.
    private func future(_ ai: String, _ words: String) -> Finding? {
        guard let value = elements[ai] else { return nil }
        guard let day = Self.day(value, today: today) else { return implausible(ai) }
        guard today < day else { return nil }
        let message = "The label says it will be \(words) on \(day.text), which is to come."
        return finding(.implausibleDate, .ask, message, ai)
    }

    private func implausible(_ ai: String) -> Finding {
        finding(.implausibleDate, .ask, "The date of (\(ai)) does not exist.", ai)
    }

    private func finding(
        _ kind: Finding.Kind, _ severity: Finding.Severity, _ message: String, _ ai: String
    ) -> Finding {
        let range = elements.elements.first { $0.ai == ai }?.range
        return Finding(kind: kind, severity: severity, range: range, message: message)
    }
}
