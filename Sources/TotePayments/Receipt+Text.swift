import ToteValues

/// The printed form of RCP-7: 42 columns, the same bytes on every machine, times in UTC.
extension SignedReceipt {
    public static let columns = 42

    /// Lines end with LF.
    public var text: String {
        let body = receipt.body
        var rows = heading
        rows += body.lines.flatMap { Self.rows($0, body.currency) }
        rows.append(String(repeating: "-", count: Self.columns))
        rows.append(Self.row("Total \(body.currency.code)", body.totals.total, body.currency))
        rows += body.taxes.map { Self.row($0, body.taxMode, body.currency) }
        if body.totals.cashRounding != 0 {
            rows.append(Self.row("Rounding", body.totals.cashRounding, body.currency))
        }
        rows += receipt.tenders.map { Self.row($0.title, $0.amount, body.currency) }
        let identifier = Hex.encode(receiptID)
        let halves = "\(identifier.prefix(8)) \(identifier.dropFirst(8).prefix(8))"
        rows.append(halves + "  tote receipt verify")
        return rows.map { $0 + "\n" }.joined()
    }

    private var heading: [String] {
        let store = "Store \(receipt.store)"
        let left = Self.padded(store, to: 13) + " Receipt \(receipt.sequence)"
        let minute = receipt.issuedAt.text.prefix(16).map { $0 == "T" ? " " : $0 }
        let free = Self.columns - left.count - minute.count
        let date = String(minute)
        if free > 0 { return [left + String(repeating: " ", count: free) + date] }
        return [left, String(repeating: " ", count: Self.columns - date.count) + date]
    }

    private static func rows(_ line: ReceiptLine, _ currency: Currency) -> [String] {
        var suffix = line.pieces > 1 ? "  \(line.pieces) pieces" : ""
        if line.weightGrams > 0 { suffix = "  \(line.weightGrams) g" }
        var rows = [row(line.name, line.gross, currency, suffix: suffix)]
        rows += line.offers.map { row("  \($0.offer)", -$0.discount, currency) }
        if line.deposit != 0 { rows.append(row("  deposit", line.deposit, currency)) }
        return rows
    }

    private static func row(
        _ tax: ReceiptTax, _ mode: ReceiptTaxMode, _ currency: Currency
    ) -> String {
        let word = mode == .inclusive ? "incl." : "plus"
        let base = Money(minor: mode == .inclusive ? tax.gross : tax.net, currency: currency)
        return row("  \(word) \(percent(tax.basisPoints)) % on \(base.text)", tax.tax, currency)
    }

    /// `7`, `8.25`: no zeros at the end.
    private static func percent(_ basisPoints: Int64) -> String {
        let hundredths = basisPoints % 100
        let whole = String(basisPoints / 100)
        if hundredths == 0 { return whole }
        let digits = hundredths < 10 ? "0\(hundredths)" : "\(hundredths)"
        return "\(whole).\(digits.hasSuffix("0") ? String(digits.dropLast()) : digits)"
    }

    /// Text on the left, cut if it must be; the amount on the right.
    private static func row(
        _ label: String, _ minor: Int64, _ currency: Currency, suffix: String = ""
    ) -> String {
        let amount = Money(minor: minor, currency: currency).text
        let room = max(1, columns - amount.count - 1 - suffix.count)
        let shown = cut(PrintableText.escaped(label), to: room) + suffix
        let gap = String(repeating: " ", count: max(1, columns - shown.count - amount.count))
        return shown + gap + amount
    }

    private static func cut(_ text: String, to width: Int) -> String {
        text.count <= width ? text : text.prefix(width - 1) + "…"
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

/// Makes what cannot be printed, or turns the writing direction, visible.
enum PrintableText {
    static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { needsEscape($0) ? escape($0) : String($0) }.joined()
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned,
            .privateUse:
            true
        default: false
        }
    }
}

extension ReceiptTender {
    /// `Gift card`, `Visa 4242`.
    var title: String {
        guard let brand, let first = brand.first else { return kind.title }
        return "\(first.uppercased())\(brand.dropFirst()) \(last4 ?? "")"
    }
}

extension TenderKind {
    /// In words, for people.
    public var title: String {
        switch self {
        case .cardOnFile, .newCard: "Card"
        case .wallet: "Wallet"
        case .payLater: "Pay later"
        case .bankDebit: "Bank debit"
        case .instantBank: "Bank transfer"
        case .giftCard: "Gift card"
        case .storeCredit: "Store credit"
        case .points: "Points"
        case .depositVoucher: "Deposit voucher"
        case .restricted: "Meal voucher"
        case .account: "Account"
        case .cash: "Cash"
        case .tillHandOver: "Paid at till"
        case .storeAndForward: "Card (offline)"
        case .unknown(let name): name
        }
    }
}
