import Testing
import ToteValues

@Suite("Moments and days")
struct MomentTests {
    @Test(
        "RFC 3339 is read to the millisecond and written in UTC (TIME-1)",
        arguments: [
            ("2026-11-21T10:15:00Z", "2026-11-21T10:15:00Z"),
            ("2026-11-21T10:15:00.5Z", "2026-11-21T10:15:00.500Z"),
            ("2026-11-21T10:15:00.007+02:00", "2026-11-21T08:15:00.007Z"),
            ("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"),
            ("2024-02-29T23:59:59-14:00", "2024-03-01T13:59:59Z"),
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
            ("2199-12-31T23:59:59.999Z", "2199-12-31T23:59:59.999Z"),
            ("2026-11-21T10:15:00.000Z", "2026-11-21T10:15:00Z"),
        ])
    func accepted(text: String, written: String) throws {
        let moment = try #require(Moment(text: text))
        #expect(moment.text == written)
        #expect(Moment(text: moment.text) == moment)
    }

    @Test(
        "everything else is refused",
        arguments: [
            "2026-02-30T00:00:00Z", "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z",
            "2026-11-21T24:00:00Z", "2026-11-21T10:60:00Z", "2026-11-21T10:15:60Z",
            "9999999-01-01T00:00:00Z", "2026-11-21T10:15:00", "2026-11-21T10:15:00z",
            "2026-11-21t10:15:00Z", "2026-11-21 10:15:00Z", "2026-11-21T10:15Z",
            "2026-11-21T10:15:00.Z", "2026-11-21T10:15:00.1234Z", "2026-11-21T10:15:00,5Z",
            "2026-11-21T10:15:00-00:00", "2026-11-21T10:15:00+14:01", "2026-11-21T10:15:00+15:00",
            "2026-11-21T10:15:00+0200", "2026-11-21T10:15:00+02", "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "1969-12-31T23:59:59Z",
            "2200-01-01T00:00:00Z", "1970-01-01T00:00:00+01:00", "2199-12-31T23:59:59-01:00",
            "+026-11-21T10:15:00Z", "2026-11-21T10:15:00Z ", " 2026-11-21T10:15:00Z", "",
            "2026-11-21T10:15:00ZZ", "２026-11-21T10:15:00Z", "2026-11-21T1٠:15:00Z",
            "2026-1-21T10:15:00Z", "2026-11-21T-1:15:00Z", "2026-11-21T10:15:00+02:60",
        ])
    func refused(text: String) { #expect(Moment(text: text) == nil, "\(text)") }

    @Test("writing and reading are inverse for every millisecond tried")
    func roundTrip() {
        var generator = SeededChance(seed: 4)
        for _ in 0..<20_000 {
            let moment = Moment(
                milliseconds: Int64.random(in: 0..<7_258_118_400_000, using: &generator))
            #expect(Moment(text: moment.text) == moment)
        }
    }

    @Test("moments before 1970 are written and ordered")
    func before1970() {
        let moment = Moment(milliseconds: -1)
        #expect(moment.text == "1969-12-31T23:59:59.999Z")
        #expect(moment.unixSeconds == -1)
        #expect(moment < Moment(milliseconds: 0))
        #expect(moment.adding(seconds: 1).milliseconds == 999)
    }

    @Test("days count on without a gap for 400 years")
    func days() throws {
        var day = try #require(CalendarDay(text: "1899-12-31"))
        for number in day.daysSince1970 + 1...day.daysSince1970 + 146_097 {
            let next = CalendarDay(daysSince1970: number)
            guard next.daysSince1970 == number, day < next,
                CalendarDay(text: next.text) == next,
                next.weekdayIndex == (day.weekdayIndex + 1) % 7
            else {
                Issue.record("\(next)")
                return
            }
            day = next
        }
        #expect(day.text == "2299-12-31")
        #expect(CalendarDay(daysSince1970: 0).weekday == "Thu")
        #expect(CalendarDay(text: "2026-11-21")?.weekday == "Sat")
    }

    @Test("days that do not exist are refused")
    func noDays() {
        for text in [
            "2026-02-29", "2026-04-31", "2026-13-01", "0000-01-01", "2026-1-1", "20260101",
        ] {
            #expect(CalendarDay(text: text) == nil, "\(text)")
        }
        #expect(CalendarDay(year: 10_000, month: 1, day: 1) == nil)
        #expect(CalendarDay(year: 2026, month: 1, day: 32) == nil)
    }
}
