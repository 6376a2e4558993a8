import Tote
import ToteTerminal
import ToteValues

/// How a payment went, one row a tender.
enum PaymentText {
    static func text(_ payment: PaymentView) -> String {
        func amount(_ minor: Int64) -> String {
            Money(minor: minor, currency: payment.currency).text
        }
        var rows = payment.legs.map { leg in
            let state = leg.declined.map { "declined: \(VisibleText.escaped($0))" } ?? leg.state
            return Columns.left("  \(tender(leg.kind))", 24)
                + Columns.left(state, 32)
                + Columns.right(amount(leg.capturedMinor), 14)
        }
        rows.append(
            Columns.left("Paid \(payment.currency.code)", 24)
                + Columns.left("of \(amount(payment.totalMinor))", 32)
                + Columns.right(amount(payment.capturedMinor), 14))
        return rows.joined(separator: "\n")
    }

    static func tender(_ kind: String) -> String {
        switch kind {
        case "giftCard": "Gift card"
        case "cardOnFile": "Card on file"
        case "newCard": "Card"
        case "points": "Points"
        default: VisibleText.escaped(kind)
        }
    }

    /// Goods leave only when all is captured.
    static func refuseUnpaid(_ payment: PaymentView) throws(TripError) {
        guard payment.state != "captured" else { return }
        if ["unknown", "authorising", "capturing", "requiresAction"].contains(payment.state) {
            throw TripError(
                code: "paymentPending", kind: .tryLater,
                message: "The payment is \(payment.state).", mend: "Go on with tote pay --resume.")
        }
        throw TripError(
            code: "notPaid", kind: .data, message: "The cart is not paid: \(payment.state).",
            mend: "Pay again with another tender, or open the cart again: tote pay --give-up")
    }
}
