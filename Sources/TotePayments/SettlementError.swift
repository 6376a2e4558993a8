/// Why a settlement refuses an event. Nothing was changed or stored.
public struct SettlementError: Error, Hashable, Sendable {
    public enum Code: String, Sendable {
        /// SET-1.
        case illegalTransition
        /// SPL-1: the tenders do not sum to what is open.
        case tenderSumMismatch
        case tenderNotOffered, sameTenderTwice, looksLikeCardNumber
        /// PAY-4: negative, above its bound, overflowing.
        case amount
        /// PAY-3, INV-13: the quote is no longer current.
        case quoteStale
        case authorisationExpired
    }

    public let code: Code
    /// What was met, for logs; no token, no number of a balance.
    public let context: String

    public init(_ code: Code, _ context: String = "") {
        self.code = code
        self.context = context
    }

    /// A sentence for the shopper.
    public var message: String {
        switch code {
        case .illegalTransition: "This payment cannot do that now (\(context))."
        case .tenderSumMismatch: "The tenders do not add up to the total (\(context))."
        case .tenderNotOffered: "This store does not take “\(context)” here."
        case .sameTenderTwice: "One balance is named twice (\(context))."
        case .looksLikeCardNumber: "That looks like a card number."
        case .amount: "The amount is not possible (\(context))."
        case .quoteStale: "The price has changed since you confirmed it."
        case .authorisationExpired: "The card's approval has run out."
        }
    }

    /// What to do next.
    public var mend: String {
        switch code {
        case .illegalTransition: "Look at the payment's state, then go on from there."
        case .tenderSumMismatch: "Give each tender its amount and let the last one pay “rest”."
        case .tenderNotOffered: "Choose one of the tenders offered."
        case .sameTenderTwice: "Name each balance once."
        case .looksLikeCardNumber: "Never type a card number here; add the card with your provider."
        case .amount: "Ask for the payment's state again."
        case .quoteStale: "Look at the new total and confirm it."
        case .authorisationExpired: "Pay again; nothing was taken."
        }
    }
}
