extension GTIN14 {
    /// The shortest form that a number is given out in (General Specifications 1.4).
    public enum Format: Int, Sendable, CaseIterable {
        case gtin8 = 8, gtin12 = 12, gtin13 = 13, gtin14 = 14
    }

    public var format: Format {
        switch number {
        case 10_000_000_000_000...: .gtin14
        case 1_000_000_000_000...: .gtin13
        case 100_000_000...: .gtin12
        default: .gtin8
        }
    }

    /// Its digits in a form, zeros in front; `nil` when it does not fit. A number of 8 digits is
    /// one in a longer form, and not the other way round.
    public func text(as form: Format) -> String? {
        form.rawValue < format.rawValue ? nil : String(text.suffix(form.rawValue))
    }

    /// The eight digits of UPC-E, if zeros can be left out (GTIN-2).
    public var upcE: String? {
        guard let digits = text(as: .gtin12).map({ Array($0.utf8) }) else { return nil }
        return UPCE.suppress(digits[...]).map { String(decoding: $0, as: UTF8.self) }
    }

    /// UPC-E of 8 digits, of 7 without the check digit, or of 6 with number system 0.
    public init?(upcE text: some StringProtocol) {
        var digits = Array(text.utf8)
        guard (6...8).contains(digits.count), digits.allSatisfy(\.isDigit) else { return nil }
        if digits.count == 6 { digits.insert(0x30, at: 0) }
        guard let payload = UPCE.expandPayload(digits[..<7]) else { return nil }
        let expanded = payload + [0x30 + CheckDigit.mod10(payload)]
        guard digits.count == 7 || digits.last == expanded.last else { return nil }
        self.init(digits: expanded[...])
    }

    /// Who gave it out: `400` to `440` Germany, `00001` an American company …
    public var prefix: String {
        format == .gtin8 ? String(text.suffix(8).prefix(3)) : GS1Prefix.of(text.dropFirst()) ?? ""
    }

    /// The digits before the check digit, in its own format.
    public var payload: String { String(text.suffix(format.rawValue).dropLast()) }

    public var checkDigit: Int { Int(number % 10) }

    /// Where a restricted number counts (GTIN-3); `nil` for one that counts everywhere.
    public var restriction: Restriction? {
        guard range == .restricted else { return nil }
        if format == .gtin8 { return .company }
        return text.dropFirst().hasPrefix("04") ? .company : .region
    }

    /// The circle in which a number has its meaning.
    public enum Restriction: String, Hashable, Sendable { case company, region }
}

/// A serial shipping container code: 18 digits, the first an extension digit.
package struct ShippingCode: Hashable, Sendable {
    package let text: String

    /// `nil` for other lengths or a wrong check digit.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == 18, CheckDigit.isRight(Array(text.utf8)) else { return nil }
        self.text = String(text)
    }

    package var extensionDigit: Int { text.utf8.first.map { Int($0) - 0x30 } ?? 0 }
    package var prefix: String { GS1Prefix.of(text.dropFirst()) ?? "" }
    package var payload: String { String(text.dropLast()) }
    package var checkDigit: Int { text.utf8.last.map { Int($0) - 0x30 } ?? 0 }
}
