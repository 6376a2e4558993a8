/// What a byte may leave the device for: a closed list (members-privacy section 8). A wire value
/// outside it is `unknown` by being `nil` here, and never permitted.
public enum Purpose: String, CaseIterable, Sendable {
    case contractCheckout, receiptLegal, lossPrevention, accountAndRights
    case loyaltyPoints, personalOffers, storeInsights, productFeedback, thirdPartyShare

    /// Contract, legal duty or legitimate interest carries the purpose; all others need the
    /// shopper's consent.
    public var needsConsent: Bool {
        switch self {
        case .contractCheckout, .receiptLegal, .lossPrevention, .accountAndRights: false
        case .loyaltyPoints, .personalOffers, .storeInsights, .productFeedback, .thirdPartyShare:
            true
        }
    }
}
