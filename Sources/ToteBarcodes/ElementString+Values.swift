public import ToteValues

extension ElementString.Element {
    /// The number of a measure, price, percentage or amount, exact, with the decimals that the
    /// identifier's last digit says: (3103)000750 is `0.750`. Without a currency in front.
    public var decimalText: String? {
        let digits = Array(ai.utf8)
        guard digits.count == 4, digits[0] == 0x33 else { return nil }
        let places = Int(digits[3] - 0x30)
        switch digits[1] {
        case 0x31...0x36: break
        case 0x39 where (0x30...0x35).contains(digits[2]): break
        default: return nil
        }
        let figures = value.utf8.dropFirst(carriesCurrency ? 3 : 0)
        guard !figures.isEmpty, figures.allSatisfy(\.isDigit) else { return nil }
        return Self.decimal(Array(figures), places: places)
    }

    /// The currency of (391n) and (393n).
    public var currency: Currency? {
        carriesCurrency ? Currency(number: Array(value.utf8.prefix(3))[...]) : nil
    }

    private var carriesCurrency: Bool {
        ai.utf8.count == 4 && (ai.hasPrefix("391") || ai.hasPrefix("393"))
    }

    private static func decimal(_ digits: [UInt8], places: Int) -> String {
        let zeros = [UInt8](repeating: 0x30, count: max(0, places + 1 - digits.count))
        let filled = zeros + digits
        let whole = filled.dropLast(places).drop { $0 == 0x30 }
        let text = String(decoding: whole.isEmpty ? [0x30] : whole, as: UTF8.self)
        guard places > 0 else { return text }
        return text + "." + String(decoding: filled.suffix(places), as: UTF8.self)
    }

    /// The day of a date, its century the one nearest to today, day 00 the month's last (AI-7).
    /// `nil` for what holds no date, or two.
    public func day(today: CalendarDay) -> CalendarDay? {
        guard holdsDate, value.utf8.count != 12 || ai != "7007" else { return nil }
        return ElementRules(today: today).day(Array(value.utf8.prefix(6))[...], dayMayBeZero: true)
    }

    /// Hour, minute and second where the date has them; `nil` for `9999` and the like.
    public var time: (hour: Int, minute: Int, second: Int)? {
        let digits = Array(value.utf8.dropFirst(6))
        guard holdsDate, ai != "7007", digits.count >= 2, digits.count <= 6,
            digits.count % 2 == 0, digits.allSatisfy(\.isDigit)
        else { return nil }
        let starts = stride(from: 0, to: digits.count, by: 2)
        let numbers: [Int] = starts.map { digits[$0..<$0 + 2].number }
        guard numbers[0] < 24, numbers.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
        let rest = Array((numbers + [0, 0]).prefix(3))
        return (rest[0], rest[1], rest[2])
    }

    private var holdsDate: Bool {
        switch ai {
        case "11", "12", "13", "15", "16", "17": true
        case "4324", "4325", "4326", "7003", "7006", "7007", "7011", "8008": true
        default: false
        }
    }
}
