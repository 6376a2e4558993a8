import ToteValues

/// Tax, benefits, tenders and cash (section 3.6), on a cart whose discounts are settled.
struct TaxRules {
    let context: PricingContext
    private(set) var lines: [QuoteLine] = []
    private(set) var tax: [String: Int64] = [:]
    private(set) var snapPaid: Int64 = 0

    init(_ cart: CartUnits, _ context: PricingContext) throws(MoneyError) {
        self.context = context
        lines = cart.lines.indices.map { Self.line($0, cart, context) }
        if let snap = context.snap { paySnap(snap.balance, cart) }
        try computeTax()
    }

    var gross: Int64 { lines.reduce(0) { $0 + $1.gross } }
    var discount: Int64 { lines.reduce(0) { $0 + $1.discount } }
    var deposit: Int64 { lines.reduce(0) { $0 + $1.deposit } }

    /// OFF-53, OFF-54.
    var total: Int64 {
        let goods = gross - discount + deposit
        return context.taxMode == .inclusive ? goods : goods + tax.values.reduce(0, +)
    }

    /// OFF-50, OFF-51.
    private static func line(
        _ index: Int, _ cart: CartUnits, _ context: PricingContext
    ) -> QuoteLine {
        let article = cart.articles[index]
        let units = cart.unitsOfLine[index].map { cart.units[$0] }
        let net = units.reduce(0) { $0 + $1.net }
        let deposit = article.deposit * (cart.lines[index].qty ?? 1)
        var taxable = net
        if context.mfrCouponTaxable { taxable += units.reduce(0) { $0 + $1.manufacturer } }
        if context.depositTaxed { taxable += deposit }
        return QuoteLine(
            id: cart.lines[index].id, gross: cart.lineGross[index],
            discount: cart.lineGross[index] - net, net: net, taxCategory: article.tax,
            deposit: deposit, taxable: taxable,
            showsTaxable: context.taxMode == .exclusive || context.depositTaxed)
    }

    /// OFF-52: the most taxed line first, because what SNAP pays is not taxed (7 CFR 272.1).
    private mutating func paySnap(_ balance: Int64, _ cart: CartUnits) {
        var left = balance
        let order = lines.indices.filter { cart.articles[$0].snapEligible }.sorted {
            let (one, other) = (rate(lines[$0]), rate(lines[$1]))
            return one != other ? one > other : lines[$0].id.precedes(lines[$1].id)
        }
        for index in order {
            let paid = min(left, lines[index].net)
            left -= paid
            snapPaid += paid
            lines[index].snapPaid = paid
            lines[index].taxable = max(0, lines[index].taxable - paid)
        }
    }

    private func rate(_ line: QuoteLine) -> Int64 { context.taxRates[line.taxCategory] ?? 0 }

    private mutating func computeTax() throws(MoneyError) {
        var bases: [String: [Int64]] = [:]
        for line in lines { bases[line.taxCategory, default: []].append(line.taxable) }
        for (category, amounts) in bases {
            let rate = Int128(context.taxRates[category] ?? 0)
            let sum = amounts.reduce(Int128(0)) { $0 + Int128($1) }
            switch (context.taxMode, context.taxRounding) {
            case (.inclusive, _): tax[category] = try divide(sum * rate, 10000 + rate, .halfUp)
            case (.exclusive, .perRate): tax[category] = try divide(sum * rate, 10000, .halfUp)
            case (.exclusive, .perLine):
                var total: Int64 = 0
                for amount in amounts {
                    total += try divide(Int128(amount) * rate, 10000, .halfUp)
                }
                tax[category] = total
            }
        }
    }

    /// OFF-55…OFF-57.
    var tenders: TenderSplit {
        var split = TenderSplit()
        var due = total
        if context.snap != nil {
            due -= snapPaid
            split.snapPaid = snapPaid
            split.otherTender = due
        }
        if let card = context.giftCard {
            let paid = min(card, due)
            due -= paid
            split.giftCardPaid = paid
            split.otherTender = due
        }
        if let cash = context.cash {
            let rest = due % cash.increment
            let down =
                2 * rest < cash.increment || (2 * rest == cash.increment && cash.half == .down)
            let rounded = down ? due - rest : due - rest + cash.increment
            split.cashDue = rounded
            split.cashRounding = rounded - due
        }
        return split
    }
}
