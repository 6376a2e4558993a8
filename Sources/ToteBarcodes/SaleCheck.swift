public import ToteValues

/// Whether what a code names may be sold now (2.8): dates, recalls, serial numbers, packs. Pure:
/// all it weighs is given.
public struct SaleCheck: Sendable {
    public let rules: SaleRules
    public let recalls: [Recall]
    /// Of the cart that the code would join.
    public let serialsInCart: Set<ItemSerial>
    public let serialsSold: Set<ItemSerial>

    public init(
        rules: SaleRules = .standard, recalls: [Recall] = [],
        serialsInCart: Set<ItemSerial> = [], serialsSold: Set<ItemSerial> = []
    ) {
        self.rules = rules
        self.recalls = recalls
        self.serialsInCart = serialsInCart
        self.serialsSold = serialsSold
    }

    /// What stands against the sale, worst first; empty when nothing does.
    ///
    /// Lot, serial number and dates of a code whose separators were guessed (AI-5) may stop a
    /// sale and never allow one: a recall of some lots asks for the lot all the same, and the
    /// question of `separatorRecovered` stands in the code's own findings.
    /// - Parameters:
    ///   - today: the store's calendar day. Goods may be sold on the day of their date itself.
    ///   - minute: of that day, 0…1439, for an expiry with a time (AI 7003); `nil` leaves the
    ///     time of day out.
    ///   - isListed: whether the store sells that key, for telling a pack from the each (EXP-6).
    public func check(
        _ code: ScannedCode, today: CalendarDay, minute: Int? = nil,
        isListed: (LookupKey) -> Bool = { _ in true }
    ) -> [Finding] {
        var findings = [unit(code, isListed)].compactMap(\.self)
        if let article = code.reading.article {
            let elements = article.elements
            if let elements {
                let dates = SaleDates(elements: elements, today: today, rules: rules)
                findings += dates.findings(minute: minute)
            }
            if let gtin = article.gtin { findings += recalled(gtin, lot(code, elements)) }
            if let serial = code.statedSerial { findings += counted(serial) }
        }
        return findings.filter { $0.severity == .stop }
            + findings.filter { $0.severity == .ask } + findings.filter { $0.severity == .note }
    }

    /// EXP-6.
    private func unit(_ code: ScannedCode, _ isListed: (LookupKey) -> Bool) -> Finding? {
        switch code.reading {
        case .logistic(let elements):
            let what = elements["00"] != nil ? "a shipping unit" : "a place or a carton"
            return stop(.notASaleUnit, "This label names \(what), and no article to sell.")
        case .article(let article):
            guard let gtin = article.gtin, (1...8).contains(gtin.indicator),
                !article.lookupKeys.contains(where: isListed), isListed(gtin.each.lookupKey)
            else { return nil }
            return stop(
                .notASaleUnit,
                "This is a pack of several; the store sells the single one, \(gtin.each.text).")
        default: return nil
        }
    }

    /// A lot that was found by guessing at separators proves nothing (AI-5).
    private func lot(_ code: ScannedCode, _ elements: ElementString?) -> (text: String, sure: Bool)?
    {
        elements?["10"].map { lot in
            (lot, !code.isRecovered)
        }
    }

    /// EXP-4.
    private func recalled(_ gtin: GTIN14, _ lot: (text: String, sure: Bool)?) -> [Finding] {
        let all = recalls.filter { $0.gtin == gtin }
        guard !all.isEmpty else { return [] }
        if let whole = all.first(where: \.lots.isEmpty) {
            return [stop(.recalled, "The article is recalled\(Self.because(whole)).")]
        }
        if let lot, let hit = all.first(where: { $0.lots.contains(lot.text) }) {
            let words = "Lot \(lot.text) of the article is recalled"
            return [stop(.recalled, "\(words)\(Self.because(hit)).")]
        }
        if lot?.sure == true { return [] }
        let lots = all.flatMap(\.lots).joined(separator: ", ")
        return [
            Finding(
                kind: .checkLot, severity: .ask,
                message: "Some lots of the article are recalled: \(lots). "
                    + "The code does not say which lot this is.")
        ]
    }

    private static func because(_ recall: Recall) -> String {
        recall.reason.isEmpty ? "" : ": \(recall.reason)"
    }

    /// EXP-5.
    private func counted(_ serial: ItemSerial) -> [Finding] {
        if serialsInCart.contains(serial) {
            return [stop(.alreadyInCart, "This very piece is in the cart already.")]
        }
        if serialsSold.contains(serial) {
            return [stop(.serialSold, "This very piece was sold before.")]
        }
        return []
    }

    private func stop(_ kind: Finding.Kind, _ message: String) -> Finding {
        Finding(kind: kind, severity: .stop, message: message)
    }
}

extension GTIN14 {
    /// The single article inside a pack of indicator 1–8; any other number is its own (GTIN-1).
    public var each: GTIN14 {
        guard (1...8).contains(indicator) else { return self }
        let payload = [0x30] + digits[1..<13]
        let check = UInt64(CheckDigit.mod10(payload))
        return GTIN14(number: payload.reduce(0) { $0 * 10 + UInt64($1 - 0x30) } * 10 + check)
    }
}

extension Finding {
    /// What to do about a finding of `SaleCheck`, in one sentence.
    public var mend: String {
        switch kind {
        case .expired, .recalled: "Please give it to a member of staff, and take another."
        case .sellByPassed, .bestBeforePassed, .implausibleDate:
            "Look at the date printed on the pack, or ask an attendant."
        case .checkLot: "Compare the lot printed on the pack; if it is listed, leave it here."
        case .separatorRecovered:
            "Scan it again; if the separator stays lost, compare article, weight and price with "
                + "the pack and confirm, or ask an attendant."
        case .alreadyInCart: "Nothing was added. Scan each piece once; take another for two."
        case .serialSold: "Please show it to a member of staff."
        case .notASaleUnit: "Scan the article inside, not its carton."
        case .couponExpired, .couponNotYetValid: "It cannot be used today; keep or discard it."
        case .pendingValidation: "The store checks it when you pay."
        case .legacyCouponNeedsStore: "Please show it to a member of staff."
        default: "Please ask an attendant."
        }
    }
}
