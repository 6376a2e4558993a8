public import ToteValues

/// The sentences. Each names the cause and the next step; none repeats what was scanned.
extension BarcodeError {
    static let empty = BarcodeError(
        code: .empty, message: "There is no code.", mend: "Scan or type a code.")

    static let reservedPLU = BarcodeError(
        code: .reservedPLU, offset: 0, expected: "4 digits, or 9 and 4 digits", found: "8",
        message: "Produce numbers that begin with 8 are kept free; no article has one.",
        mend: "Type the 4 digits of the sticker, or 9 and the 4 digits for organic produce.")

    static func tooLong(_ count: Int) -> BarcodeError {
        BarcodeError(
            code: .tooLong, offset: ScanInput.maximumBytes,
            expected: "at most \(ScanInput.maximumBytes) bytes", found: String(count),
            message: "The code has \(count) bytes; the longest that is read has 8192.",
            mend: "Scan the article's barcode instead.")
    }

    static func partOf(_ part: SymbolPart) -> BarcodeError {
        let others = (1...part.count).filter { $0 != part.number }.map(String.init)
        return BarcodeError(
            code: .partOf, expected: others.joined(separator: ", "), found: String(part.number),
            message: "This is part \(part.number) of \(part.count) of one code, and says nothing "
                + "by itself; missing: \(others.joined(separator: ", ")).",
            mend: "Bring all parts into one picture, or scan the others too.")
    }

    static func invalidCharacter(at offset: Int) -> BarcodeError {
        BarcodeError(
            code: .invalidCharacter, offset: offset, expected: "a digit 0-9",
            message: "Character \(offset + 1) is not one of the digits 0 to 9.",
            mend: "Type the digits printed below the bars, without spaces.")
    }

    static func length(_ found: Int, possible: [Int]) -> BarcodeError {
        let lengths = possible.map(String.init).joined(separator: ", ")
        return BarcodeError(
            code: .length, offset: found, expected: lengths, found: String(found),
            message: "The number has \(found) digits; possible are \(lengths).",
            mend: found < (possible.min() ?? 0)
                ? "Look for digits left out, also the small ones at the ends."
                : "Look for digits typed twice.")
    }

    static func checkDigit(expected: UInt8, found: UInt8, at offset: Int) -> BarcodeError {
        BarcodeError(
            code: .checkDigit, offset: offset, expected: String(expected), found: String(found),
            message: "The check digit is wrong: expected \(expected), found \(found).",
            mend: "Scan it again, or compare the digits one by one.")
    }

    static func unknownInStoreCode(closest: String?) -> BarcodeError {
        BarcodeError(
            code: .unknownInStoreCode, expected: closest,
            message: "This is a number for use inside a store, and not one of this store's labels.",
            mend: "Was it bought elsewhere? Else show it to the staff.")
    }

    static func verifier(_ check: TemplateReading.FailedCheck, template: String) -> BarcodeError {
        BarcodeError(
            code: .priceEmbeddedInvalid, offset: check.offset, expected: check.expected,
            found: check.found,
            message: "The label's inner check digit is wrong (template \(template), "
                + "\(check.part): expected \(check.expected), found \(check.found)), "
                + "so its value is in doubt.",
            mend: "Have the article weighed and labelled again.")
    }

    static func embeddedValue(_ value: Int64, limit: Int64?) -> BarcodeError {
        let limitText = limit.map { "at most \($0)" } ?? "more than 0"
        return BarcodeError(
            code: .priceEmbeddedInvalid, expected: value > 0 ? limitText : "more than 0",
            found: String(value),
            message: value > 0
                ? "The value on the label is too large."
                : "The value on the label is 0.",
            mend: "Have the article weighed and labelled again.")
    }

    static func ambiguous(_ readings: [CodeReading], isTemplate: Bool = false) -> BarcodeError {
        let words = readings.map(\.words).joined(separator: " or ")
        return BarcodeError(
            code: isTemplate ? .ambiguousTemplate : .ambiguous, readings: readings,
            message: "The code can be read as \(words).",
            mend: isTemplate
                ? "The store's label templates contradict each other: show it to the staff."
                : "Scan it, or type the number with all its digits.")
    }

    static func wrongPurpose(expected: Set<CodePurpose>, found: CodePurpose) -> BarcodeError {
        let wanted = expected.map(\.rawValue).sorted().joined(separator: ", ")
        return BarcodeError(
            code: .wrongPurpose, expected: wanted, found: found.rawValue,
            message: "This is \(found.words).", mend: found.place)
    }

    static func element(
        _ ai: String, _ failure: ElementFailure, _ range: Range<Int>, _ reason: String,
        flaw: ElementFlaw? = nil
    ) -> BarcodeError {
        BarcodeError(
            code: .element, offset: range.lowerBound, identifiers: [ai], failure: failure,
            flaw: flaw, range: range,
            message: "In the GS1 code, (\(ai)) is wrong: \(reason).",
            mend: "Scan it again; if it stays so, the label was printed wrong: show the staff.")
    }

    static func unknownAI(at offset: Int, _ ai: String) -> BarcodeError {
        BarcodeError(
            code: .unknownAI, offset: offset, found: ai,
            message: "At character \(offset + 1) the GS1 code has no known identifier.",
            mend: "Scan the plain barcode of the article instead, or show it to the staff.")
    }

    static func association(
        _ failure: ElementFailure, _ identifiers: [String], _ reason: String
    ) -> BarcodeError {
        BarcodeError(
            code: .association, identifiers: identifiers, failure: failure,
            message: "The GS1 code is incomplete or contradicts itself: \(reason).",
            mend: "Scan the plain barcode of the article instead, or show it to the staff.")
    }

    static func digitalLink(at offset: Int, _ reason: String) -> BarcodeError {
        BarcodeError(
            code: .digitalLink, offset: offset, found: reason,
            message: "The link is no valid article link: \(reason).",
            mend: "Scan the plain barcode of the article instead.")
    }
}

extension CodePurpose {
    /// What it is, in words.
    public var words: String {
        switch self {
        case .product: "the code of an article"
        case .measuredProduct: "the label of a weighed article"
        case .coupon: "a coupon"
        case .member: "a membership card"
        case .giftCard: "a gift card"
        case .voucher: "a voucher"
        case .checkIn: "a check-in code"
        case .exitPass: "an exit pass"
        case .tillHandOver: "a code for paying at the till"
        case .spotCheck: "the code of a spot check"
        case .signInHandOver: "a sign-in code"
        case .cartJoin: "a code for joining a cart"
        case .configuration: "a set-up code"
        case .logistic: "a shipping label"
        case .unknown: "a code unknown to this store"
        }
    }

    /// Where it belongs.
    public var place: String {
        switch self {
        case .product, .measuredProduct: "Scan it while you shop."
        case .coupon, .voucher: "Add it to the cart as an offer before paying."
        case .member: "Use it to sign in."
        case .giftCard: "Use it when you pay."
        case .checkIn: "Scan it when the trip begins."
        case .exitPass: "Show it at the exit gate."
        case .tillHandOver: "Show it at the till."
        case .spotCheck: "Show it to the staff who asked for it."
        case .signInHandOver: "Scan it on the device that is signed in."
        case .cartJoin: "Scan it on the device that is to join."
        case .configuration: "It is for staff setting up a scanner."
        case .logistic: "Scan the article inside, not its carton."
        case .unknown: "Look for another barcode on the pack."
        }
    }
}
