package import ToteValues

/// The tests that a dictionary may ask of a component, by their names there (AI-2).
package enum Linter: String, Hashable, Sendable, CaseIterable {
    case csum, csumalpha, gcppos1, gcppos2
    case csetnumeric, cset39, cset64, cset82
    case hasnondigit, zero, nonzero, nozeroprefix, hyphen, yesno, winding
    case yymmdd, yymmd0, yyyymmdd, yyyymmd0, hh, mi, ss, hhmi
    case iso3166, iso3166999, iso3166alpha2, iso4217, iso5218, iban
    case latitude, longitude, mediatype, packagetype, importeridx
    case pcenc, pieceoftotal, posinseqslash, couponcode, couponposoffer
    /// Names of older dictionaries that the reference keeps and that test nothing any more.
    case key, keyoff1, yymmddhh, hhmm, mmoptss, iso3166list

    /// The first fault of a component's value; its range is in the value's own indices.
    /// - Parameter today: settles the century of dates (AI-7).
    package func fault(in value: ArraySlice<UInt8>, today: CalendarDay) -> ElementFault? {
        switch self {
        case .csetnumeric: value.firstFault(.nonDigit) { $0.isDigit }
        case .cset82: value.firstFault(.notCSET82) { $0.isCSET82 }
        case .cset39: value.firstFault(.notCSET39) { $0.isCSET39 }
        case .cset64: Self.base64(value)
        case .csum: Self.checkDigit(value)
        case .csumalpha: CheckPair.fault(in: value)
        case .gcppos1: Self.companyPrefix(value)
        case .gcppos2: Self.companyPrefix(value.count > 1 ? value.dropFirst() : value)
        case .hasnondigit:
            value.allSatisfy(\.isDigit) ? ElementFault(.nonDigitRequired, value) : nil
        case .zero:
            value.allSatisfy { $0 == 0x30 } && !value.isEmpty
                ? nil : ElementFault(.zeroRequired, value)
        case .nonzero:
            value.firstFault(.nonDigit) { $0.isDigit }
                ?? (value.allSatisfy { $0 == 0x30 } ? ElementFault(.nonZeroRequired, value) : nil)
        case .nozeroprefix:
            value.firstFault(.nonDigit) { $0.isDigit }
                ?? (value.first == 0x30 ? ElementFault(.zeroPrefix, at: value.startIndex) : nil)
        case .hyphen:
            value.allSatisfy { $0 == 0x2D } && !value.isEmpty
                ? nil : ElementFault(.hyphenRequired, value)
        case .yesno: Self.one(of: "01", value, .zeroOrOneRequired)
        case .winding: Self.one(of: "019", value, .windingDirection)
        case .iso5218: Self.one(of: "0129", value, .sex)
        case .yymmdd: DateTest(today: today, isLong: false, allowsDayZero: false).fault(in: value)
        case .yymmd0: DateTest(today: today, isLong: false, allowsDayZero: true).fault(in: value)
        case .yyyymmdd: DateTest(today: today, isLong: true, allowsDayZero: false).fault(in: value)
        case .yyyymmd0: DateTest(today: today, isLong: true, allowsDayZero: true).fault(in: value)
        case .hh: TimeTest.hour.fault(in: value)
        case .mi: TimeTest.minute.fault(in: value)
        case .ss: TimeTest.second.fault(in: value)
        case .hhmi: TimeTest.hourMinute(value)
        default: codeFault(in: value, today: today)
        }
    }

    private func codeFault(in value: ArraySlice<UInt8>, today: CalendarDay) -> ElementFault? {
        switch self {
        case .iso3166: CodeLists.fault(.country, value, in: CodeLists.countryNumbers)
        case .iso3166999:
            value.elementsEqual("999".utf8)
                ? nil : CodeLists.fault(.countryOr999, value, in: CodeLists.countryNumbers)
        case .iso4217: CodeLists.fault(.currency, value, in: CodeLists.currencyNumbers)
        case .iso3166alpha2: CodeLists.fault(.countryLetters, value, in: CodeLists.countries)
        case .packagetype: CodeLists.fault(.packageType, value, in: CodeLists.packages)
        case .mediatype: Self.mediaType(value)
        case .iban: IBAN.fault(in: value)
        case .latitude:
            Self.coordinate(
                value, upTo: 1_800_000_000, length: .latitudeLength, range: .latitudeRange)
        case .longitude:
            Self.coordinate(
                value, upTo: 3_600_000_000, length: .longitudeLength, range: .longitudeRange)
        case .importeridx:
            value.count != 1
                ? ElementFault(.importerIndexLength, value)
                : value.firstFault(.importerIndex) { $0.isCSET64 }
        case .pcenc: Self.percentEncoding(value)
        case .pieceoftotal: Self.pieceOfTotal(value)
        case .posinseqslash: Self.positionInSequence(value)
        case .couponcode: CouponTest(value, today: today).coupon()
        case .couponposoffer: CouponTest(value, today: today).offer()
        default: nil
        }
    }
}

extension UInt8 {
    /// GS1 General Specifications figure 7.11-1.
    var isCSET82: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x21, 0x22, 0x25...0x2F, 0x3A...0x3F, 0x5F: true
        default: false
        }
    }

    /// Figure 7.11-2.
    var isCSET39: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x23, 0x2D, 0x2F: true
        default: false
        }
    }

    /// File-safe base 64 (RFC 4648 section 5), without padding.
    var isCSET64: Bool { isDigit || isASCIILetter || self == 0x2D || self == 0x5F }
}

extension ArraySlice<UInt8> {
    func firstFault(_ flaw: ElementFlaw, unless accepts: (UInt8) -> Bool) -> ElementFault? {
        firstIndex { !accepts($0) }.map { ElementFault(flaw, at: $0) }
    }

    /// Its digits as a number; callers have looked that they are, and that there are few.
    var number: Int { reduce(0) { $0 &* 10 &+ Int($1 &- 0x30) } }
}

extension CodeLists {
    static func fault(
        _ flaw: ElementFlaw, _ value: ArraySlice<UInt8>, in list: [Bool]
    ) -> ElementFault? {
        let isListed =
            value.count == 3 && value.allSatisfy(\.isDigit) && list[value.number]
        return isListed ? nil : ElementFault(flaw, value)
    }

    static func fault(
        _ flaw: ElementFlaw, _ value: ArraySlice<UInt8>, in list: Set<[UInt8]>
    ) -> ElementFault? {
        list.contains(Array(value)) ? nil : ElementFault(flaw, value)
    }
}
