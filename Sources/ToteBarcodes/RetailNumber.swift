/// A number of a retail symbol with a right check digit, and the forms it may be written in.
struct RetailNumber {
    /// The GTIN of the number, in 14 digits.
    let gtin: GTIN14
    /// As they were scanned, UPC-E expanded.
    let digits: [UInt8]

    /// 8, 12, 13 or 14 digits.
    /// - Throws: `invalidCharacter`, `length`, `checkDigit`.
    init(digits: [UInt8]) throws(BarcodeError) {
        guard let gtin = GTIN14(digits: digits[...]) else { throw Self.failure(digits) }
        self.gtin = gtin
        self.digits = digits
    }

    /// The number in as many digits as a template may want (RCN-2): 13 digits with a leading 0
    /// and UPC-A are one number (GTIN-1).
    func form(_ count: Int) -> ArraySlice<UInt8>? {
        if count == digits.count { return digits[...] }
        guard count == 12 || count == 13 else { return nil }
        if digits.count == 12 { return ([0x30] + digits)[...] }
        let surplus = digits.count - count
        guard surplus > 0, digits[..<surplus].allSatisfy({ $0 == 0x30 }) else { return nil }
        return digits[surplus...]
    }

    /// - Throws: `invalidCharacter` for another number system than 0 or 1, `checkDigit`.
    init(upcE digits: [UInt8]) throws(BarcodeError) {
        guard digits.first == 0x30 || digits.first == 0x31 else {
            throw BarcodeError(
                code: .invalidCharacter, offset: 0, expected: "0 or 1",
                message: "A short UPC begins with 0 or 1.",
                mend: "Scan it again, or type the digits of another barcode on the pack.")
        }
        guard let expanded = UPCE.expand(digits[...]) else {
            let right = (0x30...0x39).first { UPCE.expand((digits.dropLast() + [$0])[...]) != nil }
            throw .checkDigit(
                expected: (right ?? 0x30) - 0x30, found: digits[7] - 0x30, at: 7)
        }
        try self.init(digits: expanded)
    }

    /// All the readings of a number typed without its symbology: 8 digits may be EAN-8 and UPC-E
    /// (GTIN-2).
    static func readings(_ bytes: [UInt8]) -> [RetailNumber] {
        guard bytes.allSatisfy(\.isDigit) else { return [] }
        let plain = try? RetailNumber(digits: bytes)
        let short = bytes.count == 8 ? try? RetailNumber(upcE: bytes) : nil
        return [plain, short].compactMap(\.self)
    }

    /// What is wrong with a number that does not validate (DIAG-1, DIAG-2).
    static func failure(_ digits: [UInt8]) -> BarcodeError {
        if let offset = digits.firstIndex(where: { !$0.isDigit }) {
            return .invalidCharacter(at: offset)
        }
        guard [8, 12, 13, 14].contains(digits.count), let last = digits.last else {
            return .length(digits.count, possible: [8, 12, 13, 14])
        }
        return .checkDigit(
            expected: CheckDigit.mod10(digits.dropLast()), found: last - 0x30,
            at: digits.count - 1)
    }
}

extension GTIN14 {
    /// What a number's prefix says it is for (GTIN-3).
    enum Range {
        case article, restricted, coupon, refund, publication
    }

    var range: Range {
        guard indicator == 0 else { return .article }
        let thirteen = Int(number)
        if thirteen < 100_000_000 {
            // GTIN-8: prefixes 0 and 2 are for use inside a company.
            let first = thirteen / 10_000_000
            return first == 0 || first == 2 ? .restricted : .article
        }
        switch thirteen / 10_000_000_000 {
        case 20...29, 40...49, 200...299: return .restricted
        case 50...59, 981...984, 990...999: return .coupon
        case 980: return .refund
        case 977, 978, 979: return .publication
        default: return .article
        }
    }
}
