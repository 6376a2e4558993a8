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
            let state = leg.declined.map { "declined: \(VisibleText.escape($0))" } ?? leg.state
            return TextColumns.left("  \(tender(leg.kind))", width: 24)
                + TextColumns.left(state, width: 32)
                + TextColumns.right(amount(leg.capturedMinor), width: 14)
        }
        rows.append(
            TextColumns.left("Paid \(payment.currency.code)", width: 24)
                + TextColumns.left("of \(amount(payment.totalMinor))", width: 32)
                + TextColumns.right(amount(payment.capturedMinor), width: 14))
        return rows.joined(separator: "\n")
    }

    static func tender(_ kind: String) -> String {
        switch kind {
        case "giftCard": "Gift card"
        case "cardOnFile": "Card on file"
        case "newCard": "Card"
        case "points": "Points"
        default: VisibleText.escape(kind)
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
            mend: "Choose another tender and pay again.")
    }
}
