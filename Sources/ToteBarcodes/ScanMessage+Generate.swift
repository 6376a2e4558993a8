extension MessageForms {
    /// The data that a scanner would send for a message, identifier first.
    /// - Parameter addsCheckDigit: numbers are given without theirs.
    /// - Throws: what the symbol cannot carry.
    package func scanData(
        _ message: ScanMessage, addsCheckDigit: Bool = false
    ) throws(BarcodeError) -> [UInt8] {
        let bytes = Array(message.text.utf8)
        switch message.symbology {
        case .qr: return try matrix(bytes, plain: "]Q1", elements: "]Q3")
        case .dataMatrix: return try matrix(bytes, plain: "]d1", elements: "]d2")
        case .dotCode: return try matrix(bytes, plain: "]J0", elements: "]J1")
        case .gs1128, .gs1128C, .dataBarExpanded:
            return try expanded(bytes, message.symbology)
        case .ean13, .upcA, .upcE, .ean8, .dataBarOmni, .dataBarTruncated, .dataBarStacked,
            .dataBarStackedOmni, .dataBarLimited:
            return try number(bytes, message.symbology, addsCheckDigit)
        }
    }

    private func matrix(
        _ bytes: [UInt8], plain: String, elements: String
    ) throws(BarcodeError) -> [UInt8] {
        if bytes.first == ElementParser.caret {
            return Array(elements.utf8) + (try separated(bytes[...]))
        }
        let slashes = bytes.prefix { $0 == 0x5C }.count
        let isEscaped = slashes > 0 && bytes.dropFirst(slashes).first == ElementParser.caret
        return Array(plain.utf8) + bytes.dropFirst(isEscaped ? 1 : 0)
    }

    /// Checked, with GS for every `^` but the first; one that stands at the end is kept.
    private func separated(_ bytes: ArraySlice<UInt8>) throws(BarcodeError) -> [UInt8] {
        _ = try parser.parseCaret(Array(bytes))
        return bytes.dropFirst().map { $0 == ElementParser.caret ? ElementParser.separator : $0 }
    }

    /// The composite part of a message, after `|^`.
    private func parts(
        _ bytes: [UInt8]
    ) throws(BarcodeError) -> (linear: ArraySlice<UInt8>, composite: [UInt8]?) {
        let linear = bytes.prefix { $0 != 0x7C }
        guard linear.count < bytes.count else { return (linear, nil) }
        return (linear, try separated(bytes[(linear.count + 1)...]))
    }

    /// One message of both parts: the scanner joins them.
    private func expanded(
        _ bytes: [UInt8], _ symbology: MessageSymbology
    ) throws(BarcodeError) -> [UInt8] {
        let (linear, composite) = try parts(bytes)
        let first = try separated(linear)
        guard let composite else {
            return Array((symbology == .dataBarExpanded ? "]e0" : "]C1").utf8) + first
        }
        let last = try parser.parseCaret(Array(linear)).elements.last
        let isOpen = last.map { !(table[$0.ai] ?? .unknown($0.ai)).isPredefined } ?? false
        let needsSeparator = isOpen && first.last != ElementParser.separator
        return Array("]e0".utf8) + first + (needsSeparator ? [ElementParser.separator] : [])
            + composite
    }

    private func number(
        _ bytes: [UInt8], _ symbology: MessageSymbology, _ addsCheckDigit: Bool
    ) throws(BarcodeError) -> [UInt8] {
        let (linear, composite) = try parts(bytes)
        let digits = try retailDigits(linear, symbology, addsCheckDigit)
        guard symbology.isDataBar else {
            let scanned = Array((symbology == .ean8 ? "]E4" : "]E0").utf8) + digits
            return composite.map { scanned + Array("|]e0".utf8) + $0 } ?? scanned
        }
        return Array("]e001".utf8) + digits + (composite ?? [])
    }

    /// The digits as a scanner sends them: 8, 13 or 14.
    private func retailDigits(
        _ text: ArraySlice<UInt8>, _ symbology: MessageSymbology, _ addsCheckDigit: Bool
    ) throws(BarcodeError) -> [UInt8] {
        let count = symbology.digits
        var digits = Array(text)
        if digits.starts(with: "^01".utf8) {
            guard digits.count == 17 else { throw .length(digits.count - 3, possible: [14]) }
            let zeros = digits[3...].prefix(14 - count)
            guard zeros.allSatisfy({ $0 == 0x30 }) else { throw .length(14, possible: [count]) }
            digits = Array(digits.suffix(count))
        } else if addsCheckDigit {
            guard digits.count == count - 1, digits.allSatisfy(\.isDigit) else {
                throw .length(digits.count, possible: [count - 1])
            }
            digits.append(0x30 + CheckDigit.mod10(digits))
        }
        guard digits.count == count else { throw .length(digits.count, possible: [count]) }
        guard CheckDigit.isRight(digits) else { throw RetailNumber.failure(digits) }
        if symbology == .upcE, UPCE.suppress(digits[...]) == nil {
            throw .length(count, possible: [8])
        }
        if symbology == .dataBarLimited, digits[0] > 0x31 { throw .invalidCharacter(at: 0) }
        return count == 12 ? [0x30] + digits : digits
    }
}

extension MessageSymbology {
    fileprivate var isDataBar: Bool { rawValue.hasPrefix("DataBar") }

    fileprivate var digits: Int {
        switch self {
        case .ean8: 8
        case .upcA, .upcE: 12
        case .ean13: 13
        default: 14
        }
    }
}
