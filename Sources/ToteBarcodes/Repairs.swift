import ToteValues

/// Numbers one slip away from a number with a wrong check digit (DIAG-1): each digit changed, each
/// two neighbours swapped, as far as the result validates. Some 17 of 129 slips of an EAN-13 do.
package struct Repairs {
    let digits: [UInt8]
    let source: ScanSource
    /// Bytes of the input around the number.
    private var before: [UInt8] = []
    private var after: [UInt8] = []
    /// Whether eight digits may be an EAN-8, a UPC-E, or either.
    private var mayBeEAN8 = true
    private var mayBeUPCE = true

    package init(digits: [UInt8], source: ScanSource) {
        self.digits = digits
        self.source = source
    }

    /// The number in an input that was refused for its check digit; `nil` where there is none, or
    /// where more than a number is in doubt.
    init?(_ input: ScanInput, refusedFor error: BarcodeError) {
        // A line with an identifier in front was sent by a scanner, whoever typed it.
        let source: ScanSource = input.aim == nil ? input.source : .scanner
        switch error.code {
        case .checkDigit:
            self.init(digits: input.bytes, source: source)
            mayBeEAN8 = input.symbology != .upcE
            mayBeUPCE = input.symbology != .ean8
        case .element:
            guard error.failure == .checkDigit, !input.bytes.contains(29),
                !input.bytes.starts(with: "http".utf8), !input.bytes.starts(with: "HTTP".utf8),
                error.identifiers == ["01"], let offset = error.offset,
                let range = Self.wrongGTIN(in: input.bytes, around: offset)
            else { return nil }
            self.init(digits: Array(input.bytes[range]), source: source)
            before = Array(input.bytes[..<range.lowerBound])
            after = Array(input.bytes[range.upperBound...])
        default: return nil
        }
    }

    /// Fourteen digits with a wrong check digit that begin or end at `offset`.
    private static func wrongGTIN(in bytes: [UInt8], around offset: Int) -> Range<Int>? {
        [offset, offset - 13].map { $0..<$0 + 14 }.first { range in
            bytes.indices.contains(range.lowerBound) && range.upperBound <= bytes.count
                && bytes[range].allSatisfy(\.isDigit) && !CheckDigit.isRight(bytes[range])
        }
    }

    /// Every single-digit change that validates, exactly one a position.
    package var substitutions: [[UInt8]] {
        digits.indices.flatMap { index in
            (UInt8(0x30)...0x39).compactMap { digit in
                guard digit != digits[index] else { return nil }
                var changed = digits
                changed[index] = digit
                return numbers(changed).isEmpty ? nil : changed
            }
        }
    }

    /// Every swap of neighbours that validates.
    package var transpositions: [[UInt8]] {
        digits.indices.dropLast().compactMap { index in
            guard digits[index] != digits[index + 1] else { return nil }
            var changed = digits
            changed.swapAt(index, index + 1)
            return numbers(changed).isEmpty ? nil : changed
        }
    }

    /// The three likeliest: listed ones first; then what is likelier for the source, a swap when
    /// typed, a changed digit when scanned; then numbers like the store's other goods.
    /// - Parameter sharesPrefix: whether the store sells goods of the number's company.
    package func best(
        isListed: (LookupKey) -> Bool, sharesPrefix: (GTIN14) -> Bool = { _ in false }
    ) -> [Repair] {
        guard [8, 12, 13, 14].contains(digits.count), digits.allSatisfy(\.isDigit) else {
            return []
        }
        let swapped = transpositions.compactMap { slip($0, .transposition, isListed) }
        let changed = substitutions.compactMap { slip($0, .substitution, isListed) }
        let all = source == .typed ? swapped + changed : changed + swapped
        let likely: Repair.Kind = source == .typed ? .transposition : .substitution
        let weights = all.map { slip in
            (slip.repair.isListed ? 4 : 0) + (slip.repair.kind == likely ? 2 : 0)
                + (slip.gtins.contains(where: sharesPrefix) ? 1 : 0)
        }
        // `sorted` need not keep the order of equals; the index does.
        let order = all.indices.sorted { left, right in
            weights[left] == weights[right] ? left < right : weights[left] > weights[right]
        }
        return order.prefix(3).map { all[$0].repair }
    }

    private struct Slip {
        let repair: Repair
        let gtins: [GTIN14]
    }

    /// `nil` for a number for use inside a store: its value would be in doubt too (DIAG-3).
    private func slip(
        _ digits: [UInt8], _ kind: Repair.Kind, _ isListed: (LookupKey) -> Bool
    ) -> Slip? {
        let gtins = numbers(digits).filter { $0.range != .restricted }
        guard !gtins.isEmpty else { return nil }
        let repair = Repair(
            kind: kind, text: String(decoding: before + digits + after, as: UTF8.self),
            isListed: gtins.contains { isListed($0.lookupKey) })
        return Slip(repair: repair, gtins: gtins)
    }

    /// What right digits stand for: eight may be both an EAN-8 and a UPC-E.
    private func numbers(_ digits: [UInt8]) -> [GTIN14] {
        let isShort = digits.count == 8
        let plain = !isShort || mayBeEAN8 ? GTIN14(digits: digits[...]) : nil
        let long = isShort && mayBeUPCE ? UPCE.expand(digits[...]) : nil
        return [plain, long.flatMap { GTIN14(digits: $0[...]) }].compactMap(\.self)
    }
}
