/// A point in time in whole milliseconds since 1970-01-01T00:00:00Z (TIME-1).
/// Text is RFC 3339: strict on reading, always UTC on writing.
public struct Moment: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }
    public init(unixSeconds: Int64) { self.milliseconds = unixSeconds * 1000 }

    /// Whole seconds, rounded down.
    public var unixSeconds: Int64 { (milliseconds - milliseconds.modulo(1000)) / 1000 }
    public var description: String { text }

    public func adding(seconds: Int64) -> Moment {
        Moment(milliseconds: milliseconds + seconds * 1000)
    }

    public func adding(milliseconds more: Int64) -> Moment {
        Moment(milliseconds: milliseconds + more)
    }

    public static func < (left: Moment, right: Moment) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// UTC with `Z`, three fraction digits or none: `2026-11-21T10:15:00Z`.
    public var text: String {
        let fraction = milliseconds.modulo(1000)
        let dayMilliseconds = milliseconds.modulo(86_400_000)
        let day = CalendarDay(daysSince1970: (milliseconds - dayMilliseconds) / 86_400_000)
        let seconds = dayMilliseconds / 1000
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0.padded(2) }
        let tail = fraction == 0 ? "Z" : ".\(fraction.padded(3))Z"
        return day.text + "T" + clock.joined(separator: ":") + tail
    }
}

extension Moment {
    /// RFC 3339 with the limits of TIME-1; `nil` (`timeMalformed`) for anything else.
    public init?(text: some StringProtocol) {
        let ascii = Array(text.utf8)
        guard ascii.count >= 20, ascii[10] == 0x54, ascii[13] == 0x3A, ascii[16] == 0x3A,
            let day = CalendarDay(ascii: ascii[0..<10]), (1970...2199).contains(day.year),
            let hour = Self.number(ascii[11..<13]), hour <= 23,
            let minute = Self.number(ascii[14..<16]), minute <= 59,
            let second = Self.number(ascii[17..<19]), second <= 59
        else { return nil }
        var rest = ascii[19...]
        guard let fraction = Self.fraction(&rest), let offset = Self.offset(rest) else {
            return nil
        }
        let seconds = day.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset * 60
        guard (0..<7_258_118_400).contains(seconds) else { return nil }
        self.init(milliseconds: seconds * 1000 + fraction)
    }

    private static func number(_ ascii: ArraySlice<UInt8>) -> Int64? {
        guard ascii.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return ascii.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    /// One to three digits after a point, as milliseconds; 0 when there is no point.
    private static func fraction(_ rest: inout ArraySlice<UInt8>) -> Int64? {
        guard rest.first == 0x2E else { return 0 }
        let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
        guard (1...3).contains(digits.count), let value = number(digits) else { return nil }
        rest = rest.dropFirst(1 + digits.count)
        return value * [100, 10, 1][digits.count - 1]
    }

    /// Minutes east of UTC: `Z` or `±HH:MM` up to 14:00, not `-00:00`.
    private static func offset(_ rest: ArraySlice<UInt8>) -> Int64? {
        let ascii = Array(rest)
        if ascii == [0x5A] { return 0 }
        guard ascii.count == 6, ascii[0] == 0x2B || ascii[0] == 0x2D, ascii[3] == 0x3A,
            let hours = number(ascii[1..<3]), let minutes = number(ascii[4..<6]), minutes <= 59
        else { return nil }
        let total = hours * 60 + minutes
        let negative = ascii[0] == 0x2D
        guard total <= 14 * 60, !(negative && total == 0) else { return nil }
        return negative ? -total : total
    }
}

extension Int64 {
    /// The remainder that is never negative.
    fileprivate func modulo(_ divisor: Int64) -> Int64 {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}
