/// MON-7: `12.34`, `138` (exponent 0), `1.255` (exponent 3).
extension Money {
    /// Strict: digits, at most one point, at most as many decimals as the currency has, an
    /// optional leading minus.
    /// - Throws: `MoneyError.notAnAmount` for anything else, `.overflow` when it does not fit.
    public init(text: String, currency: Currency) throws(MoneyError) {
        var body = Substring(text)
        let negative = body.first == "-"
        if negative { body = body.dropFirst() }
        let parts = body.split(separator: ".", omittingEmptySubsequences: false)
        let decimals = parts.count == 2 ? parts[1] : ""
        guard (1...2).contains(parts.count), Self.areDigits(parts[0]),
            parts.count == 1 || Self.areDigits(decimals), decimals.utf8.count <= currency.exponent,
            parts[0].utf8.count == 1 || parts[0].utf8.first != 0x30
        else { throw .notAnAmount(text) }
        let zeros = String(repeating: "0", count: currency.exponent - decimals.utf8.count)
        let sign = negative ? "-" : ""
        guard let minor = Int64(sign + parts[0] + decimals + zeros) else { throw .overflow }
        self.init(minor: minor, currency: currency)
    }

    /// Plain text with the currency's decimals and no symbol: `-0.05`.
    public var text: String {
        let digits = String(minor.magnitude)
        let exponent = currency.exponent
        let sign = minor < 0 ? "-" : ""
        guard exponent > 0 else { return sign + digits }
        let missing = String(repeating: "0", count: max(0, exponent + 1 - digits.utf8.count))
        let padded = missing + digits
        return "\(sign)\(padded.dropLast(exponent)).\(padded.suffix(exponent))"
    }

    private static func areDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
