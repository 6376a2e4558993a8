import Testing
import ToteValues

@Suite("Money")
struct MoneyTests {
    private func currency(_ code: String) throws -> Currency {
        try #require(Currency(code: code))
    }

    @Test("currencies have the exponents of ISO 4217, and others do not exist (MON-1)")
    func currencies() throws {
        for (code, number, exponent) in [
            ("EUR", 978, 2), ("JPY", 392, 0), ("KWD", 414, 3), ("CLF", 990, 4), ("USD", 840, 2),
            ("UYW", 927, 4), ("CLP", 152, 0), ("HUF", 348, 2),
        ] {
            let currency = try currency(code)
            #expect(currency.number == number)
            #expect(currency.exponent == exponent)
        }
        for code in ["ZZZ", "eur", "EU", "EURO", "", "XXX", "EUR "] {
            #expect(Currency(code: code) == nil, "\(code)")
        }
        let numbers = Currency.all.map(\.number)
        #expect(Set(numbers).count == numbers.count)
        #expect(Currency.all.allSatisfy { $0.number > 0 })
    }

    @Test("currencies never mix, and sums never wrap (MON-1, MON-2)")
    func checked() throws {
        let yen = try currency("JPY")
        let euro = Money(minor: .max, currency: .euro)
        #expect(throws: MoneyError.currencyMismatch(.euro, yen)) {
            try euro.adding(Money(minor: 1, currency: yen))
        }
        #expect(throws: MoneyError.overflow) {
            try euro.adding(Money(minor: 1, currency: .euro))
        }
        #expect(throws: MoneyError.overflow) { try euro.multiplied(by: 2) }
        #expect(throws: MoneyError.overflow) {
            try Money(minor: .min, currency: .euro).subtracting(Money(minor: 1, currency: .euro))
        }
        #expect(throws: MoneyError.overflow) {
            try Money(minor: .min, currency: .euro).multiplied(by: -1)
        }
        #expect(try euro.subtracting(euro) == .zero(.euro))
    }

    @Test(
        "every rounding by name (MON-3, MON-4)",
        arguments: [
            (Rounding.halfUp, [-3, -2, -2, -1, 0, 1, 2, 2, 3] as [Int64]),
            (.halfDown, [-2, -2, -1, -1, 0, 1, 1, 2, 2]),
            (.halfEven, [-2, -2, -2, -1, 0, 1, 2, 2, 2]),
            (.up, [-3, -2, -2, -1, 0, 1, 2, 2, 3]),
            (.down, [-2, -2, -1, -1, 0, 1, 1, 2, 2]),
            (.floor, [-3, -2, -2, -1, 0, 1, 1, 2, 2]),
            (.ceiling, [-2, -2, -1, -1, 0, 1, 2, 2, 3]),
        ])
    func roundings(rounding: Rounding, expected: [Int64]) throws {
        let halves: [Int128] = [-5, -4, -3, -2, 0, 2, 3, 4, 5]
        #expect(try halves.map { try divide($0, 2, rounding) } == expected)
    }

    @Test("thirds round to the nearest, and all roundings agree on whole results")
    func thirds() throws {
        for rounding in [Rounding.halfUp, .halfDown, .halfEven] {
            #expect(try divide(4, 3, rounding) == 1)
            #expect(try divide(5, 3, rounding) == 2)
            #expect(try divide(-5, 3, rounding) == -2)
        }
        for rounding in Rounding.allCases { #expect(try divide(-21, 7, rounding) == -3) }
    }

    @Test("a division by nothing, or a result that does not fit, is refused")
    func refusedDivision() {
        let pairs: [(Int128, Int128)] = [(1, 0), (1, -1), (.max, 1), (.min, 1)]
        for (numerator, denominator) in pairs {
            #expect(throws: MoneyError.overflow) {
                try divide(numerator, denominator, .halfUp)
            }
        }
        #expect(throws: Never.self) { try divide(.max, .max, .halfEven) }
    }

    @Test("basis points are 0…10000, and a percentage rounds half away from zero (MON-5)")
    func basisPoints() throws {
        #expect(BasisPoints(-1) == nil)
        #expect(BasisPoints(10_001) == nil)
        let quarter = try #require(BasisPoints(250))
        #expect(try quarter.percent(of: 1020) == 26)
        #expect(try quarter.percent(of: -1020) == -26)
        let all = try #require(BasisPoints(10_000))
        #expect(try all.percent(of: .max) == .max)
        #expect(try all.percent(of: .min) == .min)
    }

    @Test("shares sum to the total, lie within their weights, and favour the lower index (MON-6)")
    func shares() throws {
        #expect(try share(2, [1, 1, 1]) == [1, 1, 0])
        #expect(try share(100, [33, 33, 34]) == [33, 33, 34])
        #expect(try share(1, [5, 5]) == [1, 0])
        #expect(try share(0, []) == [])
        #expect(try share(0, [0, 0]) == [0, 0])
        #expect(try share(7, [3, 0, 7, 5]) == [2, 0, 3, 2])
        #expect(throws: MoneyError.overflow) { try share(-1, [1]) }
        #expect(throws: MoneyError.overflow) { try share(4, [1, 2]) }
        #expect(throws: MoneyError.overflow) { try share(1, [2, -1]) }
    }

    @Test("100,000 random shares keep the laws")
    func shareLaws() throws {
        var generator = SeededChance(seed: 2026)
        for round in 0..<100_000 {
            let count = Int.random(in: 1...8, using: &generator)
            let largest: Int64 = round % 10 == 0 ? .max / 8 : 1 << Int64(round % 40)
            let weights = (0..<count).map { _ in Int64.random(in: 0...largest, using: &generator) }
            let sum = weights.reduce(0, +)
            let total = Int64.random(in: 0...sum, using: &generator)
            let shares = try share(total, weights)
            guard shares.reduce(0, +) == total,
                zip(shares, weights).allSatisfy({ (0...$1).contains($0) })
            else {
                Issue.record("share(\(total), \(weights)) = \(shares)")
                return
            }
            for (part, weight) in zip(shares, weights) where sum > 0 {
                let exact = Int128(total) * Int128(weight) / Int128(sum)
                guard Int128(part) == exact || Int128(part) == exact + 1 else {
                    Issue.record("share(\(total), \(weights)) = \(shares)")
                    return
                }
            }
        }
    }

    @Test(
        "amounts read exactly as written (MON-7)",
        arguments: [
            ("12.34", "EUR", 1234), ("12.3", "EUR", 1230), ("12", "EUR", 1200), ("138", "JPY", 138),
            ("1.255", "KWD", 1255), ("-0.05", "EUR", -5), ("0", "EUR", 0), ("0.01", "EUR", 1),
            ("92233720368547758.07", "EUR", Int64.max), ("0.0001", "CLF", 1),
        ] as [(String, String, Int64)])
    func amounts(text: String, code: String, minor: Int64) throws {
        let money = try Money(text: text, currency: currency(code))
        #expect(money.minor == minor)
        #expect(try Money(text: money.text, currency: money.currency) == money)
    }

    @Test(
        "anything else is no amount",
        arguments: [
            ("12.345", "EUR"), ("138.0", "JPY"), ("1e2", "EUR"), ("+1", "EUR"), (" 1", "EUR"),
            ("1 ", "EUR"), ("1,5", "EUR"), ("1.000,00", "EUR"), ("1 000", "EUR"), ("", "EUR"),
            ("-", "EUR"), (".5", "EUR"), ("5.", "EUR"), ("01", "EUR"), ("--1", "EUR"),
            ("٣", "EUR"), ("１", "EUR"), ("1.2.3", "EUR"), ("0x1", "EUR"), ("NaN", "EUR"),
            ("1\u{0}", "EUR"), ("1\n", "EUR"), ("€1", "EUR"), ("1\u{301}", "EUR"),
        ])
    func notAmounts(text: String, code: String) throws {
        let currency = try currency(code)
        #expect(throws: MoneyError.notAnAmount(text)) {
            try Money(text: text, currency: currency)
        }
    }

    @Test("an amount that does not fit overflows")
    func overflow() {
        for text in ["92233720368547758.08", "99999999999999999999"] {
            #expect(throws: MoneyError.overflow) { try Money(text: text, currency: .euro) }
        }
        #expect(Money(minor: .min, currency: .euro).text == "-92233720368547758.08")
    }

    @Test("quantities are 1…999 pieces or 1…99999 grams (MON-8)")
    func quantities() throws {
        #expect(try Quantity.pieces(text: "999") == .pieces(999))
        #expect(try Quantity.checkedGrams(99_999) == .grams(99_999))
        for text in ["0", "-1", "1000", "1e3", "٣", "+5", "007", "", " 1", "1.0", "٣3"] {
            #expect(throws: QuantityError.outOfRange(text)) { try Quantity.pieces(text: text) }
        }
        #expect(throws: QuantityError.self) { try Quantity.pieces(text: "99999999999999999999") }
        for grams in [0, -1, 100_000] {
            #expect(throws: QuantityError.self) { try Quantity.checkedGrams(grams) }
        }
    }
}
