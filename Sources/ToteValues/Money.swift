/// What can go wrong with an amount. No amount is ever wrapped, clamped or guessed.
public enum MoneyError: Error, Hashable, Sendable {
    case currencyMismatch(Currency, Currency)
    /// The result does not fit `Int64`.
    case overflow
    /// The text is not an amount of this currency (MON-7).
    case notAnAmount(String)
    /// |minor| > 2^53 − 1, the largest integer that travels in JSON (MON-2).
    case amountOutOfRange
}

/// An amount in whole minor units of one currency (MON-1). 23.12 EUR is `minor` 2312.
public struct Money: Hashable, Sendable {
    /// Whole minor units: cents for EUR, yen for JPY, fils for KWD.
    public let minor: Int64
    public let currency: Currency

    public init(minor: Int64, currency: Currency) {
        self.minor = minor
        self.currency = currency
    }

    public static func zero(_ currency: Currency) -> Money { Money(minor: 0, currency: currency) }

    public func adding(_ other: Money) throws(MoneyError) -> Money {
        try combined(with: other) { $0.addingReportingOverflow($1) }
    }

    public func subtracting(_ other: Money) throws(MoneyError) -> Money {
        try combined(with: other) { $0.subtractingReportingOverflow($1) }
    }

    public func multiplied(by factor: Int64) throws(MoneyError) -> Money {
        let (product, overflow) = minor.multipliedReportingOverflow(by: factor)
        guard !overflow else { throw .overflow }
        return Money(minor: product, currency: currency)
    }

    private func combined(
        with other: Money, _ operation: (Int64, Int64) -> (Int64, Bool)
    ) throws(MoneyError) -> Money {
        guard currency == other.currency else {
            throw .currencyMismatch(currency, other.currency)
        }
        let (result, overflow) = operation(minor, other.minor)
        guard !overflow else { throw .overflow }
        return Money(minor: result, currency: currency)
    }
}

/// A percentage in basis points: 10000 is 100 % (MON-5).
public struct BasisPoints: Hashable, Sendable {
    /// 0…10000 in discounts and taxes.
    public let value: Int64

    /// `nil` outside 0…10000.
    public init?(_ value: Int64) {
        guard (0...10000).contains(value) else { return nil }
        self.value = value
    }

    /// `R(amount · bp, 10000)`: half up, away from zero (MON-4, MON-5).
    public func percent(of minor: Int64) throws(MoneyError) -> Int64 {
        try divide(Int128(minor) * Int128(value), 10000, .halfUp)
    }
}
