/// How a value breaks the rule of its component (AI-2): one kind for each thing that the GS1
/// syntax tests tell apart.
public enum ElementFlaw: String, Hashable, Sendable, CaseIterable {
    case nonDigit, notCSET82, notCSET39, notCSET64, base64Padding
    case checkDigit, checkDigitTooShort, checkPair, checkPairTooShort, checkPairTooLong
    case companyPrefix, companyPrefixTooShort
    case zeroPrefix, zeroRequired, nonZeroRequired, nonDigitRequired, hyphenRequired
    case zeroOrOneRequired, windingDirection
    case dateTooShort, dateTooLong, month, day
    case hourTooShort, hourTooLong, minuteTooShort, minuteTooLong, secondTooShort, secondTooLong
    case hourMinuteTooShort, hourMinuteTooLong, hour, minute, second
    case country, countryOr999, countryLetters, currency, sex
    case ibanTooShort, ibanCharacter, ibanCountry, ibanCheckCharacters
    case latitudeLength, latitudeRange, longitudeLength, longitudeRange
    case mediaType, packageType, importerIndex, importerIndexLength, percentEncoding
    case oddPieces, zeroPiece, zeroTotal, pieceBeyondTotal, positionFormat, positionBeyondEnd
    case couponPrefixLengthMissing, couponPrefixLength, couponPrefixTooShort, couponOfferTooShort
    case couponSaveLengthMissing, couponSaveLength, couponSaveTooShort
    case couponPrimaryLengthMissing, couponPrimaryLength, couponPrimaryTooShort
    case couponPrimaryCodeMissing, couponPrimaryCode, couponPrimaryFamilyTooShort
    case couponRuleMissing, couponRule
    case couponSecondLengthMissing, couponSecondLength, couponSecondTooShort
    case couponSecondCodeMissing, couponSecondCode, couponSecondFamilyTooShort
    case couponSecondPrefixLengthMissing, couponSecondPrefixLength, couponSecondPrefixTooShort
    case couponThirdLengthMissing, couponThirdLength, couponThirdTooShort
    case couponThirdCodeMissing, couponThirdCode, couponThirdFamilyTooShort
    case couponThirdPrefixLengthMissing, couponThirdPrefixLength, couponThirdPrefixTooShort
    case couponExpiryTooShort, couponExpiry, couponStartTooShort, couponStart
    case couponExpiryBeforeStart, couponSerialLengthMissing, couponSerialTooShort
    case couponRetailerLengthMissing, couponRetailerLength, couponRetailerTooShort
    case couponValueCodeMissing, couponValueCode, couponItemMissing, couponItem
    case couponStoreFlagMissing, couponMultiplyFlagMissing, couponMultiplyFlag, couponExcess
    case couponFormatMissing, couponFormat
    case couponFunderLengthMissing, couponFunderLength, couponFunderTooShort

    /// The group it belongs to.
    public var failure: BarcodeError.ElementFailure {
        switch self {
        case .nonDigit, .notCSET82, .notCSET39, .notCSET64, .base64Padding, .ibanCharacter:
            .invalidCharacter
        case .checkDigit, .checkPair, .ibanCheckCharacters: .checkDigit
        case .month, .day, .dateTooShort, .dateTooLong, .couponExpiry, .couponStart:
            .impossibleDate
        case .hour, .minute, .second: .impossibleTime
        case .currency: .unknownCurrency
        default: .content
        }
    }

    /// For a sentence: `illegal day`, `coupon save too short`.
    var words: String {
        var words = ""
        for character in rawValue {
            if character.isUppercase, words.last?.isLowercase == true { words += " " }
            words += rawValue.contains("CSET") ? String(character) : character.lowercased()
        }
        return words.hasSuffix("short") || words.hasSuffix("long") || words.hasSuffix("missing")
            || words.hasSuffix("required") || words.hasPrefix("not") ? words : "invalid \(words)"
    }
}

/// A flaw and the bytes it stands in.
package struct ElementFault: Hashable, Sendable {
    package let flaw: ElementFlaw
    package let range: Range<Int>

    init(_ flaw: ElementFlaw, _ range: Range<Int>) {
        self.flaw = flaw
        self.range = range
    }

    init(_ flaw: ElementFlaw, _ slice: ArraySlice<UInt8>) {
        self.init(flaw, slice.startIndex..<slice.endIndex)
    }

    init(_ flaw: ElementFlaw, at index: Int) { self.init(flaw, index..<index + 1) }
}
