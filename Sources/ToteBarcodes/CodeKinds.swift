public import ToteValues

/// A GTIN in its one form: 14 digits, filled with zeros on the left (GTIN-1).
public struct GTIN14: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number itself, below 10^14.
    let number: UInt64

    init(number: UInt64) { self.number = number }

    /// 8, 12, 13 or 14 ASCII digits with a right check digit, else `nil`.
    public init?(_ text: some StringProtocol) { self.init(digits: Array(text.utf8)[...]) }

    init?(digits: ArraySlice<UInt8>) {
        switch digits.count {
        case 8, 12, 13, 14: break
        default: return nil
        }
        var number: UInt64 = 0
        for byte in digits {
            guard byte.isDigit else { return nil }
            number = number * 10 + UInt64(byte - 0x30)
        }
        guard Self.isChecked(number) else { return nil }
        self.number = number
    }

    /// Weights 1, 3, 1 … from the right, the check digit among them (General Specifications 7.9.1).
    private static func isChecked(_ number: UInt64) -> Bool {
        var rest = number
        var sum: UInt64 = 0
        while rest > 0 {
            let pair = rest % 100
            rest /= 100
            sum += pair % 10 + 3 * (pair / 10)
        }
        return sum % 10 == 0
    }

    /// Fourteen characters lie in the string itself: no memory is taken.
    public var text: String {
        String(unsafeUninitializedCapacity: 14) { buffer in
            var rest = number
            for index in (0..<14).reversed() {
                buffer[index] = 0x30 + UInt8(rest % 10)
                rest /= 10
            }
            return 14
        }
    }

    public var description: String { text }
    public var lookupKey: LookupKey { LookupKey(text: text) }

    /// 0 for the each, 1–8 for a pack of it, 9 for variable measure.
    public var indicator: Int { Int(number / 10_000_000_000_000) }

    var digits: [UInt8] {
        var rest = number
        var digits = [UInt8](repeating: 0x30, count: 14)
        for index in digits.indices.reversed() {
            digits[index] = 0x30 + UInt8(rest % 10)
            rest /= 10
        }
        return digits
    }

    public static func < (left: GTIN14, right: GTIN14) -> Bool { left.number < right.number }
}

/// The text under which a catalogue lists an article: 14 digits of a GTIN, `template/code`,
/// `plu:4011`, or `code:` and 13 digits of a store's number with its value set to 0 (RCN-4).
public struct LookupKey: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public init(text: String) { self.text = text }
    public var description: String { text }
}

/// A price look-up code for produce (IFPS): typed only (PLU-1, PLU-2).
public struct PLU: Hashable, Sendable {
    /// 3000…4999.
    public let base: Int
    public let organic: Bool

    /// 4 digits 3000–4999, or 9 and such a number; 8 in front is reserved, else `nil`.
    public init?(_ text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.allSatisfy(\.isDigit), digits.count == 4 || digits.first == 0x39,
            (4...5).contains(digits.count)
        else { return nil }
        let base = digits.suffix(4).reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard (3000...4999).contains(base) else { return nil }
        self.base = base
        self.organic = digits.count == 5
    }

    /// 8 and such a number: kept free, once meant for modified produce. No article (PLU-1).
    static func isReserved(_ digits: [UInt8]) -> Bool {
        digits.count == 5 && digits.first == 0x38
            && PLU(String(decoding: digits.dropFirst(), as: UTF8.self)) != nil
    }

    public var text: String { organic ? "9\(base)" : "\(base)" }
    public var lookupKey: LookupKey { LookupKey(text: "plu:\(text)") }
}

/// A card, pass or hand-over: bytes that only their own reader understands.
/// Wherever one is shown or logged, only its ends are (PUR-4).
public struct OpaqueToken: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The kind byte of a code that Tote made; `nil` for a card.
    public let kind: CodeKind?
    /// Base45 text, or the card's number.
    public let text: String

    public init(kind: CodeKind?, text: String) {
        self.kind = kind
        self.text = text
    }

    /// First two and last two characters, for logs and diagnosis (PUR-4).
    public var redacted: String {
        text.count <= 4 ? "…" : "\(text.prefix(2))…\(text.suffix(2))"
    }

    public var description: String { "OpaqueToken(\(redacted))" }
    public var customMirror: Mirror { Mirror(self, children: ["redacted": redacted]) }
}

/// A coupon's data as scanned; its fields are read where offers are (CPN-1…3).
public struct CouponCode: Hashable, Sendable {
    public enum Form: String, Hashable, Sendable {
        /// AI 8110, North American coupon.
        case ai8110
        /// AI 8112, with a positive offer file.
        case ai8112
        /// UPC-A of number system 5.
        case upcA
        /// GTIN-13 prefixes 981–984 and 99.
        case ean13
        /// A store's own, recognised by a purpose rule.
        case store
    }

    public let form: Form
    /// The AI's value, or the 12 or 13 digits.
    public let data: String

    public init(form: Form, data: String) {
        self.form = form
        self.data = data
    }

    /// Maker, family and value code of an old UPC-A coupon (CPN-3); `nil` for other forms.
    public var legacy: LegacyCoupon? { form == .upcA ? LegacyCoupon(data: data) : nil }

    /// One text a coupon: clipping it twice changes nothing.
    public var key: String { "\(form.rawValue):\(data)" }
}

/// A book or periodical (PUB-1). It is sold under its GTIN.
public struct Publication: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// ISBN-13, and ISBN-10 where one exists.
        case book(isbn13: String, isbn10: String?)
        /// ISSN with check digit, and the two-digit variant.
        case periodical(issn: String, variant: String)
        /// ISMN, 9790.
        case music(ismn: String)
    }

    public let gtin: GTIN14
    public let kind: Kind
    /// Issue number of a periodical, or a price that is never used as one.
    public let addOn: String?

    public init(gtin: GTIN14, kind: Kind, addOn: String? = nil) {
        self.gtin = gtin
        self.kind = kind
        self.addOn = addOn
    }

    /// The issue is part of a periodical's key; the number alone comes second.
    public var lookupKeys: [LookupKey] {
        guard case .periodical = kind, let addOn, addOn.utf8.count == 2 else {
            return [gtin.lookupKey]
        }
        return [LookupKey(text: "\(gtin.text)+\(addOn)"), gtin.lookupKey]
    }

    var words: String {
        switch kind {
        case .book(let isbn, _): "ISBN \(isbn)"
        case .periodical(let issn, _): "ISSN \(issn)"
        case .music(let ismn): "ISMN \(ismn)"
        }
    }
}
